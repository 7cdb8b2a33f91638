import Core

/// Who reads the log: an agent sees all of the workspace, a contact what concerns them and is not internal.
public enum Reader: Sendable, Hashable {
    case agent(Workspace.ID)
    case contact(Contact.ID, Workspace.ID)

    public var workspace: Workspace.ID {
        switch self {
        case .agent(let workspace), .contact(_, let workspace): workspace
        }
    }
}

extension Transaction {
    /// The events after a number that the reader may see, oldest first, at most `limit`.
    ///
    /// Things are read as they are now: of several changes of one conversation each event shows the latest.
    public func events(after seq: Int64, for reader: Reader, limit: Int) throws -> [Event] {
        let rows = try entries(after: seq, for: reader, limit: limit)
        let messages = try messageViews(of: rows, reader: reader)
        let conversations = try conversationViews(of: rows, workspace: reader.workspace)
        return try rows.compactMap { row in
            guard let kind = try kind(of: row, messages, conversations, workspace: reader.workspace) else { return nil }
            return Event(
                seq: try row.integer("seq"), workspace: reader.workspace, contact: row.optionalID("contact"),
                isInternal: try row.flag("internal"), at: try row.moment("at"), kind: kind)
        }
    }

    private func entries(after seq: Int64, for reader: Reader, limit: Int) throws -> [Row] {
        switch reader {
        case .agent(let workspace):
            try rows("SELECT * FROM events WHERE workspace = \(workspace) AND seq > \(seq) ORDER BY seq LIMIT \(limit)")
        case .contact(let contact, _):
            try rows("SELECT * FROM events WHERE contact = \(contact) AND seq > \(seq) AND internal = 0 ORDER BY seq LIMIT \(limit)")
        }
    }

    private func messageViews(of rows: [Row], reader: Reader) throws -> [String: MessageView] {
        let seqs = try rows.filter { try $0.text("kind") == "message.added" }.map { try $0.integer("seq") }
        var contact: Contact.ID?
        if case .contact(let id, _) = reader { contact = id }
        let views = try views(of: messages(seqs: seqs, of: reader.workspace, contact: contact))
        return Dictionary(views.map { ($0.message.id.text, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// All at once, each once, however often it has changed.
    private func conversationViews(of rows: [Row], workspace: Workspace.ID) throws -> [String: ConversationView] {
        let ids = try Set(rows.filter { Self.tellsOfConversations.contains(try $0.text("kind")) }.map { try $0.text("subject") })
        let views = try views(of: conversations(ids.map { ID($0) }, of: workspace))
        return Dictionary(views.map { ($0.conversation.id.text, $0) }, uniquingKeysWith: { first, _ in first })
    }

    private static let tellsOfConversations: Set = ["conversation.started", "conversation.changed"]

    private func kind(
        of row: Row, _ messages: [String: MessageView], _ conversations: [String: ConversationView], workspace: Workspace.ID
    ) throws -> Event.Kind? {
        let subject = try row.text("subject")
        switch try row.text("kind") {
        case "message.added":
            return messages[subject].map { .messageAdded($0.telling(row.optionalID("contact"))) }
        case "conversation.started": return conversations[subject].map { .conversationStarted($0) }
        case "conversation.changed":
            let by = try row.optionalText("detail").map(Author.init(column:))
            return conversations[subject].map { .conversationChanged($0, by: by) }
        case "conversation.marked": return try marked(subject, row)
        case "contact.changed": return .contactChanged(try contact(ID(subject), of: workspace))
        case "agent.changed": return .agentChanged(try agent(ID(subject), of: workspace))
        case "team.changed": return .teamChanged(try team(ID(subject), of: workspace))
        case "site.changed": return .siteChanged(try site(ID(subject), of: workspace))
        case "canned_reply.changed": return try cannedReply(subject, of: workspace)
        case "canned_reply.removed": return .cannedReplyRemoved(ID(subject))
        case let unknown: throw StorageFault.unreadable("event “\(unknown)”")
        }
    }

    /// One that has been removed since is told as removed: a page of the log has as many events as numbers.
    private func cannedReply(_ subject: String, of workspace: Workspace.ID) throws -> Event.Kind {
        do {
            return .cannedReplyChanged(try cannedReply(ID(subject), of: workspace))
        } catch Refusal.notFound {
            return .cannedReplyRemoved(ID(subject))
        }
    }

    private func marked(_ subject: String, _ row: Row) throws -> Event.Kind? {
        let parts = try row.text("detail").split(separator: " ").map(String.init)
        guard parts.count == 3, let side = Side(rawValue: parts[0]), let delivered = Int64(parts[1]), let read = Int64(parts[2]),
            let contact = row.optionalID("contact") as Contact.ID?
        else { throw StorageFault.unreadable("mark") }
        return .conversationMarked(ID(subject), contact, side, Conversation.Mark(delivered: delivered, read: read))
    }
}
