/// Who waits, who is being served, and who serves, at one moment.
///
/// Times are seconds since any one moment, the same for all.
public struct Queue: Sendable, Equatable {
    public struct Ticket: Sendable, Equatable {
        public let conversation: String
        public let since: Double
    }

    public struct Talk: Sendable, Equatable {
        public let agent: String
        public let since: Double
    }

    /// In the order in which they came.
    public private(set) var waiting: [Ticket] = []
    public private(set) var talks: [String: Talk] = [:]
    /// How many conversations each agent who is here takes at once.
    public private(set) var capacity: [String: Int] = [:]

    public init() {}

    /// What can happen to a queue.
    public enum Event: Sendable, Equatable {
        case agentOn(String, capacity: Int)
        case agentOff(String)
        case arrive(String)
        case start(String, agent: String)
        case end(String)
        case leave(String)
    }

    public mutating func note(_ event: Event, at time: Double) {
        switch event {
        case .agentOn(let agent, let count): capacity[agent] = max(0, count)
        case .agentOff(let agent): capacity[agent] = nil
        case .arrive(let conversation):
            if !waiting.contains(where: { $0.conversation == conversation }) {
                waiting.append(Ticket(conversation: conversation, since: time))
            }
        case .start(let conversation, let agent):
            waiting.removeAll { $0.conversation == conversation }
            talks[conversation] = Talk(agent: agent, since: time)
        case .end(let conversation): talks[conversation] = nil
        case .leave(let conversation):
            waiting.removeAll { $0.conversation == conversation }
            talks[conversation] = nil
        }
    }

    /// 1 for whoever is next; nil for who does not wait.
    public func place(of conversation: String) -> Int? {
        waiting.firstIndex { $0.conversation == conversation }.map { $0 + 1 }
    }

    /// How many conversations could be taken at this moment.
    public var free: Int { hands.reduce(0) { $0 + max(0, $1.capacity - $1.talks.count) } }

    /// What each agent who is here takes at once and has in hand; the same queue always in the same order.
    var hands: [(capacity: Int, talks: [Talk])] {
        let busy = Dictionary(grouping: talks.values, by: \.agent)
        return capacity.sorted { $0.key < $1.key }.map { ($0.value, (busy[$0.key] ?? []).sorted { $0.since < $1.since }) }
    }
}
