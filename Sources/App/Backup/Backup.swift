import Files
import Foundation
import Storage

/// Copies a whole installation while it is at work: database, attached files, and a manifest that tells what there is.
///
/// Given the folder of an earlier backup again, only new files are copied, and the database takes the earlier one's place when it is
/// whole.
public struct Backup: Sendable {
    private let settings: Settings
    private let folder: URL

    public init(settings: Settings, to folder: URL) {
        var settings = settings
        settings.databaseTimeout = 600
        (self.settings, self.folder) = (settings, folder)
    }

    public func take(at moment: Date = Date()) async throws -> Manifest {
        do {
            try prepare()
            let manifest = try await write(at: moment)
            guard manifest.contents.heads.allSatisfy(\.isGapless) else {
                throw Failure(
                    "the event log in \(settings.databasePlace) has gaps; the backup in \(folder.path) is not finished. Ask for help.")
            }
            try manifest.write(to: folder)
            for old in try databases() where old != manifest.database.file { try? FileManager.default.removeItem(at: file(old)) }
            return manifest
        } catch let error as CocoaError {
            throw Failure("\(folder.path): \(error.localizedDescription)")
        } catch {
            throw settings.failure(because: error)
        }
    }

    private func prepare() throws {
        if settings.database == .sqlite, !FileManager.default.fileExists(atPath: settings.databaseFile.path) {
            throw Failure("there is no database in \(settings.data.path) to back up.")
        }
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let foreign = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { !Self.isOurs($0) }
        guard foreign.isEmpty else {
            throw Failure("\(folder.path) holds something that is no backup (\(foreign[0])). Name another folder.")
        }
    }

    private static func isOurs(_ name: String) -> Bool { name == "files" || name.hasPrefix(Manifest.name) || isDatabase(name) }
    private static func isDatabase(_ name: String) -> Bool { name.wholeMatch(of: /moro-\d{8}T\d{9}Z\.(db|dump)(-wal|-shm)?/) != nil }

    private func databases() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: folder.path).filter(Self.isDatabase) }
    private func file(_ name: String) -> URL { folder.appendingPathComponent(name) }

    private func write(at moment: Date) async throws -> Manifest {
        switch settings.database {
        case .sqlite:
            let copy = file("moro-\(Self.stamp(moment)).db")
            try SQLiteEngine.copy(settings.databaseFile.path, to: copy.path)
            try Disk.synchronize(copy.path)
            let engine = try SQLiteEngine(path: copy.path)
            let (contents, files) = try await (Contents.of(engine), bring(namedIn: engine))
            try engine.close()
            return try manifest(.sqlite, copy, contents, files, moment)
        case .postgres(let address):
            let engine = try PostgresEngine(address, options: settings.postgresOptions)
            defer { try? engine.close() }
            guard try await SchemaStanding.of(engine) != .none else { throw Failure("there is nothing in \(address) to back up.") }
            let dump = file("moro-\(Self.stamp(moment)).dump")
            let contents = try await PostgresTools(address: address).dump(engine, to: dump)
            return try manifest(.postgres, dump, contents, try await bring(namedIn: engine), moment)
        }
    }

    /// After the database, so that every file that it names is there.
    private func bring(namedIn engine: any Engine) async throws -> BroughtFiles {
        try await engine.bringFiles(from: settings.openFiles(), to: DirectoryStore(file("files")), .trusting)
    }

    private func manifest(
        _ engine: Manifest.Engine, _ database: URL, _ contents: Contents, _ files: BroughtFiles, _ moment: Date
    ) throws -> Manifest {
        let bytes = try FileManager.default.attributesOfItem(atPath: database.path)[.size] as? NSNumber
        guard let digest = Disk.digest(of: database) else { throw Failure("\(database.path) can't be read again.") }
        return Manifest(
            release: Release.version, takenAt: moment.formatted(.iso8601), engine: engine,
            database: .init(file: database.lastPathComponent, bytes: bytes?.int64Value ?? 0, sha256: digest), contents: contents,
            files: files)
    }

    /// 20261122T042230123Z
    private static func stamp(_ moment: Date) -> String {
        moment.formatted(
            .iso8601.year().month().day().time(includingFractionalSeconds: true).dateSeparator(.omitted).timeSeparator(.omitted)
        )
        .replacing(".", with: "").replacing("Z", with: "") + "Z"
    }
}
