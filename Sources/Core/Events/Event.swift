/// Something that happened in a workspace, at its place in the log: gapless, strictly increasing, assigned by the commit.
public struct Event: Sendable {
    public enum Kind: Sendable {
        case conversationStarted(ConversationView)
        case messageAdded(MessageView)
        case conversationChanged(ConversationView, by: Author?)
        case conversationMarked(Conversation.ID, Contact.ID, Side, Conversation.Mark)
        case contactChanged(Contact)
        case agentChanged(Agent)
        case teamChanged(Team)
        case siteChanged(Site)
        case cannedReplyChanged(CannedReply)
        case cannedReplyRemoved(CannedReply.ID)
    }

    public let seq: Int64
    public let workspace: Workspace.ID
    /// The customer it concerns, if it may be told to them.
    public let contact: Contact.ID?
    public let isInternal: Bool
    public let at: Moment
    public let kind: Kind

    public init(seq: Int64, workspace: Workspace.ID, contact: Contact.ID?, isInternal: Bool, at: Moment, kind: Kind) {
        self.seq = seq
        self.workspace = workspace
        self.contact = contact
        self.isInternal = isInternal
        self.at = at
        self.kind = kind
    }
}

/// A person or the bot as shown beside what they said.
public struct Face: Sendable, Equatable {
    public let author: Author
    public let name: String?
    public let picture: String?

    public init(_ author: Author, name: String? = nil, picture: String? = nil) {
        self.author = author
        self.name = name
        self.picture = picture
    }
}

/// A message with the names of everyone in it.
public struct MessageView: Sendable, Equatable {
    public let message: Message
    /// The customer in whose conversation it stands, when it is told as an event.
    public let contact: Contact.ID?
    public let faces: Faces

    public init(_ message: Message, contact: Contact.ID? = nil, faces: Faces) {
        self.message = message
        self.contact = contact
        self.faces = faces
    }

    public func telling(_ contact: Contact.ID?) -> MessageView { MessageView(message, contact: contact, faces: faces) }
}

/// Names and pictures of the people and teams that something mentions.
public struct Faces: Sendable, Equatable {
    public var people: [Author: Face]
    public var teams: [Team.ID: String]

    public init(people: [Author: Face] = [:], teams: [Team.ID: String] = [:]) {
        self.people = people
        self.teams = teams
    }

    public subscript(author: Author) -> Face { people[author] ?? Face(author) }
}

/// A conversation with all that a list or a pane shows of it.
public struct ConversationView: Sendable, Equatable {
    public let conversation: Conversation
    public let contact: Contact
    public let siteKey: String
    public let siteName: String
    public let tags: [String]
    public let faces: Faces

    public init(_ conversation: Conversation, contact: Contact, siteKey: String, siteName: String, tags: [String], faces: Faces) {
        self.conversation = conversation
        self.contact = contact
        self.siteKey = siteKey
        self.siteName = siteName
        self.tags = tags
        self.faces = faces
    }
}
