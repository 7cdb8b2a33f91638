import Core
import Storage
import Testing
import TestSupport

private let shop = Loylymaki.workspace.id

@Suite("Work to be done later")
struct JobsTests {
    struct Trouble: Error {}

    let clock = Clock()
    let store: Store

    init() async throws {
        store = try await .withShop(.fixed(clock))
        try await store.write { [clock] tx in
            try tx.schedule(.wake, "kiuas", at: clock.now.adding(seconds: 10), of: shop)
            try tx.schedule(.wake, "lauteet", at: clock.now.adding(seconds: 20), of: shop)
        }
    }

    @Test("A job is taken when it is due, by one worker only")
    func once() async throws {
        #expect(try await take().isEmpty)
        clock.advance(seconds: 10)
        let (one, other) = (try await take(), try await take())
        #expect(one.map(\.subject) == ["kiuas"])
        #expect(one.map(\.attempts) == [1])
        #expect(other.isEmpty)
    }

    @Test("Many workers at once never take the same job")
    func manyWorkers() async throws {
        try await store.write { [clock] tx in
            for number in 0..<40 { try tx.schedule(.wake, "\(number)", at: clock.now, of: shop) }
        }
        let taken = try await withThrowingTaskGroup(of: [Job].self) { group in
            for _ in 0..<20 { group.addTask { try await take(limit: 5) } }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        #expect(taken.count == 40)
        #expect(Set(taken.map(\.subject)).count == 40)
    }

    @Test("What only has to be there once keeps its time, however often somebody begins")
    func keepsItsTime() async throws {
        for _ in 0..<3 {
            clock.advance(seconds: 5)
            try await store.write { try $0.scheduleFirst(.wake, "kiuas", at: $0.now.adding(seconds: 60), of: shop) }
        }
        #expect(try await take().map(\.subject) == ["kiuas"])
    }

    @Test("A worker that dies gives its job back after a minute")
    func givenBack() async throws {
        clock.advance(seconds: 10)
        let first = try await take()
        clock.advance(seconds: 59)
        #expect(try await take().map(\.subject) == ["lauteet"])
        clock.advance(seconds: 1)
        let second = try await take()
        #expect(second.map(\.subject) == ["kiuas"])
        #expect(second.map(\.attempts) == [2])

        // The first worker was only slow: its word counts no more.
        try await store.write { try $0.finish(first[0]) }
        clock.advance(seconds: 60)
        #expect(Set(try await take().map(\.subject)) == ["kiuas", "lauteet"])
    }

    @Test("A finished job is gone")
    func finished() async throws {
        clock.advance(seconds: 30)
        for job in try await take() { try await store.write { try $0.finish(job) } }
        clock.advance(seconds: 3600)
        #expect(try await take().isEmpty)
        #expect(try await store.read { try $0.nextJobTime() } == nil)
    }

    @Test("A job that fails is tried again after 2, 4, 8 … seconds, at most an hour")
    func backOff() async throws {
        try await store.write { try $0.cancelJob(.wake, "lauteet") }
        clock.advance(seconds: 10)
        for wait in [2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 3600, 3600, 3600] as [Int64] {
            let job = try #require(try await take().first)
            try await store.write { try $0.retry(job, after: Trouble()) }
            #expect(try await store.read { try $0.nextJobTime() } == clock.now.adding(seconds: wait))
            clock.advance(seconds: wait - 1)
            #expect(try await take().isEmpty)
            clock.advance(seconds: 1)
        }
        let reason = try await store.read { try $0.row("SELECT last_error FROM jobs")?.text("last_error") }
        #expect(reason == "Trouble()")
    }

    @Test("Scheduled again, a job moves to the new time instead of being there twice")
    func moved() async throws {
        try await store.write { [clock] tx in try tx.schedule(.wake, "kiuas", at: clock.now.adding(seconds: 100), of: shop) }
        clock.advance(seconds: 50)
        #expect(try await take().map(\.subject) == ["lauteet"])
        clock.advance(seconds: 50)
        #expect(try await take().map(\.subject).contains("kiuas"))
    }

    @Test("A job scheduled anew while it is being done is not lost when that is finished")
    func movedWhileTaken() async throws {
        clock.advance(seconds: 10)
        let job = try #require(try await take().first)
        try await store.write { [clock] tx in
            try tx.schedule(.wake, "kiuas", at: clock.now.adding(seconds: 500), of: shop)
            try tx.finish(job)
        }
        clock.advance(seconds: 500)
        #expect(try await take().map(\.subject).contains("kiuas"))
    }

    @Test("A cancelled job is never due")
    func cancelled() async throws {
        try await store.write { try $0.cancelJob(.wake, "kiuas") }
        clock.advance(seconds: 100)
        #expect(try await take().map(\.subject) == ["lauteet"])
    }

    @Test("The next time is when the first job may be taken")
    func nextTime() async throws {
        #expect(try await store.read { try $0.nextJobTime() } == clock.now.adding(seconds: 10))
        clock.advance(seconds: 10)
        _ = try await take()
        #expect(try await store.read { try $0.nextJobTime() } == clock.now.adding(seconds: 10))
        clock.advance(seconds: 10)
        _ = try await take()
        #expect(try await store.read { try $0.nextJobTime() } == clock.now.adding(seconds: 50))
    }

    private func take(limit: Int = 50) async throws -> [Job] { try await store.write { try $0.takeJobs(limit: limit) } }
}
