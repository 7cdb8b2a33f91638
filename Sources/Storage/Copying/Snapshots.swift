import Foundation
import GRDB

extension SQLiteEngine {
    /// Copies a database file as it is at one moment, whoever writes to it meanwhile; nobody has to wait. Whoever needs the copy on disk
    /// has to see to it.
    public static func copy(_ path: String, to copy: String) throws {
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(5)
        let (source, target) = (try DatabaseQueue(path: path, configuration: configuration), try DatabaseQueue(path: copy))
        try source.backup(to: target)
        try source.close()
        try target.close()
    }
}

extension PostgresEngine {
    /// Lets another program see the database as it is at one moment, and counts what is there at that very moment.
    /// - Parameters:
    ///   - begin: is told the name of the snapshot, and starts the program.
    ///   - isDone: whether the program has ended.
    public func shareSnapshot(
        _ begin: @escaping @Sendable (String) throws -> Void, until isDone: @escaping @Sendable () throws -> Bool
    ) async throws -> Contents {
        try await read { connection in
            try begin(try connection.rows("SELECT pg_export_snapshot() AS name")[0].text("name"))
            let contents = try Contents(of: connection, .postgres)
            while try !isDone() {
                // The server hangs up on whoever sits in a transaction and says nothing.
                _ = try connection.rows("SELECT 1 AS here")
                Thread.sleep(forTimeInterval: 0.1)
            }
            return contents
        }
    }
}
