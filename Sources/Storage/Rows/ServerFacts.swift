import Core

/// What a PostgreSQL server says of itself.
public struct ServerFacts: Sendable {
    public let version: String
    public let clock: Moment
    /// How many connections the server takes, and how many it has now.
    public let connections: (most: Int, now: Int)
    public let databaseBytes: Int64
    public let isDurable: Bool
}

extension PostgresEngine {
    public func facts() async throws -> ServerFacts {
        try await read { connection in
            let row = try connection.rows(
                """
                SELECT current_setting('server_version') AS version, (EXTRACT(EPOCH FROM clock_timestamp()) * 1000)::BIGINT AS clock,
                    current_setting('max_connections')::INTEGER AS most, (SELECT COUNT(*) FROM pg_stat_activity) AS now,
                    pg_database_size(current_database()) AS bytes,
                    current_setting('fsync') = 'on' AND current_setting('synchronous_commit') IN ('on', 'remote_apply') AS durable
                """)[0]
            return ServerFacts(
                version: try row.text("version"), clock: try row.moment("clock"),
                connections: (try row.count("most"), try row.count("now")), databaseBytes: try row.integer("bytes"),
                isDurable: try row.flag("durable"))
        }
    }
}
