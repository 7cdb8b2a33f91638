import Foundation
import GRDB

/// SQLite through GRDB: WAL, one writer, pooled readers, `synchronous=FULL`.
public final class SQLiteEngine: Engine {
    private let database: any DatabaseWriter
    public let dialect = Dialect.sqlite

    /// A database file; it is made if it is missing.
    public init(path: String) throws {
        var configuration = Self.configuration
        configuration.maximumReaderCount = 4
        let pool = try DatabasePool(path: path, configuration: configuration)
        // GRDB's pool sets synchronous=NORMAL after `prepareDatabase`: an acknowledged message would not survive a power cut.
        try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
        let level = try pool.writeWithoutTransaction { try Int.fetchOne($0, sql: "PRAGMA synchronous") }
        guard level == 2 else { throw StorageFault.notDurable("synchronous is \(level ?? -1), not FULL") }
        database = pool
    }

    /// A database in memory, for tests.
    public init() throws {
        database = try DatabaseQueue(configuration: Self.configuration)
    }

    private static var configuration: Configuration {
        var configuration = Configuration()
        configuration.foreignKeysEnabled = true
        configuration.busyMode = .timeout(5)
        configuration.prepareDatabase { try $0.execute(sql: "PRAGMA temp_store = MEMORY") }
        return configuration
    }

    public func commit(_ work: [(any Connection) -> Bool]) throws {
        try database.writeWithoutTransaction { database in
            try database.execute(sql: "BEGIN IMMEDIATE")
            do {
                let connection = SQLiteConnection(database: database)
                for piece in work { try run(piece, on: connection, database) }
                try database.execute(sql: "COMMIT")
            } catch {
                if database.isInsideTransaction { try? database.execute(sql: "ROLLBACK") }
                throw error
            }
        }
    }

    private func run(_ piece: (any Connection) -> Bool, on connection: SQLiteConnection, _ database: Database) throws {
        try database.cachedStatement(sql: "SAVEPOINT piece").execute()
        if !piece(connection) {
            // A full disk or a broken file ends the whole transaction, not only the savepoint.
            guard database.isInsideTransaction else { throw connection.lastError ?? StorageFault.closed }
            try database.cachedStatement(sql: "ROLLBACK TO piece").execute()
        }
        try database.cachedStatement(sql: "RELEASE piece").execute()
    }

    public func read<Answer: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> Answer) async throws -> Answer {
        try await database.read { try body(SQLiteConnection(database: $0)) }
    }

    public func close() throws { try database.close() }
}

private final class SQLiteConnection: Connection {
    private let database: Database
    private(set) var lastError: (any Error)?

    init(database: Database) { self.database = database }

    func rows(_ sql: SQL) throws -> [Row] {
        try noting {
            let statement = try database.cachedStatement(sql: sql.text)
            statement.setUncheckedArguments(StatementArguments(sql.values.map(\.databaseValue)))
            let columns = Dictionary(zip(statement.columnNames, 0...), uniquingKeysWith: { first, _ in first })
            let cursor = try GRDB.Row.fetchCursor(statement)
            var rows: [Row] = []
            while let row = try cursor.next() {
                rows.append(Row(columns: columns, values: row.databaseValues.map(Value.init)))
            }
            return rows
        }
    }

    func run(_ sql: SQL) throws -> Int {
        try noting {
            let statement = try database.cachedStatement(sql: sql.text)
            try statement.setArguments(StatementArguments(sql.values.map(\.databaseValue)))
            try statement.execute()
            return database.changesCount
        }
    }

    private func noting<Answer>(_ body: () throws -> Answer) throws -> Answer {
        do { return try body() } catch {
            lastError = error
            throw error
        }
    }
}

extension Value {
    fileprivate var databaseValue: DatabaseValue {
        switch self {
        case .null: .null
        case .integer(let number): number.databaseValue
        case .double(let number): number.databaseValue
        case .text(let text): text.databaseValue
        }
    }

    fileprivate init(_ value: DatabaseValue) {
        switch value.storage {
        case .null, .blob: self = .null
        case .int64(let number): self = .integer(number)
        case .double(let number): self = .double(number)
        case .string(let text): self = .text(text)
        }
    }
}
