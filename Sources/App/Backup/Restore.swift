import Files
import Foundation
import Storage

/// Puts a backup into an empty place, and looks whether all of it has arrived.
public struct Restore: Sendable {
    private let settings: Settings
    private let folder: URL

    /// - Parameter settings: they say where to: the data directory, or PostgreSQL.
    public init(settings: Settings, from folder: URL) {
        var settings = settings
        settings.databaseTimeout = 600
        (self.settings, self.folder) = (settings, folder)
    }

    public func run() async throws -> (manifest: Manifest, files: BroughtFiles) {
        do {
            let manifest = try Manifest.read(from: folder)
            try check(manifest)
            let files =
                switch settings.database {
                case .sqlite: try await restoreFile(manifest)
                case .postgres(let address): try await restoreDump(manifest, to: address)
                }
            return (manifest, files)
        } catch let error as CocoaError {
            throw Failure("\(folder.path) can't be restored: \(error.localizedDescription)")
        } catch {
            throw settings.failure(because: error)
        }
    }

    private func check(_ manifest: Manifest) throws {
        guard manifest.contents.schema <= SchemaStanding.known else {
            throw Failure(
                "the backup is of a newer Moro (schema \(manifest.contents.schema); this one knows \(SchemaStanding.known)). Update Moro.")
        }
        switch (manifest.engine, settings.database) {
        case (.sqlite, .postgres):
            throw Failure(
                "this is a backup of SQLite. Restore it into a data directory (--database sqlite), then “moro move” it to PostgreSQL.")
        case (.postgres, .sqlite): throw Failure("this is a backup of PostgreSQL. Name an empty database with --database.")
        case (.sqlite, .sqlite), (.postgres, .postgres): break
        }
        guard Disk.digest(of: database(manifest)) == manifest.database.sha256 else {
            throw Failure(
                "\(manifest.database.file) in the backup is damaged: its checksum is another than the manifest's. Nothing was restored.")
        }
    }

    private func database(_ manifest: Manifest) -> URL { folder.appendingPathComponent(manifest.database.file) }

    private func restoreFile(_ manifest: Manifest) async throws -> BroughtFiles {
        let place = settings.databaseFile
        for name in ["", "-wal", "-shm"] where FileManager.default.fileExists(atPath: place.path + name) {
            throw Failure("\(settings.data.path) already holds a database. Restore into an empty directory.")
        }
        try FileManager.default.createDirectory(at: settings.data, withIntermediateDirectories: true)
        let draft = place.appendingPathExtension("restoring")
        for name in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: draft.path + name) }
        try FileManager.default.copyItem(at: database(manifest), to: draft)
        let engine = try SQLiteEngine(path: draft.path)
        try await compare(engine, manifest)
        let files = try await bring(namedIn: engine)
        try engine.close()
        try Disk.synchronize(draft.path)
        // Last, so that a database that is there is whole.
        guard rename(draft.path, place.path) == 0 else { throw CocoaError(.fileWriteUnknown, userInfo: [NSFilePathErrorKey: place.path]) }
        try Disk.synchronize(settings.data.path)
        return files
    }

    private func restoreDump(_ manifest: Manifest, to address: PostgresAddress) async throws -> BroughtFiles {
        let engine = try PostgresEngine(address, options: settings.postgresOptions)
        defer { try? engine.close() }
        switch try await SchemaStanding.of(engine) {
        case .none:
            try PostgresTools(address: address).restore(database(manifest))
            try await compare(engine, manifest)
        // This very backup, interrupted before its files had come: they are brought now.
        case .current where try await Contents.of(engine) == manifest.contents: break
        default:
            throw Failure(
                "\(address) already holds Moro's tables. Restore into an empty database: createdb --encoding UTF8 --template template0 NAME."
            )
        }
        return try await bring(namedIn: engine)
    }

    private func compare(_ engine: any Engine, _ manifest: Manifest) async throws {
        guard try await Contents.of(engine) == manifest.contents else {
            throw Failure("what was restored is not what the manifest tells. Do not use it; take another backup.")
        }
    }

    private func bring(namedIn engine: any Engine) async throws -> BroughtFiles {
        let source = try DirectoryStore(folder.appendingPathComponent("files", isDirectory: true))
        return try await engine.bringFiles(from: source, to: settings.openFiles(), .verifying)
    }
}
