import Core
import Testing

@Suite("Languages")
struct LanguageTests {
    @Test(
        "A tag is read by its first part",
        arguments: [
            ("fi", .finnish), ("fi-FI", .finnish), ("FI_fi", .finnish), ("sv-FI", .swedish), ("sv_SE.UTF-8", .swedish), ("en", .english),
            ("en-Latn-GB", .english), ("de", nil), ("", nil), ("-fi", nil), ("fin", nil), ("suomi", nil), ("f\0i", nil),
        ] as [(String, Language?)])
    func tags(tag: String, language: Language?) { #expect(Language(tag: tag) == language) }
}
