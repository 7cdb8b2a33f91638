import App
import ArgumentParser
import Core

struct QueueCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "queue", abstract: "The queue of those who wait for a person.", subcommands: [Replay.self])

    struct Replay: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Replay a log, and show what each waiting customer would have been promised, and what came of it.",
            discussion: """
                One JSON object a line, in order of time: {"at": seconds, "event": "agent_on"|"agent_off"|"arrive"|"start"|"end"|"leave", \
                "conversation": id, "agent": id, "capacity": n}.
                """)

        @Argument(help: "The log; - is standard input.") var log: String
        @Flag(help: "Print JSON.") var json = false

        func run() throws {
            let replay = try QueueLog.replay(log)
            if json { return try Terminal.say(json: ReplayFacts(replay)) }
            Terminal.say(
                table: [["conversation", "arrived", "place", "promised", "waited"]]
                    + replay.customers.map { customer in
                        [
                            customer.conversation, "\(Int(customer.arrived)) s", "\(customer.place)",
                            customer.estimate.map { "\(Int($0.lower))–\(Int($0.upper.rounded(.up))) s" } ?? "no estimate yet",
                            customer.waited.map { "\(Int($0)) s" } ?? customer.left.map { "left after \(Int($0)) s" } ?? "still waits",
                        ]
                    })
            let facts = ReplayFacts(replay)
            let held = facts.heldShare.map { "\(($0 * 1000).rounded() / 10) %" } ?? "–"
            Terminal.say("\(facts.promised) promised, \(held) held")
        }
    }
}

private struct ReplayFacts: Encodable {
    let promised: Int
    let heldShare: Double?
    let medianUpper: Double?
    let medianWait: Double?
    let noEstimateShare: Double?
    let customers: [CustomerFacts]

    init(_ replay: QueueReplay) {
        promised = replay.promised
        heldShare = replay.heldShare
        medianUpper = replay.medianUpper
        medianWait = replay.medianWait
        noEstimateShare = replay.noEstimateShare
        customers = replay.customers.map(CustomerFacts.init)
    }

    enum CodingKeys: String, CodingKey {
        case promised, customers
        case heldShare = "held_share"
        case medianUpper = "median_upper_s"
        case medianWait = "median_wait_s"
        case noEstimateShare = "no_estimate_share"
    }

    /// What nobody can tell is said to be null, not left out.
    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(promised, forKey: .promised)
        try container.encode(heldShare, forKey: .heldShare)
        try container.encode(medianUpper, forKey: .medianUpper)
        try container.encode(medianWait, forKey: .medianWait)
        try container.encode(noEstimateShare, forKey: .noEstimateShare)
        try container.encode(customers, forKey: .customers)
    }
}

private struct CustomerFacts: Encodable {
    let conversation: String
    let at: Double
    let place: Int
    let lower_s: Double?
    let upper_s: Double?
    let waited_s: Double?
    let left_s: Double?
    let held: Bool?

    init(_ customer: QueueReplay.Customer) {
        conversation = customer.conversation
        at = customer.arrived
        place = customer.place
        lower_s = customer.estimate?.lower
        upper_s = customer.estimate?.upper
        waited_s = customer.waited
        left_s = customer.left
        held = customer.isHeld
    }
}
