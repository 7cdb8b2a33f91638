import Core
import Reception
import Storage
import Testing
import TestSupport

private let maija = Loylymaki.maija
private let juhani = Loylymaki.juhani

@Suite("Agents at work")
struct AnsweringTests {
    let house: House
    let id: Conversation.ID

    init() async throws {
        house = try await House()
        id = try await house.question()
    }

    @Test("An answer takes the conversation and introduces the agent once")
    func answer() async throws {
        try await house.answers(maija, "Katsotaan!", id: "m1", in: id)
        let receipt = try await house.answers(maija, "Tuli eilen.", id: "m2", in: id)
        #expect(receipt.conversation == nil)
        #expect(try await house.thread(id).map(\.line) == ["Onko kiuas tullut?", "joined", "Katsotaan!", "Tuli eilen."])
        let conversation = try await house.conversation(id)
        #expect((conversation.agent, conversation.state, conversation.owedSince) == ("maija", .open, nil))
    }

    @Test("An answer sent again is the same answer")
    func again() async throws {
        let first = try await house.answers(maija, "Katsotaan!", id: "m1", in: id)
        let second = try await house.answers(maija, "Katsotaan!", id: "m1", in: id)
        #expect(second.isRepeated && second.message?.message == first.message?.message)
    }

    @Test("Of two who take it at once, one gets it and the other hears who was quicker")
    func tooLate() async throws {
        let results = await withTaskGroup(of: Result<Receipt, any Error>.self) { [house, id] group in
            for agent in [maija, juhani] {
                group.addTask {
                    do { return .success(try await house.does(agent, .take(onlyIfFree: true), id)) } catch { return .failure(error) }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        let refusals = results.compactMap { if case .failure(let error) = $0 { error as? Refusal } else { nil } }
        let holder = try await house.conversation(id).agent == "maija" ? "Maija" : "Juhani"
        #expect(refusals == [.alreadyTaken(by: holder)])
    }

    @Test("A transfer with a word is a transfer, and a note that mentions the receiver")
    func transfer() async throws {
        try await house.answers(maija, "Siirrän verstaalle", id: "m1", in: id)
        try await house.does(maija, .assign(to: "juhani", team: "verstas", word: "Osaatko vastuksista?"), id)
        let thread = try await house.thread(id)
        #expect(
            thread.suffix(2).map(\.content) == [
                .happening(.transferred(from: "maija", to: "juhani", team: "verstas")), .note("Osaatko vastuksista?", mentions: ["juhani"]),
            ])
        #expect(try await house.thread(id, withInternal: false).last?.line == "transferred")
        let conversation = try await house.conversation(id)
        #expect((conversation.agent, conversation.team) == ("juhani", "verstas"))
        #expect(conversation.last?.text == "Siirrän verstaalle")
    }

    @Test("A transfer without a word has no note", arguments: [nil, "", "  \n"])
    func wordless(word: String?) async throws {
        try await house.does(maija, .assign(to: "juhani", team: nil, word: word), id)
        #expect(try await house.thread(id).map(\.line) == ["Onko kiuas tullut?", "assigned"])
    }

    @Test("It goes only to colleagues and teams of this company who are still there")
    func receivers() async throws {
        _ = try await house.office.change("juhani", of: Loylymaki.workspace.id) { $0.isActive = false }
        for (agent, team) in [("juhani", nil), ("vieras", nil), ("olematon", nil), ("tuula", "olematon")] as [(Agent.ID, Team.ID?)] {
            await #expect(throws: Refusal.self) { try await house.does(maija, .assign(to: agent, team: team, word: "Ole hyvä"), id) }
        }
        #expect(try await house.thread(id).count == 1)
    }

    @Test("Released, it waits for anyone; closed, nobody takes it")
    func release() async throws {
        try await house.answers(maija, "Hetki", id: "m1", in: id)
        try await house.does(maija, .release, id)
        #expect(try await house.conversation(id).state == .waiting)
        try await house.does(maija, .close, id)
        await #expect(throws: Refusal.self) { try await house.does(juhani, .take(onlyIfFree: false), id) }
        try await house.does(juhani, .reopen, id)
        #expect(try await house.thread(id).map(\.line).suffix(3) == ["left", "closed", "reopened"])
    }

    @Test("A note mentions colleagues; whoever isn't one is left out")
    func mentions() async throws {
        let words = Words(clientID: "n1", text: "Katsotteko?")
        let receipt = try await house.does(maija, .note(words, mentions: ["juhani", "vieras", "olematon", "tuula"]), id)
        #expect(receipt.message?.message.content == .note("Katsotteko?", mentions: ["juhani", "tuula"]))
        #expect(try await house.conversation(id).agent == nil)
    }

    @Test("A tag is folded to one form, told once, and gone when taken away")
    func tags() async throws {
        let head = try await house.head()
        for tag in ["Takuu  asia", "takuu asia", " TAKUU\tASIA "] { try await house.does(maija, .tag(tag), id) }
        #expect(try await house.store.read { try $0.tags(of: id) } == ["takuu asia"])
        #expect(try await house.head() == head + 1)
        try await house.does(maija, .untag("takuu asia"), id)
        try await house.does(maija, .untag("takuu asia"), id)
        #expect(try await house.head() == head + 2)
    }

    @Test("What was tagged in capitals is untagged in capitals")
    func untagFolds() async throws {
        try await house.does(maija, .tag("Takuu"), id)
        try await house.does(maija, .untag("Takuu"), id)
        #expect(try await house.store.read { try $0.tags(of: id) } == [])
    }

    @Test("A tag has 1 to 50 characters", arguments: ["", "  ", String(repeating: "a", count: 51), "a\0b"])
    func badTags(tag: String) async throws {
        await #expect(throws: Refusal.invalid(field: "tag", "A tag has 1 to 50 characters.")) { try await house.does(maija, .tag(tag), id) }
    }

    @Test("Only the customer rates, only after the end, and may think again")
    func rating() async throws {
        let phone = Loylymaki.liisasPhone
        await #expect(throws: Refusal.self) { try await house.does(maija, .rate(score: 3, comment: nil), id) }
        await #expect(throws: Refusal.self) { try await house.does(phone, .rate(score: 3, comment: nil), .conversation(id)) }
        try await house.does(phone, .close, .conversation(id))
        for score in [1, 3] { try await house.does(phone, .rate(score: score, comment: "Kiitos"), .conversation(id)) }
        #expect(try await house.conversation(id).rating == .init(score: 3, comment: "Kiitos"))
        #expect(try await house.thread(id, withInternal: false).map(\.line) == ["Onko kiuas tullut?", "closed"])
    }

    // MARK: Marks

    @Test("Marks never go back, and are told only when they move")
    func marks() async throws {
        try await house.answers(maija, "Katsotaan!", id: "m1", in: id)
        let last = try await house.conversation(id).lastSeq
        let head = try await house.head()
        for mark in [(last, 2), (2, 1), (last, 2), (0, 0)] as [(Int64, Int64)] {
            try await house.does(Loylymaki.liisasPhone, .mark(delivered: mark.0, read: mark.1), .conversation(id))
        }
        #expect(try await house.conversation(id).contactMark == .init(delivered: last, read: 2))
        #expect(try await house.head() == head + 1)
        try await house.does(Loylymaki.liisasPhone, .mark(delivered: nil, read: 9_999), .conversation(id))
        #expect(try await house.conversation(id).contactMark == .init(delivered: last, read: last))
    }

    @Test("What is read is unread no more, on each side for itself")
    func unread() async throws {
        try await house.says(Loylymaki.liisasPhone, "Entä kivet?", id: "l2")
        try await house.answers(maija, "Nekin.", id: "m1", in: id)
        let before = try await house.conversation(id)
        #expect((before.unreadByAgent, before.unreadByContact) == (2, 1))
        try await house.does(maija, .mark(delivered: nil, read: 2), id)
        let half = try await house.conversation(id)
        #expect((half.unreadByAgent, half.unreadByContact) == (1, 1))
        try await house.does(maija, .mark(delivered: nil, read: before.lastSeq), id)
        try await house.does(Loylymaki.liisasPhone, .mark(delivered: nil, read: before.lastSeq), .conversation(id))
        let after = try await house.conversation(id)
        #expect((after.unreadByAgent, after.unreadByContact) == (0, 0))
    }

    // MARK: Snoozing

    @Test("A snoozed conversation wakes by itself when its time has come")
    func wakes() async throws {
        try await house.answers(maija, "Palaan asiaan", id: "m1", in: id)
        try await house.does(maija, .snooze(until: house.clock.now.adding(seconds: 3600)), id)
        house.clock.advance(seconds: 3599)
        try await house.reactions.takeJobs()
        #expect(try await house.conversation(id).state == .snoozed(until: house.clock.now.adding(seconds: 1)))
        house.clock.advance(seconds: 1)
        try await house.reactions.takeJobs()
        #expect(try await house.conversation(id).standing == .init(.open, since: house.clock.now, by: .system))
        try await house.reactions.takeJobs()
        #expect(try await house.thread(id).map(\.line).suffix(2) == ["snoozed", "woken"])
        #expect(try await house.store.read { try $0.nextJobTime() } == nil)
    }

    @Test("Woken by the customer and snoozed anew, it sleeps until the new time")
    func snoozedAnew() async throws {
        try await house.does(maija, .snooze(until: house.clock.now.adding(seconds: 100)), id)
        try await house.says(Loylymaki.liisasPhone, "Joko?", id: "l2")
        #expect(try await house.conversation(id).state == .waiting)
        try await house.does(maija, .snooze(until: house.clock.now.adding(seconds: 500)), id)
        house.clock.advance(seconds: 100)
        try await house.reactions.takeJobs()
        #expect(try await house.conversation(id).state == .snoozed(until: house.clock.now.adding(seconds: 400)))
        house.clock.advance(seconds: 400)
        try await house.reactions.takeJobs()
        #expect(try await house.conversation(id).state == .waiting)
    }

    @Test("A timer for what has been closed or woken since changes nothing")
    func lateTimer() async throws {
        try await house.does(maija, .snooze(until: house.clock.now.adding(seconds: 100)), id)
        try await house.does(maija, .close, id)
        let head = try await house.head()
        house.clock.advance(seconds: 200)
        try await house.reactions.takeJobs()
        #expect(try await house.head() == head)
        #expect(try await house.store.read { try $0.nextJobTime() } == nil)
    }

    @Test("What is due does not wait until all that was said can be searched")
    func notBehindTheIndex() async throws {
        try await house.does(maija, .snooze(until: house.clock.now.adding(seconds: 100)), id)
        let pekkas = Loylymaki.conversation(id: "lauteet", of: Loylymaki.pekka)
        try await house.store.write { tx in
            var talk = try tx.start(pekkas)
            for number in 0..<4_000 { try tx.add(.reply("Kuusi, haapa vai leppä? \(number)"), by: .contact("pekka"), to: &talk) }
        }
        house.clock.advance(seconds: 100)
        let reacting = Task { [house] in try await house.reactions.run() }
        defer { reacting.cancel() }
        while try await house.conversation(id).state != .waiting { await Task.yield() }
        let (indexed, head) = try await house.store.read { (try $0.indexedSeq(of: pekkas.workspace), try $0.head(of: pekkas.workspace)) }
        #expect(indexed < head)
    }
}
