import Foundation

/// What a database holds at one moment, in numbers that can be compared after it has been restored.
public struct Contents: Sendable, Equatable, Codable {
    public struct Table: Sendable, Equatable, Codable {
        public let name: String
        public let rows: Int
    }

    /// How far a workspace's event log has come.
    public struct Head: Sendable, Equatable, Codable {
        public let workspace, name: String
        public let seq: Int64
        public let events: Int64

        /// No number of the log is missing: there are as many as the last one says.
        public var isGapless: Bool { events == seq }
    }

    /// The step of the schema.
    public let schema: Int
    public let tables: [Table]
    public let heads: [Head]

    public static func of(_ engine: any Engine) async throws -> Contents {
        let dialect = engine.dialect
        return try await engine.read { try Contents(of: $0, dialect) }
    }

    init(of connection: any Connection, _ dialect: Dialect) throws {
        schema = try connection.schemaStep(dialect) ?? 0
        tables = try CopiedTable.all.map { table in
            let sql = SQL(names: "SELECT COUNT(*) AS amount FROM \(table.name)")
            return Table(name: table.name, rows: try connection.rows(sql)[0].count("amount"))
        }
        let heads = try connection.rows(
            """
            SELECT w.id, w.name, w.seq, (SELECT COUNT(*) FROM events e WHERE e.workspace = w.id) AS events FROM workspaces w ORDER BY w.id
            """)
        self.heads = try heads.map { row in
            Head(
                workspace: try row.text("id"), name: try row.text("name"), seq: try row.integer("seq"), events: try row.integer("events"))
        }
    }
}
