import Core

extension Transaction {
    /// The message that this author has already sent under this client id.
    public func message(clientID: String, by author: Author) throws -> Message? {
        if memory.foreseen.unsaid.contains(.init(author: author, clientID: clientID)) { return nil }
        guard let row = try row("SELECT * FROM messages WHERE author = \(author) AND client_id = \(clientID)") else { return nil }
        return try messages(from: [row]).first
    }

    public func messages(seqs: [Int64], of workspace: Workspace.ID, contact: Contact.ID?) throws -> [Message] {
        guard let first = seqs.min(), let last = seqs.max() else { return [] }
        return try messages(
            from: rows(
                """
                SELECT m.* FROM events e JOIN messages m ON m.id = e.subject
                WHERE e.workspace = \(workspace) AND e.kind = 'message.added' AND e.seq BETWEEN \(first) AND \(last)
                    AND (e.contact = \(contact?.text) OR \(contact == nil ? 1 : 0) = 1)
                """))
    }

    /// A page of the thread, oldest first: the newest `limit` before `before`.
    public func messages(of conversation: Conversation.ID, before: Int64, limit: Int, withInternal: Bool) throws -> [Message] {
        let newestFirst = try rows(
            """
            SELECT * FROM messages WHERE conversation = \(conversation) AND seq < \(before) AND internal <= \(withInternal)
            ORDER BY seq DESC LIMIT \(limit)
            """)
        return try messages(from: newestFirst.reversed())
    }

    public func insert(_ message: Message, of workspace: Workspace.ID) throws {
        if let clientID = message.clientID { memory.foreseen.unsaid.remove(.init(author: message.author, clientID: clientID)) }
        try add(
            [
                message.id.stored, workspace.stored, message.conversation.stored, message.seq.stored, message.author.stored,
                message.clientID?.stored ?? .null, .text(message.content.column), .text(message.text),
                message.content.detail()?.stored ?? .null, message.at.stored, message.isInternal.stored, message.attachments.count.stored,
            ], to: .messages)
        for (place, attachment) in message.attachments.enumerated() {
            try send("UPDATE attachments SET message = \(message.id), place = \(place) WHERE id = \(attachment.id)")
        }
    }

    private func messages(from rows: [Row]) throws -> [Message] {
        let withFiles = try rows.filter { try $0.integer("attachments") > 0 }.map { try $0.text("id") }
        let files = try attachments(ofMessages: withFiles)
        return try rows.map { row in try Message(row: row, attachments: files[try row.text("id")] ?? []) }
    }

    private func attachments(ofMessages ids: [String]) throws -> [String: [Attachment]] {
        guard !ids.isEmpty else { return [:] }
        return try rows("SELECT * FROM attachments WHERE message IN (\(list: ids)) ORDER BY message, place").reduce(into: [:]) {
            $0[try $1.text("message"), default: []].append(try Attachment(row: $1))
        }
    }
}

extension Message {
    fileprivate init(row: Row, attachments: [Attachment]) throws {
        self.init(
            id: try row.id("id"), conversation: try row.id("conversation"), author: try row.author("author"),
            clientID: row.optionalText("client_id"), content: try Content(row: row), at: try row.moment("at"),
            seq: try row.integer("seq"), attachments: attachments)
    }
}

extension Message.Content {
    fileprivate var column: String {
        switch self {
        case .reply: "reply"
        case .note: "note"
        case .happening: "event"
        }
    }

    fileprivate func detail() throws -> JSON? {
        switch self {
        case .reply: nil
        case .note(_, let mentions): mentions.isEmpty ? nil : try JSON(mentions)
        case .happening(let happening): try JSON(HappeningColumn(happening))
        }
    }

    fileprivate init(row: Row) throws {
        switch try row.text("kind") {
        case "reply": self = .reply(try row.text("text"))
        case "note": self = .note(try row.text("text"), mentions: row.optionalText("detail") == nil ? [] : try row.json("detail"))
        default: self = .happening(try (row.json("detail") as HappeningColumn).happening())
        }
    }
}

/// How a happening lies in its column.
private struct HappeningColumn: Codable {
    var kind: String
    var agent: Agent.ID?
    var to: Agent.ID?
    var team: Team.ID?
    var by: String?
    var until: Moment?
    var score: Int?
    var comment: String?

    init(_ happening: Happening) {
        switch happening {
        case .joined(let agent): (kind, self.agent) = ("joined", agent)
        case .left(let agent): (kind, self.agent) = ("left", agent)
        case .transferred(let from, let to, let team): (kind, agent, self.to, self.team) = ("transferred", from, to, team)
        case .assigned(let to, let team, let by): (kind, self.to, self.team, self.by) = ("assigned", to, team, by.column)
        case .closed(let by): (kind, self.by) = ("closed", by.column)
        case .reopened(let by): (kind, self.by) = ("reopened", by.column)
        case .snoozed(let until, let by): (kind, self.until, self.by) = ("snoozed", until, by.column)
        case .woken(let by): (kind, self.by) = ("woken", by.column)
        case .rated(let score, let comment): (kind, self.score, self.comment) = ("rated", score, comment)
        }
    }

    func happening() throws -> Happening {
        let author = try by.map(Author.init(column:)) ?? .system
        switch (kind, agent, until, score) {
        case ("joined", let agent?, _, _): return .joined(agent)
        case ("left", let agent?, _, _): return .left(agent)
        case ("transferred", _, _, _): return .transferred(from: agent, to: to, team: team)
        case ("assigned", _, _, _): return .assigned(to: to, team: team, by: author)
        case ("closed", _, _, _): return .closed(by: author)
        case ("reopened", _, _, _): return .reopened(by: author)
        case ("snoozed", _, let until?, _): return .snoozed(until: until, by: author)
        case ("woken", _, _, _): return .woken(by: author)
        case ("rated", _, _, let score?): return .rated(score: score, comment: comment)
        default: throw StorageFault.unreadable("happening “\(kind)”")
        }
    }
}
