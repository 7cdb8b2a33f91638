import Core
import Storage
import Testing
import TestSupport

private let shop = Loylymaki.workspace.id

@Suite("Batches on PostgreSQL", .enabled(if: ScratchDatabase.isPostgres))
struct PostgresBatchTests {
    struct Regret: Error {}

    let store: Store
    let told = Notebook<Int64>()

    init() async throws {
        store = try await .withShop()
        _ = try await store.write { try $0.start(Loylymaki.conversation()) }
        store.tell { [told] events in told.write(events.map(\.seq)) }
    }

    @Test("A failure that shows late, of a statement sent ahead, undoes its own piece alone")
    func sentAhead() async throws {
        let answers = await store.crowd(of: 60) { tx, number in
            let message = try tx.say("Moi \(number)", by: .contact("liisa"), in: "kiuas")
            if number % 10 == 3 { try tx.send("INSERT INTO team_members (team, agent) VALUES ('ei-ole', 'maija')") }
            return message.seq
        }
        for (number, answer) in answers.enumerated() { #expect(answer.isSuccess == (number % 10 != 3)) }
        try await expectThread(of: 54)
    }

    @Test("Who throws after writing is undone alone; the others' second run is the one that counts")
    func throwsAfterWriting() async throws {
        let runs = Notebook<Int>()
        let answers = await store.crowd(of: 30) { tx, number in
            runs.write(number)
            let seq = try tx.say("Moi \(number)", by: .contact("liisa"), in: "kiuas").seq
            if number == 7 { throw Regret() }
            return seq
        }
        #expect(answers.map(\.isSuccess) == (0..<30).map { $0 != 7 })
        #expect(runs.notes.count > 30)
        let seqs = answers.compactMap { try? $0.get() }
        #expect(seqs.sorted() == Array(2...30))
        try await expectThread(of: 29)
    }

    @Test("Who throws before writing costs nobody a second run")
    func throwsBeforeWriting() async throws {
        let runs = Notebook<Int>()
        let answers = await store.crowd(of: 30) { tx, number in
            runs.write(number)
            let conversation = try tx.conversation(number == 7 ? "ei-ole" : "kiuas", of: shop)
            return try tx.say("Moi", by: .contact("liisa"), in: conversation.id).seq
        }
        #expect(answers.filter(\.isSuccess).count == 29)
        #expect(runs.notes.sorted() == Array(0..<30))
        try await expectThread(of: 29)
    }

    @Test("A commit that fails fails for all of its batch, and nothing of it is stored or told")
    func commitFails() async throws {
        try await store.run("CREATE TABLE heat (agent TEXT REFERENCES agents (id) DEFERRABLE INITIALLY DEFERRED)")
        await #expect(throws: (any Error).self) {
            try await store.write { tx in
                try tx.say("Moi", by: .contact("liisa"), in: "kiuas")
                try tx.run("INSERT INTO heat VALUES ('nobody')")
            }
        }
        try await expectThread(of: 0)
        #expect(try await store.write { try $0.say("Nyt toimii", by: .contact("liisa"), in: "kiuas").seq } == 2)
    }

    @Test("Whoever swallows a failure is not told that all went well")
    func swallowed() async throws {
        await #expect(throws: (any Error).self) {
            try await store.write { tx in
                try tx.say("Moi", by: .contact("liisa"), in: "kiuas")
                _ = try? tx.run("INSERT INTO team_members (team, agent) VALUES ('ei-ole', 'maija')")
            }
        }
        try await expectThread(of: 0)
    }

    @Test("Serialization failures and deadlocks are tried again", arguments: ["40001", "40P01"])
    func collisions(code: String) async throws {
        let runs = Counter()
        let raise = "DO $$ BEGIN RAISE EXCEPTION 'collision' USING ERRCODE = '\(code)'; END $$"
        let seq = try await store.write { tx in
            let seq = try tx.say("Moi", by: .contact("liisa"), in: "kiuas").seq
            if runs.next() < 3 { try tx.run(SQL(stringLiteral: raise)) }
            return seq
        }
        #expect((seq, runs.next()) == (2, 4))
        try await expectThread(of: 1)
    }

    @Test("A statement that takes too long is given up, and whoever waits is told to come back")
    func tooLong() async throws {
        let database = try await ScratchDatabase.make()
        var options = PostgresEngine.Options.test
        options.statementTimeout = 1
        let store = try Store(PostgresEngine(database.address, options: options), world: .fixed(Clock()))
        await #expect(throws: Refusal.busy(retryAfter: 2)) { try await store.write { _ = try $0.rows("SELECT pg_sleep(5)") } }
        await #expect(throws: Refusal.busy(retryAfter: 2)) { try await store.read { _ = try $0.rows("SELECT pg_sleep(5)") } }
        #expect(try await store.read { try $0.workspaces() }.isEmpty)
        try store.close()
    }

    @Test("A step of the schema may take longer than any other statement, and than a server may be silent otherwise")
    func patient() async throws {
        let database = try await ScratchDatabase.make()
        var options = PostgresEngine.Options.test
        options.statementTimeout = 1
        let store = try Store(PostgresEngine(database.address, options: options), world: .fixed(Clock()))
        try await store.write { tx in
            try tx.run("SET LOCAL statement_timeout = 0")
            _ = try tx.rows("SELECT pg_sleep(7)")
        }
        await #expect(throws: Refusal.busy(retryAfter: 2)) { try await store.write { _ = try $0.rows("SELECT pg_sleep(5)") } }
        try store.close()
    }

    @Test("A character that PostgreSQL can't keep is refused, and not cut off in silence")
    func noNUL() async throws {
        await #expect(throws: Refusal.malformed("A text must not hold the character NUL.")) {
            try await store.write { try $0.say("kiu\0as", by: .contact("liisa"), in: "kiuas") }
        }
        try await expectThread(of: 0)
    }

    private func expectThread(of count: Int, _ place: SourceLocation = #_sourceLocation) async throws {
        let thread = try await store.read { try $0.messages(of: "kiuas", before: .max, limit: 1000, withInternal: true) }
        #expect(thread.map(\.seq) == (0..<Int64(count)).map { $0 + 2 }, sourceLocation: place)
        #expect(told.notes == thread.map(\.seq), sourceLocation: place)
    }
}
