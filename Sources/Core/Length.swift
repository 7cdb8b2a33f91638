/// A length that people count and machines bear: one character may carry thousands of combining marks.
extension StringProtocol {
    /// Whether it has at most so many characters, and eight bytes for each.
    public func fits(_ characters: Int) -> Bool { utf8.count <= characters * 8 && count <= characters }

    /// Its beginning of at most so many characters, and eight bytes for each.
    public func beginning(_ characters: Int) -> String {
        let start = prefix(characters)
        guard start.utf8.count > characters * 8 else { return String(start) }
        var (kept, room) = (String.UnicodeScalarView(), characters * 8)
        for scalar in start.unicodeScalars {
            room -= UTF8.width(scalar)
            guard room >= 0 else { break }
            kept.append(scalar)
        }
        return String(kept)
    }
}
