import Core
import Testing
import TestSupport

@Suite("A customer writes")
struct ReceivingTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let state: Conversation.State
        let agent: Agent.ID?
        let becomes: Conversation.State
        let before: [Happening]
        var testDescription: String { "\(state), with \(agent?.text ?? "nobody")" }
    }

    static let table = [
        Row(state: .bot, agent: nil, becomes: .bot, before: []),
        Row(state: .waiting, agent: nil, becomes: .waiting, before: []),
        Row(state: .open, agent: maija, becomes: .open, before: []),
        Row(state: .snoozed(until: tomorrow), agent: nil, becomes: .waiting, before: [.woken(by: .contact(liisa))]),
        Row(state: .snoozed(until: tomorrow), agent: maija, becomes: .open, before: [.woken(by: .contact(liisa))]),
        Row(state: .closed, agent: nil, becomes: .waiting, before: [.reopened(by: .contact(liisa))]),
        Row(state: .closed, agent: maija, becomes: .open, before: [.reopened(by: .contact(liisa))]),
    ]

    @Test("A customer is heard in every state; a closed conversation opens, a snoozed one wakes", arguments: table)
    func isHeard(row: Row) throws {
        let conversation = Loylymaki.conversation(row.state, agent: row.agent)
        let decision = try conversation.receive(words("Onko kiuas tullut?"), at: now)
        #expect(decision.conversation.state == row.becomes)
        #expect(decision.conversation.agent == row.agent)
        #expect(decision.lines == row.before.map(line) + [said("Onko kiuas tullut?", by: .contact(liisa))])
        #expect(decision.isChanged == (row.becomes != row.state))
    }

    @Test("A customer's message wakes a snoozed conversation")
    func wakes() throws {
        let snoozed = Loylymaki.conversation(.snoozed(until: tomorrow), agent: maija)
        let woken = try snoozed.receive(words(), at: now).conversation
        #expect(woken.standing == .init(.open, since: now, by: .contact(liisa)))
    }

    @Test("The customer has been owed an answer since the first message without one")
    func owedSince() throws {
        let first = try Loylymaki.conversation().receive(words(), at: now).conversation
        let second = try first.receive(words(), at: now.adding(seconds: 60)).conversation
        #expect(second.owedSince == now)
    }

    @Test("Whoever answers after a reopening is announced again")
    func reopeningForgetsTheSpokesperson() throws {
        let closed = Loylymaki.conversation(.closed, agent: maija, spokesperson: maija)
        let reopened = try closed.receive(words(), at: now).conversation
        #expect(reopened.spokesperson == nil)
        let answer = try reopened.reply(words(), by: maija, at: now)
        #expect(answer.lines.first == line(.joined(maija)))
    }

    @Test("Words that can't be said change nothing in any state", arguments: table)
    func refused(row: Row) {
        let conversation = Loylymaki.conversation(row.state, agent: row.agent)
        #expect(throws: Refusal.messageEmpty) { try conversation.receive(words("  \n "), at: now) }
    }
}
