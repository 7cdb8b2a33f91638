import Core

extension Transaction {
    public func cannedReplies(of workspace: Workspace.ID) throws -> [CannedReply] {
        try rows("SELECT * FROM canned_replies WHERE workspace = \(workspace) ORDER BY title, id").map(CannedReply.init(row:))
    }

    public func cannedReply(_ id: CannedReply.ID, of workspace: Workspace.ID) throws -> CannedReply {
        guard let row = try row("SELECT * FROM canned_replies WHERE id = \(id)", of: workspace) else {
            throw Refusal.notFound("canned reply")
        }
        return try CannedReply(row: row)
    }

    public func cannedReply(shortcut: String, of workspace: Workspace.ID) throws -> CannedReply? {
        try row("SELECT * FROM canned_replies WHERE shortcut = \(shortcut) AND workspace = \(workspace)").map(CannedReply.init(row:))
    }

    public func save(_ reply: CannedReply) throws {
        try run(
            """
            INSERT INTO canned_replies (id, workspace, kind, shortcut, title, texts)
            VALUES (\(reply.id), \(reply.workspace), \(reply.kind.rawValue), \(reply.shortcut), \(reply.title), \(try JSON(reply.texts)))
            ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, shortcut = excluded.shortcut, title = excluded.title, texts = excluded.texts
            """)
    }

    public func delete(_ reply: CannedReply) throws { try run("DELETE FROM canned_replies WHERE id = \(reply.id)") }
}

extension CannedReply {
    fileprivate init(row: Row) throws {
        self.init(
            id: try row.id("id"), workspace: try row.id("workspace"), kind: try row.choice("kind"), shortcut: try row.text("shortcut"),
            title: try row.text("title"), texts: try row.json("texts"))
    }
}
