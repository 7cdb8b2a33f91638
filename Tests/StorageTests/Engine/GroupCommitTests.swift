import Core
import Dispatch
import Foundation
import GRDB
import Storage
import Testing
import TestSupport

@Suite("Many writers, few commits")
struct GroupCommitTests {
    struct Regret: Error {}

    let folder: TemporaryFolder
    let engine: CountingEngine
    let store: Store
    let told = Notebook<Int64>()

    init() async throws {
        folder = try TemporaryFolder()
        engine = CountingEngine(try SQLiteEngine(path: folder.path("moro.sqlite")))
        store = try Store(engine, world: .fixed(Clock()))
        try await Loylymaki.move(into: store)
        _ = try await store.write { try $0.start(Loylymaki.conversation()) }
        store.tell { [told] events in told.write(events.map(\.seq)) }
    }

    @Test("Four hundred writers who come together need a handful of commits")
    func fewCommits() async throws {
        let before = engine.commits
        let answers = await crowd(400) { _ in }
        #expect(answers.filter(\.isSuccess).count == 400)
        #expect(engine.commits - before < 40, "\(engine.commits - before) commits")
        #expect(told.notes == Array(2...401))
    }

    @Test("Who throws is undone alone, is not told of, and leaves no gap in the numbers")
    func undoneAlone() async throws {
        let answers = await crowd(300) { if $0 % 3 == 0 { throw Regret() } }
        for (number, answer) in answers.enumerated() { #expect(answer.isSuccess == (number % 3 != 0)) }
        let stored = try await thread()
        #expect(stored.map(\.seq) == Array(2...201))
        #expect(Set(stored.compactMap(\.clientID)) == Set((0..<300).filter { $0 % 3 != 0 }.map { "c\($0)" }))
        #expect(told.notes == Array(2...201))
        #expect(try await store.read { try $0.head(of: Loylymaki.workspace.id) } == 201)
    }

    @Test("Each writer is answered with the number that their message has")
    func ownNumbers() async throws {
        let answers = await crowd(100) { _ in }
        let stored = Dictionary(uniqueKeysWithValues: try await thread().map { ($0.clientID, $0.seq) })
        for (number, answer) in answers.enumerated() { #expect(try answer.get() == stored["c\(number)"]) }
    }

    @Test("When the commit itself fails everybody is told so, and nothing is stored or told")
    func commitFails() async throws {
        let answers = await crowd(
            40,
            alongside: { tx in
                // A reference to nothing, looked at only when the transaction ends.
                try tx.run("PRAGMA defer_foreign_keys = ON")
                try tx.run("INSERT INTO team_members (team, agent) VALUES ('ei-ole', 'maija')")
            }
        ) { _ in }
        let stored = try await thread()
        #expect(!answers[20].isSuccess)
        #expect(Set(stored.compactMap(\.clientID)) == Set(answers.indices.filter { answers[$0].isSuccess }.map { "c\($0)" }))
        #expect(told.notes == stored.map(\.seq))
        #expect(stored.map(\.seq) == Array(2..<(2 + Int64(stored.count))))
        #expect(try await store.write { try $0.say("Nyt toimii", by: .contact("liisa"), in: "kiuas").seq } == Int64(stored.count) + 2)
    }

    @Test("On a full disk whoever gets a yes is stored and nobody else; with room again, all goes on", arguments: [1, 8, 64])
    func fullDisk(crowd size: Int) async throws {
        try await store.run("PRAGMA max_page_count = 400")
        var acknowledged: Set<String> = []
        var refused = 0
        for round in 0..<(256 / size) {
            let answers = await crowd(size, text: String(repeating: "löyly ", count: 1_000), prefix: "r\(round)-") { _ in }
            for (number, answer) in answers.enumerated() {
                if answer.isSuccess { acknowledged.insert("r\(round)-\(number)") } else { refused += 1 }
            }
        }
        #expect(refused > 0 && !acknowledged.isEmpty)
        let stored = try await thread()
        #expect(Set(stored.compactMap(\.clientID)) == acknowledged)
        #expect(stored.map(\.seq) == Array(2..<(2 + Int64(stored.count))))
        #expect(told.notes == stored.map(\.seq))

        try await store.run("PRAGMA max_page_count = 100000")
        #expect(try await store.write { try $0.say("Taas tilaa", by: .contact("liisa"), in: "kiuas").seq } == Int64(stored.count) + 2)
    }

    @Test("A reader finds the row when its event is told, and a writer is answered after it was told")
    func toldAfterCommit() async throws {
        let other = try DatabaseQueue(path: folder.path("moro.sqlite"))
        let missing = Notebook<Int64>()
        store.tell { [told] events in
            for event in events {
                let found = try? other.read { try Bool.fetchOne($0, sql: "SELECT 1 FROM messages WHERE seq = ?", arguments: [event.seq]) }
                if found != true { missing.write(event.seq) }
            }
            told.write(events.map(\.seq))
        }
        let late = Notebook<Int64>()
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<200 {
                group.addTask { [store, told] in
                    let seq = try? await store.write { try $0.say("Moi", by: .contact("liisa"), in: "kiuas", clientID: "c\(number)").seq }
                    if let seq, !told.notes.contains(seq) { late.write(seq) }
                }
            }
        }
        #expect(missing.notes.isEmpty && late.notes.isEmpty)
        #expect(told.notes == Array(2...201))
    }

    @Test("Telling stands as deep after a hundred commits as after ten")
    func tellingStaysShallow() async throws {
        let depths = Notebook<Int>()
        store.tell { _ in depths.write([Thread.callStackReturnAddresses.count]) }
        for number in 0..<100 {
            _ = try await store.write { try $0.say("Moi", by: .contact("liisa"), in: "kiuas", clientID: "c\(number)") }
        }
        #expect(depths.notes.count == 100 && depths.notes[99] <= depths.notes[9] + 5, "\(depths.notes[9]) and then \(depths.notes[99])")
    }

    @Test("A queue that has grown too long says no instead of making people wait")
    func longQueue() async throws {
        let answers = await store.crowd(of: 20_050) { _, number in number }
        let refused = answers.filter { !$0.isSuccess }
        #expect((1...60).contains(refused.count))
        for refusal in refused { #expect(throws: Refusal.busy(retryAfter: 1)) { try refusal.get() } }
    }

    /// So many messages of Liisa's at once; `accident` may throw after each was stored. `alongside` comes in the middle of the crowd.
    private func crowd(
        _ size: Int, text: String = "Moi", prefix: String = "c", alongside: (@Sendable (Transaction) throws -> Void)? = nil,
        _ accident: @escaping @Sendable (Int) throws -> Void
    ) async -> [Result<Int64, any Error>] {
        await store.crowd(of: size) { tx, number in
            if let alongside, number == 20 { try alongside(tx) }
            let message = try tx.say(text, by: .contact("liisa"), in: "kiuas", clientID: "\(prefix)\(number)")
            try accident(number)
            return message.seq
        }
    }

    private func thread() async throws -> [Message] {
        try await store.read { try $0.messages(of: "kiuas", before: .max, limit: 10_000, withInternal: true) }
    }
}
