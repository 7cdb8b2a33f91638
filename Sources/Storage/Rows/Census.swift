import Core

/// What there is, for whoever looks after the machine.
extension Transaction {
    public func census() throws -> (conversations: Int, contacts: Int) {
        let row = try row("SELECT (SELECT COUNT(*) FROM conversations) AS conversations, (SELECT COUNT(*) FROM contacts) AS contacts")
        return (try row?.count("conversations") ?? 0, try row?.count("contacts") ?? 0)
    }

    /// When the newest of the last events was stored; nil where nothing has happened yet.
    public func newestEvent() throws -> Moment? {
        try row("SELECT MAX(at) AS newest FROM events WHERE seq > (SELECT COALESCE(MAX(seq), 0) - 100 FROM workspaces)")?
            .optionalMoment("newest")
    }

    /// Jobs on the list, and those among them that have failed before.
    public func jobCounts() throws -> (waiting: Int, failing: Int) {
        let row = try row("SELECT COUNT(*) AS waiting, COUNT(last_error) AS failing FROM jobs")
        return (try row?.count("waiting") ?? 0, try row?.count("failing") ?? 0)
    }

    /// The version of SQLite that is built in, and whether it can search texts.
    public func sqlite() throws -> (version: String, hasSearch: Bool) {
        let row = try row("SELECT sqlite_version() AS version, sqlite_compileoption_used('ENABLE_FTS5') AS search")
        return (try row?.text("version") ?? "?", try row?.flag("search") ?? false)
    }
}
