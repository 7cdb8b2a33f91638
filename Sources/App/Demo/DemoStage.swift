import Core
import Foundation
import Reception
import Storage

/// Plays the conversations of the demo through the front desk, act by act in the order of time.
struct DemoStage {
    let store: Store
    let desk: FrontDesk
    let clock: DemoClock
    let present: Moment
    let people: DemoPeople
    let site: Site

    /// Returns how many were played; one whose customer's browser is known has been played before.
    func play(_ talks: [DemoTalk]) async throws -> Int {
        let fresh = try await talks.asyncFilter { try await session(of: $0) == nil }
        let acts = fresh.flatMap { talk in talk.acts.enumerated().map { (talk, $0, $1, $1.when.moment(before: present)) } }
        var onStage: [String: Conversation.ID] = [:]
        for (talk, place, act, moment) in acts.sorted(by: { $0.3 < $1.3 }) {
            clock.set(moment)
            var session = try await session(of: talk)
            if session == nil { session = try await enter(talk) }
            guard let session else { continue }
            for inbound in inbounds(of: act.deed, talk, session, place, onStage[talk.key]) {
                if let begun = try await desk.receive(inbound).conversation?.conversation.id { onStage[talk.key] = begun }
            }
        }
        return fresh.count
    }

    /// The browser's token is a word that is nobody's digest: nobody can come in by it.
    private func session(of talk: DemoTalk) async throws -> VisitorSession? {
        try await store.read { try $0.visitorSession(tokenHash: talk.browser) }
    }

    private func enter(_ talk: DemoTalk) async throws -> VisitorSession {
        try await store.write { [site] tx in
            let contact = try knownContact(of: talk, tx) ?? talk.customer.contact(in: site.workspace, talk.language, tx)
            try tx.save(contact)
            let session = VisitorSession(
                id: tx.world.newID(), workspace: site.workspace, site: site.id, contact: contact.id, page: talk.page,
                device: talk.customer.device, language: talk.language, startedAt: tx.now, seenAt: tx.now)
            try tx.insert(session, tokenHash: talk.browser)
            return session
        }
    }

    /// A customer with several conversations is one contact.
    private func knownContact(of talk: DemoTalk, _ tx: Transaction) throws -> Contact? {
        try talk.customer.externalID.flatMap { try tx.contact(externalID: $0, of: site.workspace) }
    }

    private func inbounds(
        of deed: DemoDeed, _ talk: DemoTalk, _ session: VisitorSession, _ place: Int, _ begun: Conversation.ID?
    ) -> [Inbound] {
        let matter = begun.map(Inbound.Matter.conversation) ?? .site(page: talk.page, startsNew: true)
        let words = { (text: String) in Words(clientID: "demo-\(talk.key)-\(place)", text: text) }
        let visitor = { (act: Inbound.Act) in Inbound(.visitor(session), matter, act) }
        /// Whoever does something has read what was said before.
        func by(_ person: DemoPerson, _ acts: Inbound.Act...) -> [Inbound] {
            guard let agent = people.agents[person] else { return [] }
            return ([.mark(delivered: .max, read: .max)] + acts).map { Inbound(.agent(agent), matter, $0) }
        }
        switch deed {
        case .says(let text): return [visitor(.say(words(text)))]
        case .reads: return [visitor(.mark(delivered: .max, read: .max))]
        case .leaves: return [visitor(.close)]
        case .rates(let score, let comment): return [visitor(.rate(score: score, comment: comment))]
        case .answers(let person, let text): return by(person, .say(words(text)))
        case .notes(let person, let text, let mentioned):
            return by(person, .note(words(text), mentions: mentioned.compactMap { people.agents[$0]?.id }))
        case .hands(let person, let to, let team, let word):
            let receiver = to.flatMap { people.agents[$0]?.id }
            return by(person, .assign(to: receiver, team: team.flatMap { people.teams[$0] }, word: word))
        case .tags(let person, let tags): return tags.flatMap { by(person, .tag($0)) }
        case .snoozes(let person, let until): return by(person, .snooze(until: until.moment(before: present)))
        case .closes(let person): return by(person, .close)
        }
    }
}

extension Array {
    fileprivate func asyncFilter(_ isWanted: (Element) async throws -> Bool) async rethrows -> [Element] {
        var wanted: [Element] = []
        for element in self where try await isWanted(element) { wanted.append(element) }
        return wanted
    }
}
