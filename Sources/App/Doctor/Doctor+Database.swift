import Core
import Foundation
import Storage

extension Doctor {
    /// SQLite as it is built into this Moro, and the database if there is one.
    var database: [Finding] {
        get async {
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
        let (version, hasSearch) = try await store.read { tx in
            let row = try tx.row("SELECT sqlite_version() AS version, sqlite_compileoption_used('ENABLE_FTS5') AS search")
            return (try row?.text("version") ?? "?", try row?.flag("search") ?? false)
        }
        guard hasSearch else {
            return .fault(
                "SQLite", "\(version) without full-text search (FTS5)", mend: "Install SQLite with FTS5: apt-get install libsqlite3-0.")
        }
        return .ok("SQLite", "\(version), full-text search, an acknowledged message survives a power cut (synchronous=FULL)")
    }

    private func contents() async throws -> [Finding] {
        guard FileManager.default.fileExists(atPath: settings.database.path) else { return [.ok("database", "none yet")] }
        let premises = try Premises.open(settings)
        defer { try? premises.close() }
        let facts = try await premises.store.read { tx in
            let row = try tx.row(
                """
                SELECT (SELECT COUNT(*) FROM conversations) AS conversations, (SELECT COUNT(*) FROM contacts) AS contacts,
                    (SELECT COALESCE(MAX(at), 0) FROM events WHERE seq > (SELECT COALESCE(MAX(seq), 0) - 100 FROM workspaces)) AS newest,
                    (SELECT COUNT(*) FROM jobs WHERE last_error IS NOT NULL) AS failing
                """)
            return (
                try row?.count("conversations") ?? 0, try row?.count("contacts") ?? 0, try row?.moment("newest") ?? tx.now,
                try row?.count("failing") ?? 0
            )
        }
        return [.ok("database", "\(facts.0) conversations, \(facts.1) people")] + future(facts.2) + failing(facts.3)
    }

    private func future(_ newest: Moment) -> [Finding] {
        guard World.real.now().adding(seconds: 60) < newest else { return [] }
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
