/// A length that people count and machines bear: one character may carry thousands of combining marks.
extension StringProtocol {
    /// Whether it has at most so many characters, and eight bytes for each.
    public func fits(_ characters: Int) -> Bool { utf8.count <= characters * 8 && count <= characters }

    /// Its beginning of at most so many characters, and eight bytes for each; never half a character, unless one alone is too long.
    public func beginning(_ characters: Int) -> String {
        let start = prefix(characters)
        var (kept, room) = ("", characters * 8)
        for character in start {
            room -= character.utf8.count
            guard room >= 0 else { break }
            kept.append(character)
        }
        return kept.isEmpty ? String(String.UnicodeScalarView(start.unicodeScalars.prefix(characters))) : kept
    }
}
