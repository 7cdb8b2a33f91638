/// A text an agent brings with a few keys: a reply, a greeting or closing words, in the company's languages.
public struct CannedReply: Sendable, Equatable {
    public typealias ID = Core.ID<CannedReply>
    public enum Kind: String, Sendable, Codable, CaseIterable { case reply, greeting, closing }

    public let id: ID
    public let workspace: Workspace.ID
    public var kind: Kind
    public var shortcut: String
    public var title: String
    public var texts: [String: String]

    public init(id: ID, workspace: Workspace.ID, kind: Kind, shortcut: String, title: String, texts: [String: String]) {
        self.id = id
        self.workspace = workspace
        self.kind = kind
        self.shortcut = shortcut
        self.title = title
        self.texts = texts
    }
}
