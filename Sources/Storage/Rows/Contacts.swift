import Core

extension Transaction {
    public func contact(_ id: Contact.ID, of workspace: Workspace.ID) throws -> Contact {
        guard let row = try row("SELECT * FROM contacts WHERE id = \(id)", of: workspace) else {
            throw Refusal.notFound("contact")
        }
        return try Contact(row: row)
    }

    public func contact(externalID: String, of workspace: Workspace.ID) throws -> Contact? {
        try row("SELECT * FROM contacts WHERE workspace = \(workspace) AND external_id = \(externalID)").map(Contact.init(row:))
    }

    public func save(_ contact: Contact) throws {
        memory.faces[.contact(contact.id)] = nil
        try run(
            """
            INSERT INTO contacts (id, workspace, external_id, name, email, phone, language, attributes, created_at)
            VALUES (\(contact.id), \(contact.workspace), \(contact.externalID), \(contact.name), \(contact.email), \(contact.phone),
                \(contact.language?.rawValue), \(try JSON(contact.attributes)), \(contact.createdAt))
            ON CONFLICT (id) DO UPDATE SET external_id = excluded.external_id, name = excluded.name, email = excluded.email,
                phone = excluded.phone, language = excluded.language, attributes = excluded.attributes
            """)
    }

    public func visitorSession(tokenHash: String) throws -> VisitorSession? {
        try row("SELECT * FROM visitor_sessions WHERE token_hash = \(tokenHash)").map(VisitorSession.init(row:))
    }

    /// The session of a token on the site with this key.
    public func visitorSession(tokenHash: String, site key: String) throws -> VisitorSession? {
        try row("SELECT v.* FROM visitor_sessions v JOIN sites s ON s.id = v.site WHERE v.token_hash = \(tokenHash) AND s.key = \(key)")
            .map(VisitorSession.init(row:))
    }

    public func visitorSessions(of contact: Contact.ID, limit: Int = 5) throws -> [VisitorSession] {
        try rows("SELECT * FROM visitor_sessions WHERE contact = \(contact) ORDER BY seen_at DESC LIMIT \(limit)")
            .map(VisitorSession.init(row:))
    }

    public func insert(_ session: VisitorSession, tokenHash: String) throws {
        try run(
            """
            INSERT INTO visitor_sessions (id, workspace, site, contact, token_hash, page_url, page_title, page_referrer, device, language,
                started_at, seen_at)
            VALUES (\(session.id), \(session.workspace), \(session.site), \(session.contact), \(tokenHash), \(session.page?.url),
                \(session.page?.title), \(session.page?.referrer), \(try JSON(session.device)), \(session.language.rawValue),
                \(session.startedAt), \(session.seenAt))
            """)
    }

    public func update(_ session: VisitorSession) throws {
        try run(
            """
            UPDATE visitor_sessions SET contact = \(session.contact), page_url = \(session.page?.url), page_title = \(session.page?.title),
                page_referrer = \(session.page?.referrer), language = \(session.language.rawValue), seen_at = \(session.seenAt)
            WHERE id = \(session.id)
            """)
    }

    public func deleteVisitorSession(_ id: VisitorSession.ID) throws {
        try run("DELETE FROM visitor_sessions WHERE id = \(id)")
    }

    /// The same person wrote before they were known: what they said then moves to the contact they have proven to be.
    public func moveConversations(from old: Contact.ID, to new: Contact.ID) throws {
        let (before, after) = (Author.contact(old), Author.contact(new))
        memory.foreseen = Foreseen()
        try freeClientIDs(of: old, for: new)
        try run(
            """
            UPDATE conversations SET contact = \(new), state_by = CASE state_by WHEN \(before) THEN \(after) ELSE state_by END,
                last_author = CASE last_author WHEN \(before) THEN \(after) ELSE last_author END
            WHERE contact = \(old)
            """)
        try run("UPDATE visitor_sessions SET contact = \(new) WHERE contact = \(old)")
        try run("UPDATE events SET contact = \(new) WHERE contact = \(old)")
        try run("UPDATE messages SET author = \(after) WHERE author = \(before)")
        try run("UPDATE attachments SET uploader = \(after) WHERE uploader = \(before)")
    }

    /// Two browsers may have made the same client ids; where they have, the moving message gives way and goes by its own id.
    private func freeClientIDs(of old: Contact.ID, for new: Contact.ID) throws {
        try run(
            """
            UPDATE messages SET client_id = id WHERE author = \(Author.contact(old))
                AND client_id IN (SELECT client_id FROM messages WHERE author = \(Author.contact(new)))
            """)
        try run(
            """
            UPDATE conversations SET client_id = id WHERE contact = \(old)
                AND client_id IN (SELECT client_id FROM conversations WHERE contact = \(new))
            """)
    }
}

extension Page {
    init?(row: Row) {
        guard let url = row.optionalText("page_url") else { return nil }
        self.init(url: url, title: row.optionalText("page_title") ?? "", referrer: row.optionalText("page_referrer"))
    }
}

extension Contact {
    init(row: Row) throws {
        self.init(
            id: try row.id("id"), workspace: try row.id("workspace"), externalID: row.optionalText("external_id"),
            name: row.optionalText("name"), email: row.optionalText("email"), phone: row.optionalText("phone"),
            language: row.optionalText("language").flatMap(Language.init(rawValue:)), attributes: try row.json("attributes"),
            createdAt: try row.moment("created_at"))
    }
}

extension VisitorSession {
    fileprivate init(row: Row) throws {
        self.init(
            id: try row.id("id"), workspace: try row.id("workspace"), site: try row.id("site"), contact: try row.id("contact"),
            page: Page(row: row), device: try row.json("device"), language: try row.choice("language"),
            startedAt: try row.moment("started_at"), seenAt: try row.moment("seen_at"))
    }
}
