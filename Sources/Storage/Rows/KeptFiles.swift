import Core

/// Which of the uploaded files are still needed.
extension Transaction {
    /// A picture that an agent shows is in use, though no message holds it: it counts as just uploaded.
    public func refreshPictures(of workspace: Workspace.ID) throws {
        try run(
            """
            UPDATE attachments SET created_at = \(now)
            WHERE message IS NULL AND '/pictures/' || token IN (SELECT picture FROM agents WHERE workspace = \(workspace))
            """)
    }

    /// Whether anything refers to a file's content.
    public func needsFile(_ digest: String) throws -> Bool {
        try row("SELECT id FROM attachments WHERE digest = \(digest) LIMIT 1") != nil
    }
}
