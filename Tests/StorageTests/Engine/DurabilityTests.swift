import Core
import GRDB
import Storage
import Testing
import TestSupport

@Suite("On disk")
struct DurabilityTests {
    let folder: TemporaryFolder
    let path: String

    init() throws {
        folder = try TemporaryFolder()
        path = folder.path("moro.sqlite")
    }

    @Test("The writer of a database file waits for the disk: synchronous is FULL, the journal is WAL")
    func synchronous() async throws {
        let store = try open()
        let (level, journal, keys) = try await store.write { tx in
            (
                try tx.row("PRAGMA synchronous")?.integer("synchronous"), try tx.row("PRAGMA journal_mode")?.text("journal_mode"),
                try tx.row("PRAGMA foreign_keys")?.integer("foreign_keys")
            )
        }
        #expect((level, journal, keys) == (2, "wal", 1))
        try store.close()
    }

    @Test("It is still FULL after the database has been used and opened again")
    func synchronousAgain() async throws {
        for _ in 0..<3 {
            let store = try open()
            _ = try await store.read { try $0.workspaces() }
            try await store.run("CREATE TABLE IF NOT EXISTS sauna (heat BIGINT)")
            #expect(try await store.write { try $0.row("PRAGMA synchronous")?.integer("synchronous") } == 2)
            try store.close()
        }
    }

    @Test("Closed and opened again, everything is there")
    func reopen() async throws {
        let before = try open()
        try await Loylymaki.move(into: before)
        try await before.write { tx in
            _ = try tx.start(Loylymaki.conversation())
            try tx.say("Onko kiuas tullut?", by: .contact(Loylymaki.liisa.id), in: "kiuas", clientID: "c1")
        }
        try before.close()

        let after = try open()
        let (head, thread, contact) = try await after.read { tx in
            (
                try tx.head(of: Loylymaki.workspace.id), try tx.messages(of: "kiuas", before: .max, limit: 10, withInternal: true),
                try tx.contact("liisa", of: Loylymaki.workspace.id)
            )
        }
        #expect((head, thread.map(\.text), contact) == (2, ["Onko kiuas tullut?"], Loylymaki.liisa))
        #expect(try await after.write { try $0.nextSeq(of: Loylymaki.workspace.id) } == 3)
        try after.close()
    }

    @Test("What is closed refuses politely")
    func closed() async throws {
        let store = try open()
        try store.close()
        await #expect(throws: Refusal.busy(retryAfter: 1)) { try await store.write { _ in } }
        await #expect(throws: (any Error).self) { try await store.read { try $0.workspaces() } }
    }

    @Test("What was queued before the end is written")
    func closeFinishes() async throws {
        let store = try open()
        try await Loylymaki.move(into: store)
        let written = await store.crowd(of: 50) { tx, number in
            try tx.save(Contact(id: .init("vieras-\(number)"), workspace: Loylymaki.workspace.id, createdAt: tx.now))
        }
        try store.close()
        #expect(written.filter(\.isSuccess).count == 50)
        let rows = try await DatabaseQueue(path: path).read {
            try Int.fetchOne($0, sql: "SELECT COUNT(*) FROM contacts WHERE id LIKE 'vieras-%'")
        }
        #expect(rows == 50)
    }

    @Test("A database written by a newer Moro is refused and left alone")
    func newerSchema() async throws {
        let store = try open()
        try await store.run("INSERT INTO schema_steps (step) VALUES (99)")
        try store.close()
        #expect { try open() } throws: { error in
            if case .newerSchema(found: 99, _) = error as? StorageFault { true } else { false }
        }
        let steps = try await DatabaseQueue(path: path).read { try Int.fetchAll($0, sql: "SELECT step FROM schema_steps ORDER BY step") }
        #expect(steps.last == 99)
    }

    @Test("A file that is no database is refused")
    func garbage() throws {
        let path = folder.path("kuitti.sqlite")
        try Array(repeating: "tämä ei ole tietokanta ", count: 500).joined().write(toFile: path, atomically: true, encoding: .utf8)
        #expect(throws: (any Error).self) { try Store(SQLiteEngine(path: path), world: .fixed(Clock())) }
    }

    private func open() throws -> Store { try Store(SQLiteEngine(path: path), world: .fixed(Clock())) }
}
