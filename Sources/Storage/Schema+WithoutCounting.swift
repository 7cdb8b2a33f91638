extension Schema {
    /// The word index knows how much it holds, and whose a file is has an index: neither has to be counted or sought through any more.
    static func withoutCounting(_ dialect: Dialect) -> [SQL] {
        [
            "CREATE INDEX attachments_by_uploader ON attachments (uploader)",
            "ALTER TABLE followers ADD COLUMN conversations BIGINT NOT NULL DEFAULT 0",
            "ALTER TABLE followers ADD COLUMN contacts BIGINT NOT NULL DEFAULT 0",
            """
            UPDATE followers SET
                conversations = (
                    SELECT COUNT(*) FROM events e
                    WHERE e.workspace = followers.workspace AND e.seq <= followers.seq AND e.kind = 'conversation.started'),
                contacts = (SELECT COUNT(*) FROM search_contacts s JOIN contacts c ON c.id = s.subject WHERE c.workspace = followers.workspace)
            WHERE name = 'search'
            """,
        ]
    }
}
