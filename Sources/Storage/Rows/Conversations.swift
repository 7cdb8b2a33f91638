import Core

extension Transaction {
    public func conversation(_ id: Conversation.ID, of workspace: Workspace.ID) throws -> Conversation {
        if let known = memory.foreseen.conversations[id], known.workspace == workspace { return known }
        guard let row = try row("SELECT * FROM conversations WHERE id = \(id)", of: workspace) else {
            throw Refusal.notFound("conversation")
        }
        return try Conversation(row: row)
    }

    /// Those of these that are the company's, in no order.
    public func conversations(_ ids: [Conversation.ID], of workspace: Workspace.ID) throws -> [Conversation] {
        guard !ids.isEmpty else { return [] }
        return try rows(SQL("SELECT * FROM conversations WHERE id IN (", anyOf: ids.map { [$0.stored] }, width: 1, tail: ")"))
            .map(Conversation.init(row:)).filter { $0.workspace == workspace }
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
        try send(
            """
            INSERT INTO conversations (id, workspace, site, contact, client_id, language, started_at, \(names: conversation.columns))
            VALUES (\(conversation.id), \(conversation.workspace), \(conversation.site), \(conversation.contact),
                \(conversation.clientID), \(conversation.language.rawValue), \(conversation.startedAt), \(values: conversation.columns))
            """)
    }

    /// Writes what a rule has changed, and nothing else: an index that holds none of it is left alone.
    public func update(_ conversation: Conversation, from before: Conversation) throws {
        memory.foreseen.note(conversation)
        if memory.gathered?.change(conversation, from: before) == nil, let update = SQL(updating: conversation, from: before) {
            try send(update)
        }
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

extension SQL {
    /// Nil when nothing has changed.
    init?(updating conversation: Conversation, from before: Conversation) {
        let changed = zip(conversation.columns, before.columns).filter { $0.value != $1.value }.map(\.0)
        guard !changed.isEmpty else { return nil }
        self = "UPDATE conversations SET \(assigning: changed) WHERE id = \(conversation.id)"
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

extension Conversation {
    /// Everything that a rule may change.
    fileprivate var columns: [Column] {
        [
            ("state", state.column.stored), ("state_since", standing.since.stored), ("state_by", standing.by.stored),
            ("snoozed_until", stored(snoozedUntil)), ("agent", stored(agent)), ("team", stored(team)),
            ("spokesperson", stored(spokesperson)), ("owed_since", stored(owedSince)), ("last_text", stored(last?.text)),
            ("last_author", stored(last?.author)), ("last_at", (last?.at ?? startedAt).stored), ("last_seq", lastSeq.stored),
            ("contact_delivered", contactMark.delivered.stored), ("contact_read", contactMark.read.stored),
            ("agent_delivered", agentMark.delivered.stored), ("agent_read", agentMark.read.stored),
            ("unread_by_contact", unreadByContact.stored), ("unread_by_agent", unreadByAgent.stored), ("rating", stored(rating?.score)),
            ("rating_comment", stored(rating?.comment)), ("page_url", stored(page?.url)), ("page_title", stored(page?.title)),
            ("page_referrer", stored(page?.referrer)),
        ]
    }

    private func stored(_ value: (some Storable)?) -> Value { value?.stored ?? .null }
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
