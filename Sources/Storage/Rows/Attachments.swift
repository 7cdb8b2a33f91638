import Core

extension Transaction {
    public func insert(_ attachment: Attachment, by uploader: Author, of workspace: Workspace.ID) throws {
        try run(
            """
            INSERT INTO attachments (id, workspace, uploader, name, type, size, digest, token, width, height, created_at)
            VALUES (\(attachment.id), \(workspace), \(uploader), \(attachment.name), \(attachment.type), \(attachment.size),
                \(attachment.digest), \(attachment.token), \(attachment.width), \(attachment.height), \(now))
            """)
    }

    public func attachment(token: String) throws -> Attachment? {
        try row("SELECT * FROM attachments WHERE token = \(token)").map(Attachment.init(row:))
    }

    /// The uploads that this person may put into a message: their own, and not used yet; in the order asked for.
    public func unusedAttachments(_ ids: [Attachment.ID], by uploader: Author) throws -> [Attachment] {
        guard Set(ids).count == ids.count else { throw Refusal.invalid(field: "attachments", "The same attachment is named twice.") }
        return try ids.map { id in
            let found = try row("SELECT * FROM attachments WHERE id = \(id) AND uploader = \(uploader) AND message IS NULL")
            guard let found else {
                throw Refusal.invalid(field: "attachments", "The attachment \(id) is not an unused upload of yours. Upload it again.")
            }
            return try Attachment(row: found)
        }
    }

    /// Uploads that never became part of a message, older than a moment: removed; returns the digests that nothing needs any more.
    public func removeUnusedAttachments(before moment: Moment, limit: Int) throws -> [String] {
        let old = try rows(
            "SELECT id, digest FROM attachments WHERE message IS NULL AND created_at < \(moment) ORDER BY created_at LIMIT \(limit)")
        for row in old { try run("DELETE FROM attachments WHERE id = \(try row.text("id"))") }
        return try Set(old.map { try $0.text("digest") }).filter { digest in
            try row("SELECT id FROM attachments WHERE digest = \(digest) LIMIT 1") == nil
        }
    }
}

extension Attachment {
    init(row: Row) throws {
        self.init(
            id: try row.id("id"), name: try row.text("name"), type: try row.text("type"), size: try row.count("size"),
            digest: try row.text("digest"), token: try row.text("token"), width: row.optionalInteger("width").map(Int.init),
            height: row.optionalInteger("height").map(Int.init))
    }
}
