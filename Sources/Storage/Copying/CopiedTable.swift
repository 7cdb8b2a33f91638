/// A table as it is carried from one database to another, by the order of its key.
struct CopiedTable: Sendable {
    let name: String
    let key: [String]
    /// Which of its rows; all where nothing is said.
    var only = ""

    /// Whatever is referred to stands before what refers to it.
    static let all: [CopiedTable] = [
        .init("workspaces"), .init("agents"), .init("agent_sessions"), .init("sign_in_links", "token_hash"),
        .init("sign_in_attempts", "email"), .init("teams"), .init("team_members", "team", "agent"), .init("contacts"), .init("sites"),
        .init("visitor_sessions"), .init("canned_replies"), .init("conversations"), .init("conversation_tags", "conversation", "tag"),
        .init("messages"), .init("attachments"), .init("events", "workspace", "seq"), .init("jobs"), followers,
    ]

    /// The word index is not carried but made anew from the log, so where it has come to stays behind.
    private static let followers: CopiedTable = {
        var table = CopiedTable("followers", "name", "workspace")
        table.only = "name <> 'search'"
        return table
    }()

    /// Made anew, or about the database itself.
    static let left: Set<String> = ["schema_steps", "search_messages", "search_contacts", "search_entries"]

    private init(_ name: String, _ key: String...) {
        self.name = name
        self.key = key.isEmpty ? ["id"] : key
    }
}

extension SQL {
    /// Text put together from names of the schema, never from input.
    init(names text: String, values: [Value] = []) {
        self.init(stringLiteral: text)
        self.values = values
    }
}

/// The rows of a table in one database: read by batches, and added to.
struct TableRows: Sendable {
    let table: CopiedTable
    let columns: [String]
    private let engine: any Engine

    static let batch = 2_000
    private static let rowsInAStatement = 100

    init(_ table: CopiedTable, in engine: any Engine) async throws {
        let catalog = engine.dialect.columns(of: table.name)
        columns = try await engine.read { try $0.rows(catalog).map { try $0.text("name") } }
        (self.table, self.engine) = (table, engine)
    }

    /// The rows that come after one, in the order of the key, each with its values in the order of `columns`.
    func rows(after last: [Value]?) async throws -> [[Value]] {
        let (key, limits) = (table.key.joined(separator: ", "), last == nil ? [] : table.key.indices.map { "$\($0 + 1)" })
        let conditions = [table.only, last == nil ? "" : "(\(key)) > (\(limits.joined(separator: ", ")))"].filter { !$0.isEmpty }
        let text =
            "SELECT \(columns.joined(separator: ", ")) FROM \(table.name)"
            + (conditions.isEmpty ? "" : " WHERE " + conditions.joined(separator: " AND ")) + " ORDER BY \(key) LIMIT \(Self.batch)"
        return try await engine.read { try $0.rows(SQL(names: text, values: last ?? [])).map(\.values) }
    }

    func key(of row: [Value]) -> [Value] { table.key.compactMap { name in columns.firstIndex(of: name).map { row[$0] } } }

    /// The greatest key there is.
    func lastKey() async throws -> [Value]? {
        let names = table.key.joined(separator: ", ")
        let order = table.key.map { $0 + " DESC" }.joined(separator: ", ")
        return try await engine.read {
            try $0.rows(SQL(names: "SELECT \(names) FROM \(table.name) ORDER BY \(order) LIMIT 1")).first?.values
        }
    }

    func add(_ rows: [[Value]]) throws {
        try engine.alone { connection in
            for start in stride(from: 0, to: rows.count, by: Self.rowsInAStatement) {
                try connection.send(insertion(of: rows[start..<min(start + Self.rowsInAStatement, rows.count)]))
            }
        }
    }

    private func insertion(of rows: ArraySlice<[Value]>) -> SQL {
        var (number, places) = (0, [String]())
        for row in rows {
            places.append("(" + row.indices.map { "$\(number + $0 + 1)" }.joined(separator: ", ") + ")")
            number += row.count
        }
        return SQL(
            names: "INSERT INTO \(table.name) (\(columns.joined(separator: ", "))) VALUES \(places.joined(separator: ", "))",
            values: rows.flatMap(\.self))
    }
}

extension Engine {
    /// One piece of work with a transaction to itself.
    func alone<Answer>(_ body: (any Connection) throws -> Answer) throws -> Answer {
        var result: Result<Answer, any Error> = .failure(StorageFault.closed)
        try withoutActuallyEscaping(body) { body in
            try commit([
                { connection in
                    result = Result { try body(connection) }
                    if case .success = result { return true }
                    return false
                }
            ])
        }
        return try result.get()
    }
}
