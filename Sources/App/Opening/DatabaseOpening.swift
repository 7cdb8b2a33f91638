import Core
import Files
import Foundation
import Storage

/// The one place that decides which database keeps everything, and says in a sentence why it can't be opened.
extension Settings {
    public func openStore(world: World = .real, _ measured: (any Engine) -> any Engine = { $0 }) throws -> Store {
        do { return try Store(measured(openEngine()), world: world) } catch { throw failure(because: error) }
    }

    func openEngine() throws -> any Engine {
        switch database {
        case .sqlite:
            try FileManager.default.createDirectory(at: data, withIntermediateDirectories: true)
            return try SQLiteEngine(path: databaseFile.path)
        case .postgres(let address): return try PostgresEngine(address, options: postgresOptions)
        }
    }

    var postgresOptions: PostgresEngine.Options {
        var options = PostgresEngine.Options()
        options.readers = databaseReaders
        options.statementTimeout = databaseTimeout
        return options
    }

    /// Where the database is, for sentences.
    var databasePlace: String { database == .sqlite ? data.path : "\(database)" }

    func failure(because error: any Error) -> Failure {
        if let failure = error as? Failure { return failure }
        if let fault = error as? FileFault { return Failure(fault) }
        if case StorageFault.newerSchema(Copying.unfinished, _) = error {
            return Failure(
                "a move to \(databasePlace) was begun and not finished. Give the same “moro move” again, or name another database.")
        }
        if case StorageFault.newerSchema(let found, let known) = error {
            return Failure("the data in \(databasePlace) is of a newer Moro (schema \(found); this one knows \(known)). Update Moro.")
        }
        if let obstacle = DatabaseUnreachable(behind: error) { return Failure("the database \(database) can't be used. \(obstacle)") }
        if case .busy = error as? Refusal { return Failure("the database \(databasePlace) is busy. Try again in a moment.") }
        let reason = (error as? CocoaError)?.localizedDescription ?? "\(error)"
        return Failure("the data directory \(data.path) can't be used: \(reason). “moro doctor” tells more.")
    }
}
