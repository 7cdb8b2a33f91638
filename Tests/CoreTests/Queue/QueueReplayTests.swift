import Core
import Testing

@Suite("Replaying a queue")
struct QueueReplayTests {
    @Test("Who is served at once is promised nothing; who waits before anything is known is told so")
    func beginning() {
        var replay = QueueReplay()
        replay.note(.agentOn("maija", capacity: 1), at: 0)
        replay.note(.arrive("a"), at: 1)
        replay.note(.start("a", agent: "maija"), at: 1)
        replay.note(.arrive("b"), at: 2)
        #expect(replay.customers.map(\.conversation) == ["b"])
        #expect(replay.customers[0].estimate == nil && replay.customers[0].place == 1)
        #expect(replay.promised == 0 && replay.noEstimateShare == 1)
        #expect(replay.heldShare == nil && replay.medianUpper == nil && replay.medianWait == nil)
    }

    @Test("Where every conversation takes five minutes every promise is kept to the second")
    func certain() {
        var replay = QueueReplay()
        replay.note(.agentOn("maija", capacity: 1), at: 0)
        for number in 0..<20 {
            replay.note(.arrive("\(number)"), at: Double(number) * 300)
            replay.note(.start("\(number)", agent: "maija"), at: Double(number) * 300)
            if number > 0 { replay.note(.arrive("w\(number)"), at: Double(number) * 300 + 10) }
            replay.note(.end("\(number)"), at: Double(number + 1) * 300)
            replay.note(.leave("w\(number)"), at: Double(number + 1) * 300)
        }
        let known = replay.customers.filter { $0.estimate != nil }
        #expect(known.count == 19 - 7 && known.allSatisfy { $0.estimate?.upper == 290 })
        // They left when their time had come, and not after it: nothing to judge.
        #expect(replay.heldShare == nil)
    }

    @Test("A promise is broken by who is served after it, and by who leaves after it; who leaves before it judges nothing")
    func judging() throws {
        var replay = QueueReplay()
        replay.note(.agentOn("maija", capacity: 1), at: 0)
        for number in 0..<8 {
            replay.note(.start("\(number)", agent: "maija"), at: Double(number) * 100)
            replay.note(.end("\(number)"), at: Double(number + 1) * 100)
        }
        replay.note(.start("long", agent: "maija"), at: 800)
        for (number, name) in ["kept", "late", "gone", "gone-late"].enumerated() {
            replay.note(.arrive(name), at: 801 + Double(number))
        }
        replay.note(.leave("gone"), at: 810)
        replay.note(.end("long"), at: 890)
        replay.note(.start("kept", agent: "maija"), at: 890)
        replay.note(.leave("gone-late"), at: 5_000)
        replay.note(.start("late", agent: "maija"), at: 6_000)
        let held = Dictionary(uniqueKeysWithValues: replay.customers.map { ($0.conversation, $0.isHeld) })
        #expect(held == ["kept": true, "late": false, "gone": Optional<Bool>.none, "gone-late": false])
        #expect(replay.heldShare == 1.0 / 3 && replay.promised == 4)
        #expect(replay.medianWait == 2_643.5)
    }
}
