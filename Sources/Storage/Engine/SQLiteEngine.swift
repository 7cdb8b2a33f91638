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
        // Pages that are written again and again go back into the database once in 16 MB instead of once in four.
        try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA wal_autocheckpoint = 4000") }
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
        try database.writeWithoutTransaction { [columns] database in
            try database.execute(sql: "BEGIN IMMEDIATE")
            do {
                let connection = SQLiteConnection(database, columns)
                for piece in work { try run(piece, on: connection) }
                try connection.settle()
                try database.execute(sql: "COMMIT")
            } catch {
                if database.isInsideTransaction { try? database.execute(sql: "ROLLBACK") }
                throw error
            }
        }
    }

    private func run(_ piece: (any Connection) -> Bool, on connection: SQLiteConnection) throws {
        try connection.run("SAVEPOINT piece")
        if !piece(connection) {
            // A full disk or a broken file ends the whole transaction, not only the savepoint.
            guard connection.database.isInsideTransaction else { throw connection.lastError ?? StorageFault.closed }
            try connection.run("ROLLBACK TO piece")
        }
        try connection.run("RELEASE piece")
    }

    public func read<Answer: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> Answer) async throws -> Answer {
        try await database.read { [columns] in try body(SQLiteConnection($0, columns)) }
    }

    public func close() throws { try database.close() }
}
