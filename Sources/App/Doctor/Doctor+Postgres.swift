import Core
import Foundation
import Storage

extension Doctor {
    /// The server, and what Moro keeps there. Nothing is made or changed.
    func postgres(_ address: PostgresAddress) async -> [Finding] {
        do {
            let engine = try PostgresEngine(address, options: settings.postgresOptions)
            defer { try? engine.close() }
            let facts = try await engine.facts()
            return [server(facts), room(facts), skew(facts)].compactMap(\.self) + (try await contents(of: engine, facts))
        } catch {
            let obstacle = DatabaseUnreachable(behind: error).map { "\($0)" } ?? settings.failure(because: error).description
            return [.fault("PostgreSQL", "\(address): \(obstacle)", mend: "Then ask again: psql with the same address tells more.")]
        }
    }

    /// The engine itself refuses a server that is too old, not in UTF-8, a standby, or one that does not wait for its disk.
    private func server(_ facts: ServerFacts) -> Finding {
        guard facts.isDurable else {
            return .fault(
                "PostgreSQL", "\(facts.version) does not wait for its disk", mend: "Set fsync and synchronous_commit to on, and restart it."
            )
        }
        return .ok(
            "PostgreSQL", "\(facts.version), UTF-8, an acknowledged message survives a power cut (fsync and synchronous_commit are on)")
    }

    private func room(_ facts: ServerFacts) -> Finding {
        let needed = settings.databaseReaders + 1
        let sentence = "a node takes \(needed) connections; the server has \(facts.connections.now) of at most \(facts.connections.most)"
        return facts.connections.most >= needed + 5
            ? .ok("connections", sentence)
            : .warning("connections", sentence, mend: "Raise max_connections, or lower database-readers.")
    }

    private func skew(_ facts: ServerFacts) -> Finding? {
        let seconds = Int(abs(facts.clock.milliseconds - World.real.now().milliseconds) / 1000)
        guard seconds > 5 else { return nil }
        return .warning(
            "clock", "this machine's and the database server's differ by \(seconds) s", mend: "Set both: timedatectl set-ntp true.")
    }

    private func contents(of engine: PostgresEngine, _ facts: ServerFacts) async throws -> [Finding] {
        switch try await SchemaStanding.of(engine) {
        case .none: return [.ok("database", "no tables yet; the first start makes them")]
        case .older(let step):
            return [.ok("database", "schema \(step) of \(SchemaStanding.known); the next start of this Moro brings it up to date")]
        case .newer(Copying.unfinished):
            return [.fault("database", "a move to it was begun and not finished", mend: "Give the same “moro move” again.")]
        case .newer(let step):
            return [.fault("database", "schema \(step) is of a newer Moro (this one knows \(SchemaStanding.known))", mend: "Update Moro.")]
        case .current:
            let size = String(format: "%.1f GB", Double(facts.databaseBytes) / 1e9)
            return try await contents(of: Store(engine, world: .real), also: ", \(size)")
        }
    }
}
