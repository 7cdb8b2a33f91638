import Core
import Testing
import TestSupport

private let closed = Refusal.conflict("The conversation is closed. Open it again first.")

@Suite("Whose a conversation is")
struct AssignmentTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let state: Conversation.State
        var agent: Agent.ID?
        var spokesperson: Agent.ID?
        let lines: [Happening]
        var changes = true
        var testDescription: String { "\(state), with \(agent?.text ?? "nobody"), \(spokesperson?.text ?? "nobody") speaking" }
    }

    // MARK: Taking

    static let takings = [
        Row(state: .bot, lines: [.joined(juhani)]),
        Row(state: .waiting, lines: [.joined(juhani)]),
        Row(state: .open, agent: maija, spokesperson: maija, lines: [.joined(juhani)]),
        Row(state: .open, agent: maija, spokesperson: juhani, lines: []),
        Row(state: .open, agent: juhani, spokesperson: juhani, lines: [], changes: false),
        Row(state: .snoozed(until: tomorrow), lines: [.joined(juhani)]),
    ]

    @Test("Taking makes the conversation the agent's own and says so to the customer", arguments: takings)
    func take(row: Row) throws {
        let decision = try Loylymaki.conversation(row.state, agent: row.agent, spokesperson: row.spokesperson).take(by: juhani, at: now)
        #expect(decision.conversation.agent == juhani)
        #expect(decision.conversation.state == .open)
        #expect(decision.lines == row.lines.map(line))
        #expect(decision.isChanged == row.changes)
    }

    @Test("Who asks for it only if it is free hears that a colleague was quicker")
    func tooLate() throws {
        let taken = Loylymaki.conversation(.open, agent: maija)
        #expect(throws: Refusal.alreadyTaken(by: "Maija")) { try taken.take(by: juhani, onlyIfFree: true, holderName: "Maija", at: now) }
        #expect(try !taken.take(by: maija, onlyIfFree: true, holderName: "Maija", at: now).isChanged)
        #expect(try Loylymaki.conversation().take(by: juhani, onlyIfFree: true, at: now).isChanged)
    }

    // MARK: Giving

    @Test("A customer nobody has spoken with doesn't see to whom they are given", arguments: [Conversation.State.bot, .waiting])
    func assignQuietly(state: Conversation.State) throws {
        let decision = try Loylymaki.conversation(state).assign(to: juhani, team: nil, by: maija, at: now)
        #expect(decision.lines == [line(.assigned(to: juhani, team: nil, by: .agent(maija)))])
        #expect(decision.lines.map(\.content.isInternal) == [true])
        #expect(decision.conversation.state == .open)
        #expect(decision.conversation.agent == juhani)
        #expect(decision.conversation.spokesperson == nil)
    }

    @Test("A customer who has been spoken with sees the transfer, and the receiver when they speak")
    func transfer() throws {
        let conversation = Loylymaki.conversation(.open, agent: maija, spokesperson: maija)
        let decision = try conversation.assign(to: juhani, team: service, by: maija, at: now)
        #expect(decision.lines == [line(.transferred(from: maija, to: juhani, team: service))])
        #expect(!decision.lines[0].content.isInternal)
        let answer = try decision.conversation.reply(words(), by: juhani, at: now)
        #expect(answer.lines.map(\.content) == [.happening(.joined(juhani)), .reply("Moi!")])
    }

    @Test("Given to a team, the conversation waits there for anyone")
    func toTeam() throws {
        let conversation = Loylymaki.conversation(.open, agent: maija)
        let decision = try conversation.assign(to: nil, team: service, by: maija, at: now)
        #expect(decision.conversation.standing == .init(.waiting, since: now, by: .agent(maija)))
        #expect(decision.conversation.agent == nil)
        #expect(decision.conversation.team == service)
    }

    @Test("Giving it to oneself is taking it")
    func toOneself() throws {
        let conversation = Loylymaki.conversation()
        #expect(try conversation.assign(to: juhani, team: nil, by: juhani, at: now) == conversation.take(by: juhani, at: now))
        #expect(try conversation.assign(to: juhani, team: service, by: juhani, at: now).conversation.team == service)
    }

    @Test("Who takes leaves it with its team unless they name another; naming one anew introduces nobody again")
    func takingForATeam() throws {
        let ours = try Loylymaki.conversation().take(by: juhani, for: service, at: now).conversation
        #expect(try ours.take(by: maija, at: now).conversation.team == service)
        let moved = try ours.take(by: juhani, for: .some(nil), at: now)
        #expect(moved.isChanged && moved.conversation.team == nil && moved.conversation.agent == juhani && moved.lines.isEmpty)
        #expect(try !ours.take(by: juhani, for: service, at: now).isChanged)
    }

    @Test("Giving it where it is changes nothing")
    func toTheSame() throws {
        let conversation = Loylymaki.conversation(.open, agent: maija)
        #expect(try conversation.assign(to: maija, team: nil, by: juhani, at: now) == Decision(conversation, isChanged: false))
    }

    // MARK: Letting go

    @Test("Released, the conversation waits for anyone, and the customer sees that who spoke has left")
    func release() throws {
        let decision = try Loylymaki.conversation(.open, agent: maija, spokesperson: maija).release(by: maija, at: now)
        #expect(decision.conversation.state == .waiting)
        #expect(decision.conversation.agent == nil)
        #expect(decision.conversation.spokesperson == nil)
        #expect(decision.lines == [line(.left(maija))])
    }

    @Test("Who never spoke leaves without a word")
    func releaseQuietly() throws {
        let decision = try Loylymaki.conversation(.open, agent: maija, spokesperson: tuula).release(by: juhani, at: now)
        #expect(decision.lines.isEmpty)
        #expect(decision.conversation.spokesperson == tuula)
        #expect(decision.isChanged)
    }

    @Test("What nobody has can't be released", arguments: [Conversation.State.bot, .waiting, .snoozed(until: tomorrow)])
    func releaseNothing(state: Conversation.State) throws {
        let conversation = Loylymaki.conversation(state)
        #expect(try conversation.release(by: maija, at: now) == Decision(conversation, isChanged: false))
    }

    @Test("A closed conversation is nobody's to take, give or release")
    func closedIsRefused() {
        let conversation = Loylymaki.conversation(.closed, agent: maija)
        #expect(throws: closed) { try conversation.take(by: juhani, at: now) }
        #expect(throws: closed) { try conversation.assign(to: juhani, team: nil, by: maija, at: now) }
        #expect(throws: closed) { try conversation.assign(to: nil, team: service, by: maija, at: now) }
        #expect(throws: closed) { try conversation.release(by: maija, at: now) }
    }
}

extension Message.Content {
    var isInternal: Bool {
        switch self {
        case .reply: false
        case .note: true
        case .happening(let happening): happening.isInternal
        }
    }
}
