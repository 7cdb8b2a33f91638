import Files
import Foundation
import Storage

/// Carries a whole installation to another database.
public struct Move: Sendable {
    public struct Result: Sendable, Encodable {
        public let rows: Int
        public let checksum: String
        public let tables: [Account.Table]
        public let files: BroughtFiles
    }

    private let settings: Settings
    private let from, to: Installation
    private let filesFrom, filesTo: FilesChoice?

    /// - Parameters:
    ///   - filesFrom: where the attached files are now; nil for SQLite's own directory, or the place of the settings.
    ///   - filesTo: where they are to be; nil for SQLite's own directory, or the same place as before.
    public init(settings: Settings, from: Installation, to: Installation, filesFrom: FilesChoice? = nil, filesTo: FilesChoice? = nil) {
        (self.settings, self.from, self.to, self.filesFrom, self.filesTo) = (settings, from, to, filesFrom, filesTo)
    }

    public func run(_ tell: @escaping (Copying.Progress) -> Void = { _ in }) async throws -> Result {
        guard from != to else { throw Failure("--from and --to are the same installation.") }
        let source = try open(from, mustBeThere: true)
        defer { try? source.close() }
        let target = try open(to, mustBeThere: false)
        defer { try? target.close() }
        do {
            let account = try await Copying(from: source, to: target).run(tell)
            return Result(rows: account.rows, checksum: account.checksum, tables: account.tables, files: try await bringFiles(source))
        } catch let obstacle as Copying.Obstacle {
            throw failure(obstacle)
        } catch {
            throw to.settings(settings).failure(because: error)
        }
    }

    private func open(_ installation: Installation, mustBeThere: Bool) throws -> any Engine {
        let settings = installation.settings(settings)
        if mustBeThere, let directory = installation.directory, !FileManager.default.fileExists(atPath: settings.databaseFile.path) {
            throw Failure("there is no database in \(directory.path). Name the data directory that holds moro.db.")
        }
        do { return try settings.openEngine() } catch { throw settings.failure(because: error) }
    }

    private func bringFiles(_ engine: any Engine) async throws -> BroughtFiles {
        let old = try filesFrom.map(settings.open) ?? own(from) ?? settings.openFiles()
        return try await engine.bringFiles(from: old, to: filesTo.map(settings.open) ?? own(to) ?? old, .trusting)
    }

    /// SQLite's own place, unless the settings name one that belongs to no data directory.
    private func own(_ installation: Installation) throws -> (any FileStore)? {
        guard settings.files == .inData, installation.directory != nil else { return nil }
        return try installation.settings(settings).openFiles()
    }

    private func failure(_ obstacle: Copying.Obstacle) -> Failure {
        switch obstacle {
        case .sourceEmpty, .sourceSchema(.none): Failure("there is nothing in \(from) to move.")
        case .sourceSchema(.older(let step)):
            Failure("\(from) is of an older Moro (schema \(step) of \(SchemaStanding.known)). Start this Moro on it once, then move.")
        case .sourceSchema(.newer(Copying.unfinished)):
            Failure("\(from) is itself the target of a move that was not finished. Finish that one first.")
        case .sourceSchema(.newer), .sourceSchema(.current): Failure("\(from) is of a newer Moro. Update Moro.")
        case .targetSchema: Failure("\(to) is of another version of Moro than this one. Name an empty database.")
        case .targetHolds(let table):
            Failure("\(to) already holds data (\(table)), and nothing was changed. Name an empty database: a move never mixes two.")
        case .sourceChanged:
            Failure("somebody has written to \(from) during the move. Stop Moro there and run the move again; it begins anew.")
        case .differs(let table):
            Failure("what arrived in \(to) differs from what was sent (\(table)). Nobody can open it; name another, empty database.")
        case .unholdable(let table, let key):
            Failure(
                "the row \(key) of the table \(table) holds the character NUL, which PostgreSQL can't keep. Remove it and run the move again."
            )
        }
    }
}
