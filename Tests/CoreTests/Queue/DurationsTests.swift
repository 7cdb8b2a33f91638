@testable import Core
import Testing

@Suite("How long things take")
struct DurationsTests {
    @Test("Of four that ended, a quarter of the chance lies on each")
    func ended() {
        let durations = Durations(ended: [40, 10, 30, 20], running: [])
        #expect([0, 0.24, 0.26, 0.5, 0.74, 0.76].map { durations.rest(after: 0, chance: $0) } == [10, 10, 20, 20, 30, 40])
    }

    @Test("What has lasted long lasts as long as what lasted longer")
    func elapsed() {
        let durations = Durations(ended: [10, 20, 30, 40], running: [])
        #expect([0.1, 0.4, 0.6, 0.9].map { durations.rest(after: 25, chance: $0) } == [5, 5, 15, 15])
    }

    @Test("What outlasts everything known goes on, and longer with less luck")
    func beyond() {
        let durations = Durations(ended: [10, 20, 30], running: [])
        let rests = [0.1, 0.5, 0.9, 0.9999].map { durations.rest(after: 100, chance: $0) }
        #expect(rests == rests.sorted() && rests[0] > 0 && rests[3].isFinite)
        // Half of the time it takes the mean times ln 2.
        #expect(abs(rests[1] - 20 * 0.693147) < 0.001)
    }

    /// The example of Kaplan and Meier: 0.8, 3.1, 5.4, 9.2 ended; 1.0, 2.7, 7.0, 12.1 still going on.
    @Test("What still goes on counts as longer than now")
    func running() {
        let durations = Durations(ended: [0.8, 3.1, 5.4, 9.2], running: [1.0, 2.7, 7.0, 12.1])
        let beyond: [(Double, Double)] = [(0.8, 0.875), (3.1, 0.7), (5.4, 0.525), (9.2, 0.2625)]
        for (value, share) in beyond {
            #expect(durations.rest(after: 0, chance: 1 - share - 0.001) == value)
            #expect(durations.rest(after: 0, chance: 1 - share + 0.001) > value)
        }
    }
}
