import Core
import Storage
import Testing
import TestSupport

private let shop = Loylymaki.workspace.id

@Suite("Work to be done, by two nodes on one database")
struct JobsOnNodesTests {
    struct Trouble: Error {}

    let clock = Clock()
    let database: ScratchDatabase
    let here, there: Store

    init() async throws {
        database = try await ScratchDatabase.make(isShared: true)
        here = try Store(database.open(), world: .fixed(clock))
        there = try Store(database.open(), world: .fixed(clock, seed: 2))
        try await Loylymaki.move(into: here)
    }

    @Test("Each job is taken by one of them, however many take at once")
    func once() async throws {
        try await here.write { tx in
            for number in 0..<60 { try tx.schedule(.wake, "\(number)", at: tx.now, of: shop) }
        }
        let taken = try await withThrowingTaskGroup(of: [Job].self) { group in
            for number in 0..<24 {
                let store = number.isMultiple(of: 2) ? here : there
                group.addTask { try await take(on: store, limit: 5) }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        #expect(taken.count == 60)
        #expect(Set(taken.map(\.subject)).count == 60)
    }

    @Test("What a node had taken when it died is taken by another after a minute")
    func death() async throws {
        try await schedule("kiuas", in: 0)
        #expect(try await take(on: here).map(\.subject) == ["kiuas"])
        try here.close()
        clock.advance(seconds: 59)
        #expect(try await take(on: there).isEmpty)
        clock.advance(seconds: 1)
        #expect(try await take(on: there).map(\.attempts) == [2])
    }

    @Test("Of two who work at the same job only the later may finish it, and the word of the slow one changes nothing")
    func slow() async throws {
        try await schedule("kiuas", in: 0)
        let slow = try #require(try await take(on: here).first)
        clock.advance(seconds: 60)
        let quick = try #require(try await take(on: there).first)
        #expect(try await here.write { try $0.finish(slow) } == false)
        try await here.write { try $0.retry(slow, after: Trouble()) }
        #expect(try await there.read { try $0.nextJobTime() } == clock.now.adding(seconds: 60))
        #expect(try await there.write { try $0.finish(quick) })
        #expect(try await here.write { try $0.finish(slow) } == false)
    }

    @Test("Put on the list anew, a job is another: who still works at the old one neither ends nor moves it")
    func anew() async throws {
        try await schedule("kiuas", in: 0)
        let old = try #require(try await take(on: here).first)
        try await schedule("kiuas", in: 100)
        try await here.write { try $0.retry(old, after: Trouble()) }
        #expect(try await here.read { try $0.nextJobTime() } == clock.now.adding(seconds: 100))
        clock.advance(seconds: 100)
        let new = try #require(try await take(on: there).first)
        #expect(new.attempts == old.attempts)
        #expect(try await here.write { try $0.finish(old) } == false)
        #expect(try await there.write { try $0.finish(new) })
    }

    @Test("What somebody else holds in a transaction is passed over, not waited for", .enabled(if: ScratchDatabase.isPostgres))
    func passedOver() async throws {
        try await schedule("kiuas", in: 0)
        try await schedule("lauteet", in: 0)
        let somebody = try PostgresSession(database.address)
        try somebody.run("BEGIN; UPDATE jobs SET last_error = 'held' WHERE subject = 'kiuas'")
        #expect(try await take(on: here).map(\.subject) == ["lauteet"])
        try somebody.run("ROLLBACK")
        #expect(try await take(on: there).map(\.subject) == ["kiuas"])
    }

    private func schedule(_ subject: String, in seconds: Int64) async throws {
        try await here.write { try $0.schedule(.wake, subject, at: $0.now.adding(seconds: seconds), of: shop) }
    }

    private func take(on store: Store, limit: Int = 50) async throws -> [Job] { try await store.write { try $0.takeJobs(limit: limit) } }
}
