import Core

extension Transaction {
    public func conversation(_ id: Conversation.ID, of workspace: Workspace.ID) throws -> Conversation {
        guard let row = try row("SELECT * FROM conversations WHERE id = \(id) AND workspace = \(workspace)") else {
            throw Refusal.notFound("conversation")
        }
        return try Conversation(row: row)
    }

    /// The newest first.
    public func conversations(of contact: Contact.ID, limit: Int = 50) throws -> [Conversation] {
        try rows("SELECT * FROM conversations WHERE contact = \(contact) ORDER BY started_at DESC, id DESC LIMIT \(limit)")
            .map(Conversation.init(row:))
    }

    /// The newest conversation of a contact on a site, if there is one.
    public func latestConversation(of contact: Contact.ID, on site: Site.ID) throws -> Conversation? {
        try row(
            """
            SELECT * FROM conversations WHERE contact = \(contact) AND site = \(site)
            ORDER BY CASE WHEN state = 'closed' THEN 1 ELSE 0 END, started_at DESC, id DESC LIMIT 1
            """
        ).map(Conversation.init(row:))
    }

    public func insert(_ conversation: Conversation) throws {
        try run(
            """
            INSERT INTO conversations (id, workspace, site, contact, client_id, language, started_at, state, state_since, state_by, last_at,
                last_seq, contact_delivered, contact_read, agent_delivered, agent_read, unread_by_contact, unread_by_agent,
                page_url, page_title, page_referrer)
            VALUES (\(conversation.id), \(conversation.workspace), \(conversation.site), \(conversation.contact), \(conversation.clientID),
                \(conversation.language.rawValue), \(conversation.startedAt), \(conversation.state.column), \(conversation.standing.since),
                \(conversation.standing.by), \(conversation.startedAt), 0, 0, 0, 0, 0, 0, 0, \(conversation.page?.url),
                \(conversation.page?.title), \(conversation.page?.referrer))
            """)
    }

    /// The statement of the hot path: everything a rule may have changed.
    public func update(_ conversation: Conversation) throws {
        try run(
            """
            UPDATE conversations SET state = \(conversation.state.column), state_since = \(conversation.standing.since),
                state_by = \(conversation.standing.by), snoozed_until = \(conversation.snoozedUntil), agent = \(conversation.agent),
                team = \(conversation.team), spokesperson = \(conversation.spokesperson), owed_since = \(conversation.owedSince),
                last_text = \(conversation.last?.text), last_author = \(conversation.last?.author),
                last_at = \(conversation.last?.at ?? conversation.startedAt),
                last_seq = \(conversation.lastSeq), contact_delivered = \(conversation.contactMark.delivered),
                contact_read = \(conversation.contactMark.read), agent_delivered = \(conversation.agentMark.delivered),
                agent_read = \(conversation.agentMark.read), unread_by_contact = \(conversation.unreadByContact),
                unread_by_agent = \(conversation.unreadByAgent), rating = \(conversation.rating?.score),
                rating_comment = \(conversation.rating?.comment), page_url = \(conversation.page?.url),
                page_title = \(conversation.page?.title), page_referrer = \(conversation.page?.referrer)
            WHERE id = \(conversation.id)
            """)
    }

    public func tags(of conversation: Conversation.ID) throws -> [String] {
        try rows("SELECT tag FROM conversation_tags WHERE conversation = \(conversation) ORDER BY tag").map { try $0.text("tag") }
    }

    /// True when the tag was not there.
    public func tag(_ conversation: Conversation, _ tag: String) throws -> Bool {
        try run(
            """
            INSERT INTO conversation_tags (workspace, conversation, tag) VALUES (\(conversation.workspace), \(conversation.id), \(tag))
            ON CONFLICT (conversation, tag) DO NOTHING
            """) > 0
    }

    /// True when the tag was there.
    public func untag(_ conversation: Conversation, _ tag: String) throws -> Bool {
        try run("DELETE FROM conversation_tags WHERE conversation = \(conversation.id) AND tag = \(tag)") > 0
    }

    public func tags(of workspace: Workspace.ID, limit: Int = 200) throws -> [String] {
        try rows(
            "SELECT tag FROM conversation_tags WHERE workspace = \(workspace) GROUP BY tag ORDER BY COUNT(*) DESC, tag LIMIT \(limit)"
        ).map { try $0.text("tag") }
    }

    /// How many messages of the other side lie past a mark.
    public func unread(in conversation: Conversation, by side: Side) throws -> Int {
        let mark = side == .contact ? conversation.contactMark.read : conversation.agentMark.read
        guard mark < conversation.lastSeq else { return 0 }
        return try row(
            """
            SELECT COUNT(*) AS unread FROM messages WHERE conversation = \(conversation.id) AND seq > \(mark) AND kind = 'reply'
                AND (author = \(Author.contact(conversation.contact))) = \(side == .agent)
            """)?.count("unread") ?? 0
    }
}

extension Conversation {
    var snoozedUntil: Moment? { if case .snoozed(let until) = state { until } else { nil } }

    init(row: Row) throws {
        self.init(
            id: try row.id("id"), workspace: try row.id("workspace"), site: try row.id("site"), contact: try row.id("contact"),
            clientID: try row.text("client_id"), language: try row.choice("language"), startedAt: try row.moment("started_at"),
            standing: try Standing(row: row), agent: row.optionalID("agent"), team: row.optionalID("team"),
            spokesperson: row.optionalID("spokesperson"), owedSince: row.optionalMoment("owed_since"), last: try Last(row: row),
            lastSeq: try row.integer("last_seq"),
            contactMark: Mark(delivered: try row.integer("contact_delivered"), read: try row.integer("contact_read")),
            agentMark: Mark(delivered: try row.integer("agent_delivered"), read: try row.integer("agent_read")),
            unreadByContact: try row.count("unread_by_contact"), unreadByAgent: try row.count("unread_by_agent"),
            rating: row.optionalInteger("rating").map { Rating(score: Int($0), comment: row.optionalText("rating_comment")) },
            page: Page(row: row))
    }
}

extension Conversation.State {
    var column: String {
        switch self {
        case .bot: "bot"
        case .waiting: "waiting"
        case .open: "open"
        case .snoozed: "snoozed"
        case .closed: "closed"
        }
    }

    fileprivate init(row: Row) throws {
        switch try row.text("state") {
        case "bot": self = .bot
        case "waiting": self = .waiting
        case "open": self = .open
        case "closed": self = .closed
        default: self = .snoozed(until: try row.moment("snoozed_until"))
        }
    }
}

extension Conversation.Standing {
    fileprivate init(row: Row) throws {
        self.init(try Conversation.State(row: row), since: try row.moment("state_since"), by: try row.author("state_by"))
    }
}

extension Conversation.Last {
    fileprivate init?(row: Row) throws {
        guard let text = row.optionalText("last_text") else { return nil }
        self.init(text: text, author: try row.author("last_author"), at: try row.moment("last_at"))
    }
}
