import Core
import Foundation
import Storage

extension Doctor {
    /// The database that the settings name, and what is in it.
    var database: [Finding] {
        get async {
            if case .postgres(let address) = settings.database { return await postgres(address) }
            do {
                return [try await engine()] + (try await contents())
            } catch let failure as Failure {
                return [.fault("database", failure.description, mend: "Restore the newest backup, or ask with this line at hand.")]
            } catch {
                return [.fault("database", "\(error)", mend: "Restore the newest backup, or ask with this line at hand.")]
            }
        }
    }

    /// Opens a scratch database: opening insists on `synchronous=FULL` on this very kind of connection.
    private func engine() async throws -> Finding {
        let scratch = FileManager.default.temporaryDirectory.appendingPathComponent("moro-doctor-\(UUID().uuidString)", isDirectory: true)
        try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: scratch) }
        let store = try Store(SQLiteEngine(path: scratch.appendingPathComponent("scratch.db").path), world: .real)
        defer { try? store.close() }
        let (version, hasSearch) = try await store.read { try $0.sqlite() }
        guard hasSearch else {
            return .fault(
                "SQLite", "\(version) without full-text search (FTS5)", mend: "Install SQLite with FTS5: apt-get install libsqlite3-0.")
        }
        return .ok("SQLite", "\(version), full-text search, an acknowledged message survives a power cut (synchronous=FULL)")
    }

    private func contents() async throws -> [Finding] {
        guard FileManager.default.fileExists(atPath: settings.databaseFile.path) else { return [.ok("database", "none yet")] }
        let premises = try Premises.open(settings)
        defer { try? premises.close() }
        return try await contents(of: premises.store)
    }

    func contents(of store: Store, also: String = "") async throws -> [Finding] {
        let (census, newest, jobs) = try await store.read { (try $0.census(), try $0.newestEvent(), try $0.jobCounts()) }
        return [.ok("database", "\(census.conversations) conversations, \(census.contacts) people\(also)")] + future(newest)
            + failing(jobs.failing)
    }

    private func future(_ newest: Moment?) -> [Finding] {
        guard let newest, World.real.now().adding(seconds: 60) < newest else { return [] }
        return [
            .fault("clock", "something stored lies in the future of this machine's clock", mend: "Set the clock: timedatectl set-ntp true.")
        ]
    }

    private func failing(_ count: Int) -> [Finding] {
        guard count > 0 else { return [] }
        return [
            .warning("jobs", "\(count) have failed and are being tried again", mend: "Their reasons stand in the table jobs, last_error.")
        ]
    }
}
