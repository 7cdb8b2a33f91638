import Core
import Foundation
import Synchronization
import TestSupport
import Testing

@testable import Storage

@Suite("Moving to another database")
struct CopyingTests {
    @Test("All arrives, the same in both directions, and goes on where it was")
    func thereAndBack() async throws {
        let (old, new, back) = (try await shop(), try await ScratchDatabase.make().open(), try SQLiteEngine())
        let there = try await Copying(from: old, to: new).run()
        let again = try await Copying(from: new, to: back).run()
        #expect(there == again)
        #expect(try await Account.of(back) == there)
        #expect(there.tables.first { $0.name == "events" }?.rows ?? 0 > 20)

        let store = try Store(new, world: .fixed(Clock(), seed: 9))
        let said = try await store.write { try $0.say("Jatketaan täältä.", by: .contact(Loylymaki.liisa.id), in: "kiuas") }
        let before = there.tables.first { $0.name == "events" }?.rows ?? 0
        #expect(said.seq == Int64(before + 1))
    }

    @Test("The words are not carried; after the first start they are found")
    func search() async throws {
        let (old, new) = (try await shop(), try await ScratchDatabase.make().open())
        _ = try await Store(old, world: .fixed(Clock(), seed: 2)).write { try $0.indexWords(of: Loylymaki.workspace.id, batch: .max) }
        _ = try await Copying(from: old, to: new).run()
        let store = try Store(new, world: .fixed(Clock(), seed: 3))
        #expect(try await store.read { try $0.indexedSeq(of: Loylymaki.workspace.id) } == 0)
        _ = try await store.write { try $0.indexWords(of: Loylymaki.workspace.id, batch: .max) }
        #expect(try await store.read { try $0.searchMessages("löyly", of: Loylymaki.workspace.id, limit: 5) }.count == 5)
    }

    @Test("Interrupted anywhere, it goes on when it is run again, and meanwhile nobody opens the target", arguments: [1, 3, 6, 9, 14])
    func interrupted(after commits: Int) async throws {
        let (old, new) = (try await shop(), try await ScratchDatabase.make().open())
        await #expect(throws: Interruption.self) { try await Copying(from: old, to: Faltering(new, after: commits)).run() }
        if commits > 2 {
            #expect(throws: StorageFault.newerSchema(found: Copying.unfinished, known: Migrations.steps.count)) {
                try Store(new, world: .fixed(Clock()))
            }
        }
        let account = try await Copying(from: old, to: new).run()
        #expect(try await Account.of(new) == account)
        _ = try Store(new, world: .fixed(Clock()))
    }

    @Test("Written to between two runs, the second begins anew")
    func changedBetween() async throws {
        let (old, new) = (try await shop(), try await ScratchDatabase.make().open())
        await #expect(throws: Interruption.self) { try await Copying(from: old, to: Faltering(new, after: 14)).run() }
        let store = try Store(old, world: .fixed(Clock(), seed: 4))
        try await store.run("DELETE FROM visitor_sessions WHERE contact = \(Loylymaki.pekka.id)")
        try await store.run("UPDATE contacts SET name = 'Liisa Uusi' WHERE id = \(Loylymaki.liisa.id)")
        let account = try await Copying(from: old, to: new).run()
        #expect(try await Account.of(new) == account)
        let names = try await new.read { try $0.rows("SELECT name FROM contacts WHERE id = \(Loylymaki.liisa.id)").map { $0["name"] } }
        #expect(names == [.text("Liisa Uusi")])
    }

    @Test("Written to during the move, it says so")
    func changedDuring() async throws {
        let (old, new) = (try await shop(), try await ScratchDatabase.make().open())
        let store = try Store(old, world: .fixed(Clock(), seed: 4))
        let meddling = Meddling(new, at: 5) {
            _ = try old.alone { try $0.run("UPDATE contacts SET name = 'Liisa Uusi' WHERE id = \(Loylymaki.liisa.id)") }
        }
        await #expect(throws: Copying.Obstacle.sourceChanged) { try await Copying(from: old, to: meddling).run() }
        #expect(try await store.read { try $0.workspaces() }.isEmpty == false)
        #expect(throws: (any Error).self) { try Store(new, world: .fixed(Clock())) }
        #expect(try await Copying(from: old, to: new).run().rows > 0)
    }

    @Test("What arrives otherwise than it was sent is noticed")
    func damaged() async throws {
        let (old, new) = (try await shop(), try await ScratchDatabase.make().open())
        let meddling = Meddling(new, at: 15) {
            _ = try new.alone { try $0.run("UPDATE messages SET text = text || ' ' WHERE seq = 12") }
        }
        await #expect(throws: Copying.Obstacle.differs(table: "messages")) { try await Copying(from: old, to: meddling).run() }
    }

    @Test("A target with somebody's data in it stays as it is")
    func occupied() async throws {
        let (old, taken) = (try await shop(), try await ScratchDatabase.make().open())
        try await Loylymaki.move(into: Store(taken, world: .fixed(Clock())))
        let before = try await Account.of(taken)
        await #expect(throws: Copying.Obstacle.targetHolds(table: "workspaces")) { try await Copying(from: old, to: taken).run() }
        #expect(try await Account.of(taken) == before)
    }

    @Test("A source without a company, of no Moro, of another step: nothing is done")
    func unwilling() async throws {
        let target = try SQLiteEngine()
        await #expect(throws: Copying.Obstacle.sourceSchema(.none)) { try await Copying(from: SQLiteEngine(), to: target).run() }
        let empty = try await ScratchDatabase.make().open()
        _ = try Store(empty, world: .fixed(Clock()))
        await #expect(throws: Copying.Obstacle.sourceEmpty) { try await Copying(from: empty, to: target).run() }
        try empty.alone { try $0.run("INSERT INTO schema_steps (step) VALUES (99)") }
        await #expect(throws: Copying.Obstacle.sourceSchema(.newer(99))) { try await Copying(from: empty, to: target).run() }
        let old = try await shop()
        await #expect(throws: Copying.Obstacle.targetSchema(.newer(99))) { try await Copying(from: old, to: empty).run() }
    }

    @Test("The character NUL, which PostgreSQL can't hold, is found", .enabled(if: ScratchDatabase.isPostgres))
    func nul() async throws {
        let (old, new) = (try await shop(), try await ScratchDatabase.make().open())
        try old.alone { try $0.run("UPDATE contacts SET name = \("Liisa\0") WHERE id = \(Loylymaki.liisa.id)") }
        await #expect(throws: Copying.Obstacle.unholdable(table: "contacts", key: #"text("liisa")"#)) {
            try await Copying(from: old, to: new).run()
        }
    }

    @Test("Every table of the schema is carried or left on purpose")
    func everyTable() async throws {
        let engine = try SQLiteEngine()
        _ = try Store(engine, world: .fixed(Clock()))
        let tables = try await engine.read {
            try $0.rows("SELECT name FROM sqlite_master WHERE type = 'table'").map { try $0.text("name") }
        }
        let known = Set(CopiedTable.all.map(\.name)).union(CopiedTable.left)
        let shadows = tables.filter { name in CopiedTable.left.contains { name.hasPrefix($0 + "_") } || name.hasPrefix("sqlite_") }
        #expect(Set(tables).subtracting(shadows).subtracting(known).isEmpty, "Put it into CopiedTable.all, or CopiedTable.left.")
        for table in CopiedTable.all {
            let columns = try await TableRows(table, in: engine).columns
            #expect(table.key.allSatisfy(columns.contains), "\(table.name)")
        }
    }

    /// SQLite with the shop in it: more events than one batch, and texts that are not plain.
    private func shop() async throws -> SQLiteEngine {
        let engine = try SQLiteEngine()
        let store = try Store(engine, world: .fixed(Clock(), seed: 1))
        try await Loylymaki.move(into: store)
        try await store.write { tx in
            var conversation = try tx.start(Loylymaki.conversation(agent: Loylymaki.maija.id))
            for number in 1...TableRows.batch + 50 {
                let text = "Löyly \(number) 👩🏽‍🚒 \u{200F}שלום\n\"'\\\t"
                try tx.add(.reply(text), by: number % 2 == 0 ? .agent(Loylymaki.maija.id) : .contact(Loylymaki.liisa.id), to: &conversation)
            }
            _ = try tx.tag(conversation, "takuu")
            try tx.schedule(.wake, conversation.id.text, at: tx.now, of: Loylymaki.workspace.id)
        }
        return engine
    }
}

private struct Interruption: Error {}

/// A database that is gone after so many commits.
private final class Faltering: Engine {
    private let inner: any Engine
    private let left: Mutex<Int>

    init(_ inner: any Engine, after commits: Int) {
        self.inner = inner
        left = Mutex(commits)
    }

    var dialect: Dialect { inner.dialect }

    func commit(_ work: [(any Connection) -> Bool]) throws {
        let goes = left.withLock { left in
            left -= 1
            return left >= 0
        }
        guard goes else { throw Interruption() }
        try inner.commit(work)
    }

    func read<Answer: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> Answer) async throws -> Answer {
        try await inner.read(body)
    }

    func close() throws {}
}

/// Somebody else does something before one of the commits.
private final class Meddling: Engine {
    private let inner: any Engine
    private let deed: @Sendable () throws -> Void
    private let commits = Mutex(0)
    private let place: Int

    init(_ inner: any Engine, at place: Int, _ deed: @escaping @Sendable () throws -> Void) {
        (self.inner, self.place, self.deed) = (inner, place, deed)
    }

    var dialect: Dialect { inner.dialect }

    func commit(_ work: [(any Connection) -> Bool]) throws {
        let number = commits.withLock { commits in
            commits += 1
            return commits
        }
        if number == place { try deed() }
        try inner.commit(work)
    }

    func read<Answer: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> Answer) async throws -> Answer {
        try await inner.read(body)
    }

    func close() throws {}
}
