/// What would have been promised to each customer who had to wait, and what came of it.
public struct QueueReplay: Sendable {
    public struct Customer: Sendable, Equatable {
        public let conversation: String
        public let arrived: Double
        /// At arrival, 1 for whoever is next.
        public let place: Int
        public let estimate: WaitEstimator.Estimate?
        /// Nil while they wait, and for who has left.
        public internal(set) var waited: Double?
        public internal(set) var left: Double?
    }

    public private(set) var customers: [Customer] = []
    private var queue = Queue()
    private var estimator = WaitEstimator()
    private var waiting: [String: Int] = [:]

    public init() {}

    public mutating func note(_ event: Queue.Event, at time: Double) {
        switch event {
        case .arrive(let conversation):
            let hadToWait = queue.free <= queue.waiting.count
            queue.note(event, at: time)
            if hadToWait { promise(conversation, at: time) }
        case .start(let conversation, _):
            stopWaiting(conversation, at: time, isServed: true)
            queue.note(event, at: time)
        case .leave(let conversation):
            stopWaiting(conversation, at: time, isServed: false)
            queue.note(event, at: time)
        case .end(let conversation):
            if let talk = queue.talks[conversation] { estimator.handled(in: time - talk.since) }
            queue.note(event, at: time)
        case .agentOn, .agentOff: queue.note(event, at: time)
        }
    }

    private mutating func promise(_ conversation: String, at time: Double) {
        guard let place = queue.place(of: conversation), waiting[conversation] == nil else { return }
        let estimate = estimator.promise(conversation, in: queue, at: time)
        waiting[conversation] = customers.count
        customers.append(Customer(conversation: conversation, arrived: time, place: place, estimate: estimate))
    }

    private mutating func stopWaiting(_ conversation: String, at time: Double, isServed: Bool) {
        guard let ticket = queue.waiting.first(where: { $0.conversation == conversation }) else { return }
        estimator.stopsWaiting(conversation, at: time, after: time - ticket.since, isServed: isServed)
        guard let number = waiting.removeValue(forKey: conversation) else { return }
        if isServed {
            customers[number].waited = time - customers[number].arrived
        } else {
            customers[number].left = time - customers[number].arrived
        }
    }

    // MARK: What came of it

    /// Customers who had to wait and were given an estimate.
    public var promised: Int { customers.count { $0.estimate != nil } }

    /// Of the promises that can be judged, the share that was kept. One who left before the upper end had passed judges nothing.
    public var heldShare: Double? {
        let judged = customers.compactMap(\.isHeld)
        return judged.isEmpty ? nil : Double(judged.count { $0 }) / Double(judged.count)
    }

    public var medianUpper: Double? { Self.median(customers.compactMap(\.estimate?.upper)) }

    /// Of those who were promised something and were served.
    public var medianWait: Double? { Self.median(customers.compactMap { $0.estimate == nil ? nil : $0.waited }) }

    public var noEstimateShare: Double? {
        customers.isEmpty ? nil : Double(customers.count - promised) / Double(customers.count)
    }

    private static func median(_ values: [Double]) -> Double? {
        let sorted = values.sorted()
        guard !sorted.isEmpty else { return nil }
        return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
    }
}

extension QueueReplay.Customer {
    /// Nil where nobody can tell.
    public var isHeld: Bool? {
        guard let estimate else { return nil }
        if let waited { return waited <= estimate.upper }
        if let left { return left > estimate.upper ? false : nil }
        return nil
    }
}
