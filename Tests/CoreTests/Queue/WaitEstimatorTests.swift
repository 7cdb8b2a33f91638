import Core
import Testing

@Suite("How long somebody waits")
struct WaitEstimatorTests {
    @Test("Nobody knows before eight conversations have ended, nor when nobody is there, nor for who does not wait")
    func unknown() {
        var (estimator, queue) = (WaitEstimator(), queue(agents: 2, talks: 2, waiting: 1))
        for _ in 0..<WaitEstimator.fewest - 1 { estimator.handled(in: 300) }
        let early = estimator.promise("w0", in: queue, at: 100)
        #expect(early == nil)
        estimator.handled(in: 300)
        let (known, stranger) = (estimator.promise("w0", in: queue, at: 100), estimator.promise("stranger", in: queue, at: 100))
        #expect(known != nil && stranger == nil)
        for number in 0..<2 { queue.note(.agentOff("a\(number)"), at: 100) }
        let alone = estimator.promise("w0", in: queue, at: 100)
        #expect(alone == nil)
    }

    @Test("Where everything takes five minutes, the next is served when the talk that goes on is over")
    func certain() throws {
        var estimator = learned([300])
        let askedEstimate = estimator.promise("w0", in: queue(agents: 1, talks: 1, waiting: 1), at: 100)
        let estimate = try #require(askedEstimate)
        #expect(estimate == WaitEstimator.Estimate(lower: 200, upper: 200))
        let askedSecond = estimator.promise("w1", in: queue(agents: 1, talks: 1, waiting: 2), at: 100)
        let second = try #require(askedSecond)
        #expect(second == WaitEstimator.Estimate(lower: 500, upper: 500))
    }

    @Test("More ahead is longer, more people to serve is shorter, and lower never lies above upper")
    func monotone() throws {
        let times = [60.0, 120, 180, 240, 300, 420, 600, 900]
        func upper(agents: Int, waiting: Int) throws -> Double {
            var estimator = learned(times)
            let queue = queue(agents: agents, talks: agents, waiting: waiting)
            let askedEstimate = estimator.promise("w\(waiting - 1)", in: queue, at: 100)
            let estimate = try #require(askedEstimate)
            #expect(estimate.lower <= estimate.upper && estimate.lower >= 0)
            return estimate.upper
        }
        let byPlace = try [1, 3, 6, 12].map { try upper(agents: 3, waiting: $0) }
        #expect(byPlace == byPlace.sorted() && Set(byPlace).count == 4)
        let byAgents = try [1, 2, 4, 8].map { try upper(agents: $0, waiting: 6) }
        #expect(byAgents == byAgents.sorted(by: >) && Set(byAgents).count == 4)
    }

    @Test("The same queue gets the same answer: an estimate does not flicker")
    func steady() {
        var (one, other) = (learned([100, 200, 400, 800]), learned([100, 200, 400, 800]))
        let queue = queue(agents: 2, talks: 2, waiting: 3)
        for _ in 0..<2 {
            let answers = (one.promise("w2", in: queue, at: 100), other.promise("w2", in: queue, at: 100))
            #expect(answers.0 == answers.1 && answers.0 != nil)
        }
    }

    @Test("Promises that broke make the next ones more careful")
    func careful() throws {
        var estimator = learned([100, 200, 300, 400])
        let askedBefore = estimator.promise("w0", in: queue(agents: 1, talks: 1, waiting: 1), at: 100)
        let before = try #require(askedBefore)
        for number in 0..<30 {
            var busy = queue(agents: 1, talks: 1, waiting: 0)
            busy.note(.arrive("b\(number)"), at: 100)
            _ = estimator.promise("b\(number)", in: busy, at: 100)
            estimator.stopsWaiting("b\(number)", at: 1_600, after: 1_500, isServed: true)
        }
        let askedAfter = estimator.promise("x", in: queue(agents: 1, talks: 1, waiting: 1, name: "x"), at: 100)
        let after = try #require(askedAfter)
        #expect(after.upper > before.upper * 2)
    }

    @Test("Who has more than they take at once takes nobody before the surplus is gone")
    func surplus() throws {
        var (estimator, queue) = (learned([300]), queue(agents: 1, talks: 1, waiting: 1))
        queue.note(.start("second", agent: "a0"), at: 60)
        let estimate = estimator.promise("w0", in: queue, at: 100)
        #expect(estimate == WaitEstimator.Estimate(lower: 260, upper: 260))
    }

    @Test("Where people are free and yet nobody is served, it is learned that waiting takes time")
    func slowHands() throws {
        var (estimator, queue) = (learned([300]), queue(agents: 2, talks: 1, waiting: 0))
        for number in 0..<40 {
            queue.note(.arrive("\(number)"), at: Double(number) * 100)
            _ = estimator.promise("\(number)", in: queue, at: Double(number) * 100)
            estimator.stopsWaiting("\(number)", at: Double(number) * 100 + 40, after: 40, isServed: true)
            queue.note(.leave("\(number)"), at: Double(number) * 100 + 40)
        }
        queue.note(.arrive("next"), at: 4_000)
        let last = estimator.promise("next", in: queue, at: 4_000)
        #expect(try #require(last).upper == 40)
    }

    @Test("Where many ahead give up, the wait is shorter")
    func leaving() throws {
        var (patient, impatient) = (learned([300, 400, 500]), learned([300, 400, 500]))
        for number in 0..<20 { impatient.stopsWaiting("l\(number)", at: 1_000, after: 60, isServed: false) }
        let queue = queue(agents: 1, talks: 1, waiting: 5)
        let (long, short) = (patient.promise("w4", in: queue, at: 100), impatient.promise("w4", in: queue, at: 100))
        #expect(try #require(short).upper < #require(long).upper)
    }

    private func learned(_ seconds: [Double]) -> WaitEstimator {
        var estimator = WaitEstimator()
        for _ in 0..<WaitEstimator.fewest { for time in seconds { estimator.handled(in: time) } }
        return estimator
    }

    /// Everybody has one talk, begun at 0; those who wait came at 50.
    private func queue(agents: Int, talks: Int, waiting: Int, name: String? = nil) -> Queue {
        var queue = Queue()
        for number in 0..<agents { queue.note(.agentOn("a\(number)", capacity: 1), at: 0) }
        for number in 0..<talks { queue.note(.start("t\(number)", agent: "a\(number)"), at: 0) }
        for number in 0..<waiting { queue.note(.arrive(name ?? "w\(number)"), at: 50) }
        return queue
    }
}
