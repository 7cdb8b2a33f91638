/// The languages Moro speaks to customers and agents.
public enum Language: String, Sendable, CaseIterable, Codable {
    case finnish = "fi"
    case swedish = "sv"
    case english = "en"

    /// The language of a tag such as `sv-FI` or `en_GB`, if it is one of ours.
    public init?(tag: String) {
        self.init(rawValue: String(tag.prefix { $0 != "-" && $0 != "_" }).lowercased())
    }
}
