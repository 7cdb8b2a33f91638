import Core
import Testing
import TestSupport

/// Two hundred acts at random, one after another: whatever people do in whatever order, these things stay true.
@Suite("Whatever people do")
struct WanderingTests {
    @Test("A conversation stays whole", arguments: 1...40 as ClosedRange<UInt64>)
    func wander(seed: UInt64) {
        var dice = Dice(seed: seed)
        var conversation = Loylymaki.conversation()
        var time = now
        for _ in 0..<200 {
            time = time.adding(seconds: Int64.random(in: 0...40_000, using: &dice))
            guard let decision = try? Self.act(on: conversation, at: time, &dice) else { continue }
            checkWhole(decision.conversation)
            checkTold(conversation, decision)
            conversation = decision.conversation
        }
    }

    private func checkWhole(_ conversation: Conversation) {
        switch conversation.state {
        case .open: #expect(conversation.agent != nil)
        case .waiting, .bot: #expect(conversation.agent == nil)
        case .closed: #expect(conversation.owedSince == nil)
        case .snoozed(let until): #expect(until > conversation.standing.since)
        }
        #expect(conversation.rating.map { (1...3).contains($0.score) } ?? true)
    }

    /// Who lists conversations hears of every change; a decision that is not told has changed nothing they see.
    private func checkTold(_ before: Conversation, _ decision: Decision) {
        let after = decision.conversation
        if !decision.isChanged {
            #expect(after.standing == before.standing && after.agent == before.agent && after.team == before.team)
            #expect(after.rating == before.rating && after.spokesperson == before.spokesperson)
        }
        #expect(after.id == before.id && after.contact == before.contact && after.startedAt == before.startedAt)
        #expect(decision.lines.filter { $0.clientID != nil }.count <= 1)
        for line in decision.lines {
            if case .happening = line.content { #expect(line.author == .system) } else { #expect(line.author != .system) }
        }
    }

    private static func act(on conversation: Conversation, at time: Moment, _ dice: inout Dice) throws -> Decision {
        let agent = [maija, juhani, tuula].randomElement(using: &dice) ?? maija
        switch Int.random(in: 0...11, using: &dice) {
        case 0, 1: return try conversation.receive(words(), at: time)
        case 2, 3: return try conversation.reply(words(), by: agent, at: time)
        case 4: return try conversation.take(by: agent, onlyIfFree: Bool.random(using: &dice), at: time)
        case 5:
            return try conversation.assign(to: [maija, juhani, nil].randomElement(using: &dice) ?? nil, team: service, by: agent, at: time)
        case 6: return try conversation.release(by: agent, at: time)
        case 7: return conversation.close(by: Bool.random(using: &dice) ? .agent(agent) : .contact(liisa), at: time)
        case 8: return conversation.reopen(by: .agent(agent), at: time)
        case 9: return try conversation.snooze(until: time.adding(seconds: 50_000), by: agent, at: time)
        case 10: return conversation.wake(at: time)
        default: return try conversation.rate(Int.random(in: 1...3, using: &dice), comment: nil)
        }
    }
}
