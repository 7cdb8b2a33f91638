import Core
import Testing
import TestSupport

@Suite("A site")
struct SiteTests {
    @Test(
        "An origin is allowed when it is exactly one of the site's",
        arguments: [
            ("https://loylymaki.example", true), ("http://loylymaki.example", false), ("https://loylymaki.example.evil.example", false),
            ("https://loylymaki.example:8443", false), ("null", false), ("", false),
        ])
    func origins(origin: String, isAllowed: Bool) { #expect(Loylymaki.shop.allows(origin: origin) == isAllowed) }

    @Test("A star allows any origin, an empty list none")
    func star() {
        var site = Loylymaki.shop
        site.origins = ["*"]
        #expect(site.allows(origin: "https://anything.example"))
        site.origins = []
        #expect(!site.allows(origin: "https://loylymaki.example"))
    }

    @Test(
        "It speaks the first language a visitor prefers that it has, else its own first",
        arguments: [
            (["sv-FI", "fi"], Language.swedish), (["en-GB"], .swedish), (["de", "fi-FI"], .finnish), ([], .swedish),
            (["xx", ""], .swedish),
        ])
    func language(preferred: [String], spoken: Language) {
        var site = Loylymaki.shop
        site.languages = [.swedish, .finnish]
        #expect(site.language(preferring: preferred) == spoken)
    }

    @Test("The snippet is one script and a link for browsers without scripts")
    func snippet() {
        #expect(
            Loylymaki.shop.snippet(baseURL: "https://chat.example") == """
                <script async src="https://chat.example/embed.js" data-site="loylymaki"></script>
                <noscript><a href="https://chat.example/chat/loylymaki">Chat</a></noscript>
                """)
    }
}
