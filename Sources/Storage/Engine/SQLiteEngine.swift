import Foundation
import GRDB
import Synchronization

/// SQLite through GRDB: WAL, one writer, pooled readers, `synchronous=FULL`.
public final class SQLiteEngine: Engine {
    private let database: any DatabaseWriter
    private let columns = ColumnPlaces()
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
                let connection = SQLiteConnection(database: database, columns: self.columns)
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
        try await database.read { [columns] in try body(SQLiteConnection(database: $0, columns: columns)) }
    }

    public func close() throws { try database.close() }
}

private final class SQLiteConnection: Connection {
    private let database: Database
    private let columns: ColumnPlaces
    private(set) var lastError: (any Error)?

    init(database: Database, columns: ColumnPlaces) {
        self.database = database
        self.columns = columns
    }

    func rows(_ sql: SQL) throws -> [Row] {
        try noting {
            let statement = try database.cachedStatement(sql: sql.text)
            statement.setUncheckedArguments(sql.arguments)
            let columns = columns.places(in: sql.text) { statement.columnNames }
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
            statement.setUncheckedArguments(sql.arguments)
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

/// Where each column stands in a statement's answer; the same for every run of the same text.
private final class ColumnPlaces: Sendable {
    private let known = Mutex<[String: [String: Int]]>([:])

    func places(in text: String, names: () -> [String]) -> [String: Int] {
        known.withLock { known in
            if let places = known[text] { return places }
            let places = Dictionary(zip(names(), 0...), uniquingKeysWith: { first, _ in first })
            if known.count < 1_000 { known[text] = places }
            return places
        }
    }
}

extension SQL {
    /// As optionals, for GRDB's straight path: as a bare list it looks a key path up at each call.
    fileprivate var arguments: StatementArguments {
        StatementArguments(values.map { value -> (any DatabaseValueConvertible)? in value.databaseValue })
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
