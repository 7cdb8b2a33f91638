import Files
import Storage

/// Carries the attached files alone to another place, and leaves them where they were.
public struct FilesMove: Sendable {
    private let settings: Settings
    private let from, to: FilesChoice

    /// - Parameters:
    ///   - settings: they name the database.
    ///   - from: where the files are now; nil for the place of the settings.
    public init(settings: Settings, from: FilesChoice?, to: FilesChoice) {
        (self.settings, self.from, self.to) = (settings, from ?? settings.files, to)
    }

    public func run() async throws -> BroughtFiles {
        guard from != to else { throw Failure("the attached files are there already. Name where they are now with --files-from.") }
        do {
            let engine = try settings.openEngine()
            defer { try? engine.close() }
            guard case .current = try await SchemaStanding.of(engine) else {
                throw Failure("there is nothing in \(settings.databasePlace) of this Moro whose files could be moved.")
            }
            return try await engine.bringFiles(from: settings.open(from), to: settings.open(to), .trusting)
        } catch {
            throw settings.failure(because: error)
        }
    }
}

extension Engine {
    /// Brings the files that the database names.
    func bringFiles(from source: any FileStore, to target: any FileStore, _ manner: BroughtFiles.Manner) async throws -> BroughtFiles {
        let page = { last in try await self.attachedFiles(after: last).map { NamedFile(digest: $0.digest, isUsed: $0.isUsed) } }
        return try await BroughtFiles.bring(page, from: source, to: target, manner)
    }
}
