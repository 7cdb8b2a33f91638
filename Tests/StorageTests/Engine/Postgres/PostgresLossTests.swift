import Core
import Storage
import Testing
import TestSupport

private let shop = Loylymaki.workspace.id

@Suite("Lost connections", .enabled(if: ScratchDatabase.isPostgres), .timeLimit(.minutes(2)))
struct PostgresLossTests {
    let database: ScratchDatabase
    let store: Store

    init() async throws {
        database = try await ScratchDatabase.make(isShared: true)
        store = try Store(database.open(), world: .fixed(Clock()))
        try await Loylymaki.move(into: store)
        _ = try await store.write { try $0.start(Loylymaki.conversation()) }
    }

    @Test("A connection that was cut while nobody used it is mended unnoticed")
    func idle() async throws {
        let other = try Store(database.open(), world: .fixed(Clock()))
        for _ in 0..<3 {
            _ = try await store.read { try $0.workspaces() }
            try await cut(by: other)
            #expect(try await store.write { try $0.say("Moi", by: .contact("liisa"), in: "kiuas") }.text == "Moi")
            try await cut(by: other)
            #expect(try await store.read { try $0.workspaces() }.count == 2)
        }
    }

    @Test("Cut in the middle of the work, the work is done again from the beginning, and once")
    func inTheMiddle() async throws {
        let runs = Counter()
        let seq = try await store.write { tx in
            let seq = try tx.say("Moi", by: .contact("liisa"), in: "kiuas").seq
            if runs.next() == 1 { _ = try? tx.rows("SELECT pg_terminate_backend(pg_backend_pid())") }
            return seq
        }
        #expect((seq, runs.next()) == (2, 3))
        #expect(try await thread().map(\.seq) == [2])
    }

    @Test("Cut again and again while many write: whoever got a yes is stored, once; numbers have no gaps; all told is stored")
    func underFire() async throws {
        let told = Notebook<Int64>()
        store.tell { events in told.write(events.map(\.seq)) }
        let other = try Store(database.open(), world: .fixed(Clock()))
        let acknowledged = Notebook<String>()
        await withTaskGroup(of: Void.self) { group in
            for writer in 0..<8 {
                group.addTask { [store] in
                    for number in 0..<40 {
                        if await say("\(writer)-\(number)", store) { acknowledged.write("\(writer)-\(number)") }
                    }
                }
            }
            group.addTask {
                for _ in 0..<25 { try? await cut(by: other) }
            }
        }
        let stored = try await thread()
        #expect(stored.map(\.seq) == (0..<Int64(stored.count)).map { $0 + 2 })
        #expect(Set(stored.compactMap(\.clientID)).isSuperset(of: acknowledged.notes))
        #expect(Set(stored.compactMap(\.clientID)).count == stored.count)
        #expect(Set(stored.map(\.seq)).isSuperset(of: told.notes) && told.notes == told.notes.sorted())
        #expect(acknowledged.notes.count == 320)
    }

    @Test("While the database lets nobody in everybody is told to come back; when it does again, all goes on")
    func shut() async throws {
        let doorkeeper = try await Store(ScratchDatabase.make().open(), world: .fixed(Clock()))
        try await allowConnections(false, by: doorkeeper)
        await #expect(throws: Refusal.busy(retryAfter: 2)) { try await store.write { try $0.nextSeq(of: shop) } }
        await #expect(throws: Refusal.busy(retryAfter: 2)) { try await store.read { try $0.workspaces() } }
        try await allowConnections(true, by: doorkeeper)
        #expect(await say("c1", store))
        var stored: [Message]?
        while stored == nil { stored = try? await thread() }
        #expect(stored?.map(\.clientID) == ["c1"])
    }

    @Test("What is closed refuses politely")
    func closed() async throws {
        try store.close()
        await #expect(throws: Refusal.busy(retryAfter: 1)) { try await store.write { _ in } }
        await #expect(throws: StorageFault.closed) { try await store.read { try $0.workspaces() } }
    }

    /// As a visitor's outbox does it: told to come back it comes back, under the same client id.
    private func say(_ clientID: String, _ store: Store) async -> Bool {
        for _ in 0..<1_000_000 {
            let answer = try? await store.write { tx in
                try tx.message(clientID: clientID, by: .contact("liisa"))
                    ?? tx.say("Moi", by: .contact("liisa"), in: "kiuas", clientID: clientID)
            }
            if answer != nil { return true }
        }
        return false
    }

    /// Ends every connection to the database but the one that asks.
    private func cut(by other: Store) async throws {
        _ = try await other.read { tx in
            try tx.rows(
                """
                SELECT pg_terminate_backend(pid, 1000) FROM pg_stat_activity
                WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
                """)
        }
    }

    private func allowConnections(_ isAllowed: Bool, by doorkeeper: Store) async throws {
        let name = database.name ?? ""
        try await doorkeeper.run(SQL(stringLiteral: "ALTER DATABASE \(name) ALLOW_CONNECTIONS \(isAllowed)"))
        let statement = "SELECT pg_terminate_backend(pid, 1000) FROM pg_stat_activity WHERE datname = '\(name)'"
        _ = try await doorkeeper.read { try $0.rows(SQL(stringLiteral: statement)) }
    }

    private func thread() async throws -> [Message] {
        try await store.read { try $0.messages(of: "kiuas", before: .max, limit: 1000, withInternal: true) }
    }
}
