extension Engine {
    /// The files that a database names, in the order of their digests, a page at a time after one of them; empty at the end.
    ///
    /// An upload that nobody has sent yet, and that is nobody's picture, is not used: its bytes may still be on their way.
    public func attachedFiles(after last: String) async throws -> [(digest: String, isUsed: Bool)] {
        try await read { connection in
            try connection.rows(
                """
                SELECT digest, MAX(CASE WHEN message IS NOT NULL OR '/pictures/' || token IN (SELECT picture FROM agents) THEN 1 ELSE 0 END) AS used
                FROM attachments WHERE digest > \(last) GROUP BY digest ORDER BY digest LIMIT 1000
                """
            )
            .map { (try $0.text("digest"), try $0.integer("used") == 1) }
        }
    }
}
