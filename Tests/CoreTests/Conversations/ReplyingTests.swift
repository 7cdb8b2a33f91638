import Core
import Testing
import TestSupport

@Suite("An agent answers")
struct ReplyingTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let state: Conversation.State
        var agent: Agent.ID?
        var spokesperson: Agent.ID?
        var keeps: Agent.ID = juhani
        let before: [Happening]
        var testDescription: String { "\(state), with \(agent?.text ?? "nobody"), \(spokesperson?.text ?? "nobody") speaking" }
    }

    static let table = [
        Row(state: .bot, before: [.joined(juhani)]),
        Row(state: .waiting, before: [.joined(juhani)]),
        Row(state: .open, agent: juhani, before: [.joined(juhani)]),
        Row(state: .open, agent: juhani, spokesperson: juhani, before: []),
        Row(state: .open, agent: maija, spokesperson: maija, keeps: maija, before: [.joined(juhani)]),
        Row(state: .snoozed(until: tomorrow), before: [.woken(by: .agent(juhani)), .joined(juhani)]),
        Row(state: .snoozed(until: tomorrow), agent: juhani, spokesperson: juhani, before: [.woken(by: .agent(juhani))]),
        Row(state: .closed, before: [.reopened(by: .agent(juhani)), .joined(juhani)]),
        Row(state: .closed, agent: juhani, spokesperson: juhani, before: [.reopened(by: .agent(juhani)), .joined(juhani)]),
        Row(state: .closed, agent: maija, spokesperson: maija, keeps: maija, before: [.reopened(by: .agent(juhani)), .joined(juhani)]),
    ]

    @Test("An answer opens the conversation, takes it if nobody has it, and says who speaks", arguments: table)
    func answers(row: Row) throws {
        let conversation = Loylymaki.conversation(row.state, agent: row.agent, spokesperson: row.spokesperson)
        let decision = try conversation.reply(words("Katsotaan!"), by: juhani, at: now)
        #expect(decision.conversation.state == .open)
        #expect(decision.conversation.agent == row.keeps)
        #expect(decision.conversation.spokesperson == juhani)
        #expect(decision.lines == row.before.map(line) + [said("Katsotaan!", by: .agent(juhani))])
        #expect(decision.isChanged == !row.before.isEmpty)
    }

    @Test("An answer is no longer owed once it is given, and nothing but the message needs to tell it")
    func nothingIsOwed() throws {
        let owing = Loylymaki.conversation(.open, agent: juhani, spokesperson: juhani, owedSince: now)
        let decision = try owing.reply(words(), by: juhani, at: now)
        #expect(decision.conversation.owedSince == nil)
        #expect(!decision.isChanged)
    }

    @Test("An agent who goes on speaking is introduced once")
    func introducedOnce() throws {
        let first = try Loylymaki.conversation().reply(words(), by: juhani, at: now)
        let second = try first.conversation.reply(words(), by: juhani, at: now)
        #expect(second.lines == [said("Moi!", by: .agent(juhani))])
    }

    @Test("A note adds its line and changes nothing else, in any state", arguments: everyState)
    func notes(state: Conversation.State) throws {
        let conversation = Loylymaki.conversation(state)
        let decision = try conversation.note(words("Soitan huomenna, @Maija"), mentions: [maija], by: juhani)
        let note = Decision.Line(.note("Soitan huomenna, @Maija", mentions: [maija]), by: .agent(juhani), clientID: "c1")
        #expect(decision == Decision(conversation, lines: [note], isChanged: false))
    }

    @Test("An empty answer and an empty note are refused", arguments: everyState)
    func emptyIsRefused(state: Conversation.State) {
        let conversation = Loylymaki.conversation(state)
        #expect(throws: Refusal.messageEmpty) { try conversation.reply(words(""), by: juhani, at: now) }
        #expect(throws: Refusal.messageEmpty) { try conversation.note(words("\t"), mentions: [], by: juhani) }
    }
}
