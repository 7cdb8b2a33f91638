/// How long somebody who waits is going to wait: from this queue's own recent handling times, those who are there to serve, those
/// ahead, and those who leave.
///
/// The queue is played to its end some hundred times with durations drawn from the recent ones. What is promised is that share of the
/// plays which has lately held nine times in ten: where the plays are too hopeful (an agent falls ill, all go to lunch), promises become
/// more careful by themselves. After Papadopoulos et al. (2002) and Gibbs & Candès (2021): conformal prediction, the score being the
/// place of the true wait among the plays.
public struct WaitEstimator: Sendable {
    /// From so many seconds to so many; the upper end holds nine times in ten.
    public struct Estimate: Sendable, Equatable {
        public let lower: Double
        public let upper: Double

        public init(lower: Double, upper: Double) { (self.lower, self.upper) = (lower, upper) }
    }

    /// Fewer conversations than this have ended: nobody knows yet.
    public static let fewest = 8
    /// As many of the latest are remembered.
    static let memory = 120
    private static let plays = 240

    private var handled: [Double] = []
    private var left: [Double] = []
    private var served: [Double] = []
    private var scores: [Double] = []
    private var target = Self.held
    private var promised: [String: Promise] = [:]

    private struct Promise: Sendable {
        let at: Double
        let upper: Double
        /// Ascending.
        let waits: [Double]

        func score(at time: Double) -> Double { WaitEstimator.score(of: time - at, among: waits) }
        func isBroken(at time: Double) -> Bool { time - at > upper }
    }

    public init() {}

    // MARK: What is learned

    /// A conversation has been handled in so many seconds.
    public mutating func handled(in seconds: Double) { Self.remember(max(0, seconds), in: &handled) }

    /// Somebody who waited is waiting no longer.
    /// - Parameters:
    ///   - isServed: false when they have left.
    public mutating func stopsWaiting(_ conversation: String, at time: Double, after wait: Double, isServed: Bool) {
        if isServed { Self.remember(wait, in: &served) } else { Self.remember(wait, in: &left) }
        // Who leaves in time says nothing of how long it would have been.
        guard let promise = promised.removeValue(forKey: conversation), isServed || promise.isBroken(at: time) else { return }
        Self.remember(promise.score(at: time), in: &scores)
        target = min(
            Self.mostCareful, max(Self.leastCareful, target + Self.haste * (promise.isBroken(at: time) ? Self.held : Self.held - 1)))
    }

    private static func remember(_ value: Double, in list: inout [Double]) {
        list.append(value)
        if list.count > memory { list.removeFirst(list.count - memory) }
    }

    // MARK: What is promised

    /// For somebody who waits in a queue; what comes of it is learned from. Nil when nobody knows: too little has been seen yet, or
    /// nobody is there to serve.
    public mutating func promise(_ conversation: String, in queue: Queue, at time: Double) -> Estimate? {
        guard let waits = waits(of: conversation, in: queue, at: time) else { return nil }
        let upper = Self.value(at: level(at: time), among: waits)
        if promised[conversation] == nil { promised[conversation] = Promise(at: time, upper: upper, waits: waits) }
        return Estimate(lower: min(upper, Self.value(at: 0.1, among: waits)), upper: upper)
    }

    /// The share of plays that has to be shorter than what is promised.
    private func level(at time: Double) -> Double {
        // A promise that is broken already is learned from before its end has come.
        let late = promised.values.filter { $0.isBroken(at: time) }.map { $0.score(at: time) }
        let seen = (Self.trust + scores + late).sorted()
        return seen[min(seen.count - 1, Int((Double(seen.count) * target).rounded(.up)))]
    }

    private static let held = 0.9
    private static let leastCareful = 0.88
    private static let mostCareful = 0.98
    /// How quickly a broken promise makes the next ones more careful.
    private static let haste = 0.03
    /// What is believed before anything has been seen: that the plays are right.
    private static let trust = (0..<20).map { (Double($0) + 0.5) / 20 }

    private func waits(of conversation: String, in queue: Queue, at time: Double) -> [Double]? {
        guard handled.count >= Self.fewest, let place = queue.place(of: conversation), queue.capacity.values.contains(where: { $0 > 0 })
        else { return nil }
        let lasting = Durations(ended: handled, running: queue.talks.values.map { time - $0.since })
        // Who was served might have left later: that they waited so long tells how patient people are.
        let patience = left.count < 3 ? nil : Durations(ended: left, running: served + queue.waiting.map { time - $0.since })
        var chance = Chance(seed: UInt64(place) &* 0x9E37_79B9 &+ UInt64(handled.count))
        let waits = (0..<Self.plays).map { _ in
            var seats = Array(repeating: 0.0, count: queue.free)
            for (capacity, talks) in queue.hands {
                let ends = talks.map { lasting.rest(after: time - $0.since, chance: chance.next()) }
                // Whoever has more than they take at once takes nobody before the surplus is gone.
                seats += ends.sorted().suffix(capacity)
            }
            return Self.play(&seats, ahead: queue.waiting.prefix(place - 1).map { time - $0.since }, lasting, patience, &chance)
        }
        return waits.sorted()
    }

    /// When a seat is free for whoever comes after those ahead.
    private static func play(
        _ seats: inout [Double], ahead: [Double], _ lasting: Durations, _ patience: Durations?, _ chance: inout Chance
    ) -> Double {
        for waited in ahead {
            guard let next = seats.indices.min(by: { seats[$0] < seats[$1] }) else { return .infinity }
            if let patience, patience.rest(after: waited, chance: chance.next()) < seats[next] { continue }
            seats[next] += lasting.rest(after: 0, chance: chance.next())
        }
        return seats.min() ?? .infinity
    }

    // MARK: Places among the plays

    /// The share of plays that are shorter; beyond the longest, how many times as long.
    private static func score(of wait: Double, among waits: [Double]) -> Double {
        guard let longest = waits.last, wait <= longest else { return max(1, wait / max(1, waits.last ?? 1)) }
        return Double(waits.count { $0 < wait }) / Double(waits.count)
    }

    private static func value(at level: Double, among waits: [Double]) -> Double {
        guard level < 1 else { return max(1, waits.last ?? 1) * level }
        return waits[min(waits.count - 1, Int(level * Double(waits.count)))]
    }
}

/// Chance that falls the same way for the same queue, so that an estimate does not flicker. SplitMix64 (Steele, Lea, Flood 2014).
private struct Chance {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> Double {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return Double((mixed ^ (mixed >> 31)) >> 11) * 0x1p-53
    }
}
