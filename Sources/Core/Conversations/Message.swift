/// One thing said, or one thing that happened, in a conversation. Never changed once stored.
public struct Message: Sendable, Equatable {
    public typealias ID = Core.ID<Message>

    public enum Content: Sendable, Equatable {
        /// Said to the other side.
        case reply(String)
        /// Only the team sees it.
        case note(String, mentions: [Agent.ID])
        case happening(Happening)
    }

    /// 64 KB: nobody meets it by writing.
    public static let longestText = 64 * 1024

    public let id: ID
    public let conversation: Conversation.ID
    public let author: Author
    /// Made by the sender; sending it again is the same message.
    public let clientID: String?
    public let content: Content
    public let at: Moment
    /// Its place in the workspace's event log; assigned by the commit.
    public internal(set) var seq: Int64
    public var attachments: [Attachment]

    public init(
        id: ID, conversation: Conversation.ID, author: Author, clientID: String? = nil, content: Content, at: Moment, seq: Int64 = 0,
        attachments: [Attachment] = []
    ) {
        self.id = id
        self.conversation = conversation
        self.author = author
        self.clientID = clientID
        self.content = content
        self.at = at
        self.seq = seq
        self.attachments = attachments
    }

    public func placed(at seq: Int64) -> Message {
        var placed = self
        placed.seq = seq
        return placed
    }

    public var text: String {
        switch content {
        case .reply(let text), .note(let text, _): text
        case .happening: ""
        }
    }

    /// Whether the customer may see it.
    public var isInternal: Bool {
        switch content {
        case .reply: false
        case .note: true
        case .happening(let happening): happening.isInternal
        }
    }
}

/// A line in the thread that nobody wrote.
public enum Happening: Sendable, Equatable {
    case joined(Agent.ID)
    case left(Agent.ID)
    case transferred(from: Agent.ID?, to: Agent.ID?, team: Team.ID?)
    case assigned(to: Agent.ID?, team: Team.ID?, by: Author)
    case closed(by: Author)
    case reopened(by: Author)
    case snoozed(until: Moment, by: Author)
    case woken(by: Author)
    case rated(score: Int, comment: String?)

    public var isInternal: Bool {
        switch self {
        case .joined, .left, .transferred, .closed, .reopened: false
        case .assigned, .snoozed, .woken, .rated: true
        }
    }
}

/// A file that came with a message. The bytes lie in the attachment store under their digest.
public struct Attachment: Sendable, Equatable {
    public typealias ID = Core.ID<Attachment>

    /// 25 MB.
    public static let largest = 25 * 1024 * 1024

    public let id: ID
    public let name: String
    /// Decided by content, never by what the sender claims.
    public let type: String
    public let size: Int
    /// SHA-256 of the bytes, in hex.
    public let digest: String
    /// Unguessable; stands in the address of the file.
    public let token: String
    public let width: Int?
    public let height: Int?

    public init(id: ID, name: String, type: String, size: Int, digest: String, token: String, width: Int? = nil, height: Int? = nil) {
        self.id = id
        self.name = name
        self.type = type
        self.size = size
        self.digest = digest
        self.token = token
        self.width = width
        self.height = height
    }
}
