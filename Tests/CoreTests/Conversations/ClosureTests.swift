import Core
import Testing
import TestSupport

@Suite("How a conversation ends, rests and begins again")
struct ClosureTests {
    // MARK: Closing

    @Test("Either side closes it in any state", arguments: everyState.dropLast(), [Author.contact(liisa), .agent(maija), .bot])
    func close(state: Conversation.State, author: Author) {
        let decision = Loylymaki.conversation(state, owedSince: now).close(by: author, at: now)
        #expect(decision.conversation.standing == .init(.closed, since: now, by: author))
        #expect(decision.conversation.owedSince == nil)
        #expect(decision.lines == [line(.closed(by: author))])
        #expect(decision.isChanged)
    }

    @Test("Closing what is closed changes nothing")
    func closeTwice() {
        let once = Loylymaki.conversation().close(by: .agent(maija), at: now).conversation
        #expect(once.close(by: .contact(liisa), at: tomorrow) == Decision(once, isChanged: false))
    }

    // MARK: Reopening

    @Test("Reopened, it is with whom it was", arguments: [nil, maija])
    func reopen(agent: Agent.ID?) {
        let decision = Loylymaki.conversation(.closed, agent: agent, spokesperson: agent).reopen(by: .agent(juhani), at: now)
        #expect(decision.conversation.standing == .init(agent == nil ? .waiting : .open, since: now, by: .agent(juhani)))
        #expect(decision.conversation.agent == agent)
        #expect(decision.conversation.spokesperson == nil)
        #expect(decision.lines == [line(.reopened(by: .agent(juhani)))])
    }

    @Test("Reopening a snoozed one wakes it, and who speaks stays known")
    func reopenSnoozed() {
        let snoozed = Loylymaki.conversation(.snoozed(until: tomorrow), agent: maija, spokesperson: maija)
        let decision = snoozed.reopen(by: .agent(maija), at: now)
        #expect(decision.conversation.state == .open)
        #expect(decision.conversation.spokesperson == maija)
        #expect(decision.lines == [line(.woken(by: .agent(maija)))])
    }

    @Test("Reopening an open one changes nothing", arguments: [Conversation.State.bot, .waiting, .open])
    func reopenOpen(state: Conversation.State) {
        let conversation = Loylymaki.conversation(state)
        #expect(conversation.reopen(by: .agent(maija), at: now) == Decision(conversation, isChanged: false))
    }

    // MARK: Snoozing and waking

    @Test("Snoozed, it is out of sight until a moment to come", arguments: everyState.dropLast())
    func snooze(state: Conversation.State) throws {
        let decision = try Loylymaki.conversation(state, agent: maija).snooze(until: tomorrow, by: juhani, at: now)
        #expect(decision.conversation.standing == .init(.snoozed(until: tomorrow), since: now, by: .agent(juhani)))
        #expect(decision.conversation.agent == maija)
        #expect(decision.lines == [line(.snoozed(until: tomorrow, by: .agent(juhani)))])
    }

    @Test("The past, the present and what lies over a year ahead are no time to snooze until", arguments: [-1, 0, 366 * 86_400])
    func snoozeWhen(seconds: Int64) {
        let error = #expect(throws: Refusal.self) {
            try Loylymaki.conversation().snooze(until: now.adding(seconds: seconds), by: maija, at: now)
        }
        guard case .invalid("until", _) = error else { return #expect(Bool(false), "\(error as Any)") }
    }

    @Test("A closed conversation can't be snoozed")
    func snoozeClosed() {
        #expect(throws: Refusal.self) { try Loylymaki.conversation(.closed).snooze(until: tomorrow, by: maija, at: now) }
    }

    @Test("It wakes when its time has come, not a moment before", arguments: [nil, maija])
    func wake(agent: Agent.ID?) {
        let snoozed = Loylymaki.conversation(.snoozed(until: tomorrow), agent: agent)
        let early = Moment(milliseconds: tomorrow.milliseconds - 1)
        #expect(snoozed.wake(at: early) == Decision(snoozed, isChanged: false))
        let decision = snoozed.wake(at: tomorrow)
        #expect(decision.conversation.standing == .init(agent == nil ? .waiting : .open, since: tomorrow, by: .system))
        #expect(decision.lines == [line(.woken(by: .system))])
    }

    @Test("A timer that comes when nobody sleeps changes nothing", arguments: [Conversation.State.bot, .waiting, .open, .closed])
    func wakeAwake(state: Conversation.State) {
        let conversation = Loylymaki.conversation(state)
        #expect(conversation.wake(at: tomorrow) == Decision(conversation, isChanged: false))
    }

    // MARK: Rating

    @Test("The customer rates what has ended; only the team sees the line", arguments: 1...3)
    func rate(score: Int) throws {
        let decision = try Loylymaki.conversation(.closed).rate(score, comment: "Kiitos avusta!")
        #expect(decision.conversation.rating == .init(score: score, comment: "Kiitos avusta!"))
        #expect(decision.lines == [line(.rated(score: score, comment: "Kiitos avusta!"))])
        #expect(decision.lines[0].content.isInternal)
    }

    @Test("A new verdict replaces the old; the same one changes nothing")
    func rateAgain() throws {
        let first = try Loylymaki.conversation(.closed).rate(1, comment: nil).conversation
        #expect(try first.rate(1, comment: nil) == Decision(first, isChanged: false))
        #expect(try first.rate(3, comment: nil).conversation.rating?.score == 3)
    }

    @Test("Blank comments are none, and no NUL is kept", arguments: [("  \n", nil), ("", nil), ("hy\0vä", "hyvä")] as [(String, String?)])
    func comments(comment: String, kept: String?) throws {
        #expect(try Loylymaki.conversation(.closed).rate(2, comment: comment).conversation.rating?.comment == kept)
    }

    @Test("What goes on can't be rated", arguments: everyState.dropLast())
    func rateOpen(state: Conversation.State) {
        #expect(throws: Refusal.conflict("A conversation is rated when it has ended.")) {
            try Loylymaki.conversation(state).rate(3, comment: nil)
        }
    }

    @Test("There are three scores", arguments: [Int.min, -1, 0, 4, Int.max])
    func scores(score: Int) {
        #expect(throws: Refusal.self) { try Loylymaki.conversation(.closed).rate(score, comment: nil) }
    }

    @Test("A comment has room for 8 KB and no more")
    func longComment() throws {
        let conversation = Loylymaki.conversation(.closed)
        #expect(try conversation.rate(3, comment: String(repeating: "ä", count: 4096)).isChanged)
        #expect(throws: Refusal.self) { try conversation.rate(3, comment: String(repeating: "ä", count: 4097)) }
    }
}
