/// What a rule wants to be true: the conversation as it will be, and what is to be added to the thread.
public struct Decision: Sendable, Equatable {
    /// A line for the thread; storage gives it an id, a time and a number.
    public struct Line: Sendable, Equatable {
        public let author: Author
        public let content: Message.Content
        public let clientID: String?
        public let attachments: [Attachment.ID]

        public init(_ content: Message.Content, by author: Author, clientID: String? = nil, attachments: [Attachment.ID] = []) {
            self.author = author
            self.content = content
            self.clientID = clientID
            self.attachments = attachments
        }
    }

    public var conversation: Conversation
    public var lines: [Line]
    /// Whether state, assignment, tags or rating changed: then everyone who lists the conversation is told.
    public var isChanged: Bool

    public init(_ conversation: Conversation, lines: [Line] = [], isChanged: Bool) {
        self.conversation = conversation
        self.lines = lines
        self.isChanged = isChanged
    }
}

/// What somebody says, before any rule has looked at it.
public struct Words: Sendable, Equatable {
    public let clientID: String
    public let text: String
    public let attachments: [Attachment.ID]

    public init(clientID: String, text: String, attachments: [Attachment.ID] = []) {
        self.clientID = clientID
        self.text = text
        self.attachments = attachments
    }

    /// The text as it is stored: no NUL (PostgreSQL refuses it), no blank edges of lines only; everything else is the writer's.
    public func checked() throws(Refusal) -> Words {
        guard (1...64).contains(clientID.utf8.count) else {
            throw .invalid(field: "clientId", "Give each message a client id of 1 to 64 bytes; the same id is the same message.")
        }
        guard attachments.count <= 10 else { throw .invalid(field: "attachments", "At most 10 attachments go with one message.") }
        guard text.utf8.count <= Message.longestText else { throw .messageTooLong(limit: Message.longestText) }
        let clean = text.withoutNUL
        guard !attachments.isEmpty || clean.contains(where: { !$0.isWhitespace }) else { throw .messageEmpty }
        return Words(clientID: clientID, text: clean, attachments: attachments)
    }
}
