import Core
import Storage
import Testing
import TestSupport

@testable import Reception

private let maija = Loylymaki.maija

@Suite("Timers, where two nodes share a database")
struct TimersOnNodesTests {
    let here, there: House

    init() async throws {
        let database = try await ScratchDatabase.make(isShared: true)
        here = try await House(database)
        there = try await House(database, clock: here.clock, seed: 2)
    }

    @Test("Whatever is due is woken once, also when both look at the same moment")
    func once() async throws {
        var asleep: [Conversation.ID] = []
        for number in 0..<12 { asleep.append(try await snoozed(ID("kysymys-\(number)"), for: 100)) }
        here.clock.advance(seconds: 100)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for house in [here, there, here, there] { group.addTask { try await house.reactions.takeJobs() } }
            try await group.waitForAll()
        }
        for id in asleep { #expect(try await naps(id) == ["snoozed", "woken"]) }
        #expect(try await there.store.read { try $0.nextJobTime() } == nil)
    }

    @Test("A node dies with the timers that it has taken; another wakes them a minute later")
    func death() async throws {
        let id = try await snoozed("kiuas", for: 100)
        here.clock.advance(seconds: 100)
        #expect(try await here.store.write { try $0.takeJobs(limit: 50) }.count == 1)
        try here.store.close()
        try await there.reactions.takeJobs()
        #expect(try await naps(id) == ["snoozed"])
        here.clock.advance(seconds: 60)
        try await there.reactions.takeJobs()
        #expect(try await naps(id) == ["snoozed", "woken"])
    }

    @Test("A worker that was held up until another had woken it, and all had gone to sleep again, wakes nobody")
    func late() async throws {
        let id = try await snoozed("kiuas", for: 100)
        here.clock.advance(seconds: 100)
        let job = try #require(try await here.store.write { try $0.takeJobs(limit: 50) }.first)
        here.clock.advance(seconds: 60)
        try await there.reactions.takeJobs()
        try await there.does(maija, .snooze(until: there.clock.now.adding(seconds: 10)), id)
        here.clock.advance(seconds: 10)
        try await here.desk.receive(Inbound(.timer(job.workspace), .conversation(id), .wake), finishing: job)
        #expect(try await naps(id) == ["snoozed", "woken", "snoozed"])
        try await there.reactions.takeJobs()
        #expect(try await naps(id) == ["snoozed", "woken", "snoozed", "woken"])
    }

    private func snoozed(_ id: Conversation.ID, for seconds: Int64) async throws -> Conversation.ID {
        try await here.store.write { _ = try $0.start(Loylymaki.conversation(id: id)) }
        try await here.does(maija, .snooze(until: here.clock.now.adding(seconds: seconds)), id)
        return id
    }

    private func naps(_ id: Conversation.ID) async throws -> [String] {
        try await there.thread(id).map(\.line).filter { ["snoozed", "woken"].contains($0) }
    }
}
