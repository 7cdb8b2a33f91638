extension Dialect {
    /// Whether Moro's tables stand in this database, whatever their step.
    var findsSchema: SQL {
        switch self {
        case .sqlite: "SELECT COUNT(*) AS amount FROM sqlite_master WHERE type = 'table' AND name = 'schema_steps'"
        case .postgres: "SELECT COUNT(*) AS amount FROM pg_class WHERE oid = to_regclass('schema_steps')"
        }
    }

    /// The columns of a table, by name.
    func columns(of table: String) -> SQL {
        switch self {
        case .sqlite: "SELECT name FROM pragma_table_info(\(table)) ORDER BY name"
        case .postgres:
            """
            SELECT attname::text AS name FROM pg_attribute
            WHERE attrelid = to_regclass(\(table)) AND attnum > 0 AND NOT attisdropped ORDER BY attname::text COLLATE "C"
            """
        }
    }

    /// So that the first questions after a great many rows are planned well; SQLite plans by its indexes alone.
    var afterCopying: [SQL] { self == .postgres ? ["ANALYZE"] : [] }
}

extension Engine {
    func holds(_ table: String) async throws -> Bool {
        try await read { try !$0.rows(SQL(names: "SELECT 1 AS one FROM \(table) LIMIT 1")).isEmpty }
    }

    func count(_ table: String) async throws -> Int {
        try await read { try $0.rows(SQL(names: "SELECT COUNT(*) AS amount FROM \(table)"))[0].count("amount") }
    }
}

extension Connection {
    /// The step of the schema that stands here; nil where there is none. Changes nothing, unlike opening a `Store`.
    func schemaStep(_ dialect: Dialect) throws -> Int? {
        guard try rows(dialect.findsSchema)[0].count("amount") > 0 else { return nil }
        return try rows("SELECT COALESCE(MAX(step), 0) AS step FROM schema_steps")[0].count("step")
    }
}

/// How far the tables of a database have come, without touching them.
public enum SchemaStanding: Sendable, Equatable {
    case none
    /// Brought up to date when a `Store` is opened.
    case older(Int)
    case current(Int)
    case newer(Int)

    public static let known = Migrations.steps.count

    public static func of(_ engine: any Engine) async throws -> SchemaStanding {
        let dialect = engine.dialect
        guard let step = try await engine.read({ try $0.schemaStep(dialect) }) else { return .none }
        return step == known ? .current(step) : step < known ? .older(step) : .newer(step)
    }
}
