import Foundation
import Synchronization

/// Counts what happens in this process, for `/metrics`.
public final class Meter: Sendable {
    struct Counts {
        var requests: [String: Int] = [:]
        var sockets: [Listeners: Int] = [:]
        var commitSeconds = Histogram(bounds: [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 2])
        var commitWrites = Histogram(bounds: [1, 2, 5, 10, 20, 50, 100, 200, 500])
        var failedCommits = 0
    }

    enum Listeners: String, CaseIterable { case visitor, agent }

    let startedAt = Date()
    private let state = Mutex(Counts())

    public init() {}

    var counts: Counts { state.withLock { $0 } }

    func answered(_ status: Int) { state.withLock { $0.requests["\(status / 100)xx", default: 0] += 1 } }
    func opened(_ listener: Listeners) { state.withLock { $0.sockets[listener, default: 0] += 1 } }
    func closed(_ listener: Listeners) { state.withLock { $0.sockets[listener, default: 0] -= 1 } }

    func committed(_ writes: Int, in duration: Duration) {
        state.withLock { counts in
            counts.commitSeconds.take(duration / .seconds(1))
            counts.commitWrites.take(Double(writes))
        }
    }

    func commitFailed() { state.withLock { $0.failedCommits += 1 } }
}

/// How many values were at most so large.
struct Histogram: Sendable {
    let bounds: [Double]
    private(set) var counts: [Int]
    private(set) var sum = 0.0

    init(bounds: [Double]) {
        self.bounds = bounds
        counts = Array(repeating: 0, count: bounds.count + 1)
    }

    mutating func take(_ value: Double) {
        counts[bounds.firstIndex { value <= $0 } ?? bounds.count] += 1
        sum += value
    }
}
