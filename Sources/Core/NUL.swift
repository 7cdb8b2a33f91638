/// The character that ends a text for PostgreSQL and for C. Looked for by its byte: as a character it hides before a combining mark.
extension StringProtocol {
    public var holdsNUL: Bool { utf8.contains(0) }

    public var withoutNUL: String { holdsNUL ? String(String.UnicodeScalarView(unicodeScalars.filter { $0 != "\0" })) : String(self) }
}
