import Core
import Foundation

/// How one imagined conversation goes.
struct Plot {
    var chance: Chance
    let tongue: Tongue
    let matter: Matter
    let contact: Contact.ID
    let agents: [Agent.ID]
    /// Whether it may be unfinished.
    let isLive: Bool
    private(set) var tags: [String] = []
    private var deeds: [(pause: Int64, deed: Imagined.Deed)] = []

    init(chance: Chance, tongue: Tongue, matter: Matter, contact: Contact.ID, agents: [Agent.ID], isLive: Bool) {
        (self.chance, self.tongue, self.matter) = (chance, tongue, matter)
        (self.contact, self.agents, self.isLive) = (contact, agents, isLive)
    }

    /// - Parameter moment: when it begins, if it then ends before `limit`; else earlier.
    mutating func acts(around moment: Moment, before limit: Moment) -> [Imagined.Act] {
        imagine(until: limit)
        let length = deeds.reduce(0) { $0 + $1.pause }
        var at = min(moment, limit.adding(seconds: -length - 60))
        return deeds.map { pause, deed in
            at = at.adding(seconds: pause)
            return Imagined.Act(at: at, deed: deed)
        }
    }

    private mutating func imagine(until limit: Moment) {
        open()
        let isWaiting = isLive && chance.happens(0.25)
        guard !isWaiting else { return }
        if chance.happens(0.8) { tags.append(matter.tag) }
        let agent = talk(with: chance.pick(agents))
        if isLive, chance.happens(0.75) {
            if chance.happens(0.15) { add(60, .snoozes(agent, until: limit.adding(seconds: chance.number(3_600...400_000)))) }
            return
        }
        part(from: agent)
    }

    private mutating func open() {
        add(0, .says(filled(chance.pick(matter.openings))))
        if chance.happens(0.3) { add(chance.number(5...40), .says(chance.pick(tongue.afterthoughts))) }
    }

    /// Returns the agent with whom it ends.
    private mutating func talk(with first: Agent.ID) -> Agent.ID {
        var agent = first
        for (place, turn) in matter.turns.enumerated() {
            let text = filled(chance.pick(turn))
            if place.isMultiple(of: 2) {
                add(chance.number(20...400), .answers(agent, text))
            } else {
                add(chance.number(10...200), .says(text))
            }
            if isLive, chance.happens(0.3) { return agent }
            if place == 1 { agent = interlude(agent) }
        }
        return agent
    }

    private mutating func interlude(_ agent: Agent.ID) -> Agent.ID {
        if chance.happens(0.15) { add(30, .notes(agent, chance.pick(Tongue.notes))) }
        let colleague = chance.pick(agents)
        guard colleague != agent, chance.happens(0.1) else { return agent }
        add(40, .hands(agent, to: colleague))
        return colleague
    }

    private mutating func part(from agent: Agent.ID) {
        add(chance.number(10...120), .says(chance.pick(tongue.thanks)))
        add(chance.number(10...120), .answers(agent, chance.pick(tongue.goodbyes)))
        add(chance.number(20...900), .closes(chance.happens(0.75) ? .agent(agent) : .contact(contact)))
        guard chance.happens(0.35) else { return }
        let score = chance.happens(0.72) ? 3 : chance.happens(0.65) ? 2 : 1
        add(chance.number(5...200), .rates(score, chance.happens(0.25) ? chance.pick(tongue.comments) : nil))
    }

    private mutating func add(_ pause: Int64, _ deed: Imagined.Deed) { deeds.append((pause, deed)) }

    private mutating func filled(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "{")) else { return text }
        let things = [
            "{tuote}": chance.pick(Tongue.products), "{paikka}": chance.pick(Tongue.towns), "{numero}": "\(chance.number(10_000...99_999))",
        ]
        return things.reduce(text) { $0.replacingOccurrences(of: $1.key, with: $1.value) }
    }
}
