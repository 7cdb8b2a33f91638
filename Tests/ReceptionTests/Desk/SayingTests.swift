import Core
import Reception
import Storage
import Testing
import TestSupport

private let phone = Loylymaki.liisasPhone
private let pekka = Loylymaki.pekkasComputer

@Suite("A visitor says something")
struct SayingTests {
    let house: House
    init() async throws { house = try await House() }

    // MARK: Once and only once

    @Test("The first word starts a conversation, in the log before its message")
    func firstWord() async throws {
        let receipt = try await house.says(phone, "Onko kiuas tullut?", id: "c1")
        let conversation = try #require(receipt.conversation?.conversation)
        #expect(conversation.state == .waiting)
        #expect(conversation.page == phone.page)
        #expect(conversation.owedSince == house.clock.now)
        #expect((conversation.lastSeq, conversation.unreadByAgent) == (2, 1))
        #expect(receipt.message?.message.seq == 2)
        let kinds = try await house.events().map { String("\($0.kind)".prefix { $0 != "(" }) }
        #expect(kinds == ["conversationStarted", "messageAdded"])
    }

    @Test("Said again under its client id, it is the same message")
    func again() async throws {
        let first = try await house.says(phone, "Moi", id: "c1")
        let head = try await house.head()
        house.clock.advance(seconds: 60)
        let second = try await house.says(phone, "Moi taas, mutta samalla tunnuksella", id: "c1")
        #expect(second.isRepeated && !first.isRepeated)
        #expect(second.message?.message == first.message?.message)
        #expect(try await house.head() == head)
    }

    @Test("Fifty at once under one client id are one message, and one is told that it was the first")
    func fiftyAtOnce() async throws {
        let id = try await house.question()
        let receipts = try await withThrowingTaskGroup(of: Receipt.self) { [house] group in
            for _ in 0..<50 { group.addTask { try await house.says(phone, "Entä kivet?", id: "c1", in: .conversation(id)) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(receipts.filter { !$0.isRepeated }.count == 1)
        #expect(Set(receipts.compactMap { $0.message?.message.seq }).count == 1)
        #expect(try await house.thread(id).map(\.line) == ["Onko kiuas tullut?", "Entä kivet?"])
    }

    @Test("Two tabs that start a conversation at once meet in one", arguments: [["c1", "c1"], ["c1", "c2"]])
    func twoTabs(ids: [String]) async throws {
        let receipts = try await withThrowingTaskGroup(of: Receipt.self) { [house] group in
            for id in ids { group.addTask { try await house.says(phone, "Moi", id: id) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(Set(receipts.compactMap { $0.message?.message.conversation }).count == 1)
        let conversations = try await house.store.read { try $0.conversations(of: phone.contact) }
        #expect(conversations.count == 1)
        #expect(try await house.thread(conversations[0].id).count == Set(ids).count)
    }

    @Test("The same client id of two people is two messages")
    func sameIDOfTwo() async throws {
        let liisas = try await house.says(phone, "Moi", id: "c1")
        let pekkas = try await house.says(pekka, "Hei", id: "c1")
        #expect(!pekkas.isRepeated)
        #expect(liisas.message?.message.conversation != pekkas.message?.message.conversation)
    }

    @Test("Many who write at once all stand in the log, each in their own order")
    func crowd() async throws {
        let id = try await house.question()
        try await withThrowingTaskGroup(of: Void.self) { [house] group in
            for writer in [phone, Loylymaki.session("liisan-tabletti", of: Loylymaki.liisa)] {
                group.addTask {
                    for number in 0..<40 {
                        try await house.says(writer, "\(writer.id) \(number)", id: "\(writer.id)\(number)", in: .conversation(id))
                    }
                }
            }
            group.addTask {
                for number in 0..<40 { try await house.answers(Loylymaki.maija, "maija \(number)", id: "m\(number)", in: id) }
            }
            try await group.waitForAll()
        }
        let thread = try await house.thread(id)
        for writer in ["liisan-puhelin", "liisan-tabletti", "maija"] {
            #expect(thread.map(\.line).filter { $0.hasPrefix(writer + " ") } == (0..<40).map { "\(writer) \($0)" })
        }
        #expect(thread.map(\.line).filter { $0 == "joined" }.count == 1)
        let seqs = try await house.events().map(\.seq)
        #expect(seqs == Array(1...Int64(seqs.count)))
    }

    // MARK: Whose it is

    @Test("Another visitor's conversation does not exist")
    func othersConversation() async throws {
        let id = try await house.question()
        let head = try await house.head()
        let acts: [Inbound.Act] = [
            .say(Words(clientID: "c9", text: "Kuka siellä?")), .close, .rate(score: 1, comment: nil), .mark(delivered: 2, read: 2),
        ]
        for act in acts {
            await #expect(throws: Refusal.notFound("conversation")) { try await house.does(pekka, act, .conversation(id)) }
            await #expect(throws: Refusal.notFound("conversation")) { try await house.does(pekka, act, .conversation("olematon")) }
        }
        #expect(try await house.head() == head)
        #expect(try await house.thread(id).count == 1)
    }

    @Test("An agent of another company finds nothing")
    func neighbour() async throws {
        let id = try await house.question()
        for act in [Inbound.Act.close, .take(onlyIfFree: false), .tag("meille"), .say(Words(clientID: "c9", text: "Moi"))] {
            await #expect(throws: Refusal.notFound("conversation")) { try await house.does(Loylymaki.stranger, act, id) }
        }
    }

    static let agentsActs: [Inbound.Act] = [
        .note(Words(clientID: "c9", text: "Moi"), mentions: []), .take(onlyIfFree: false), .assign(to: nil, team: nil, word: nil), .release,
        .reopen,
        .snooze(until: Loylymaki.opened.adding(seconds: 600)), .wake, .tag("takuu"), .untag("takuu"),
    ]

    @Test("A visitor does nothing that is for agents")
    func forbidden() async throws {
        let id = try await house.question()
        let head = try await house.head()
        for act in Self.agentsActs {
            await #expect(throws: Refusal.forbidden("Only an agent may do this.")) { try await house.does(phone, act, .conversation(id)) }
        }
        #expect(try await house.head() == head)
    }

    @Test("A timer only wakes, and only a visitor starts from a site")
    func others() async throws {
        let id = try await house.question()
        await #expect(throws: Refusal.self) {
            try await house.desk.receive(Inbound(.timer(Loylymaki.workspace.id), .conversation(id), .close))
        }
        await #expect(throws: Refusal.self) {
            try await house.desk.receive(
                Inbound(.agent(Loylymaki.maija), .site(page: nil, startsNew: true), .say(Words(clientID: "c9", text: "Moi"))))
        }
    }

    // MARK: Coming back

    @Test("After the end, a new word reopens or begins anew, as the site has it", arguments: Site.OnReturn.allCases)
    func comingBack(onReturn: Site.OnReturn) async throws {
        try await set { $0.onReturn = onReturn }
        let id = try await house.question()
        try await house.does(Loylymaki.maija, .close, id)
        let receipt = try await house.says(phone, "Vielä yksi asia", id: "c2")
        #expect((receipt.message?.message.conversation == id) == (onReturn == .reopen))
        #expect(try await house.conversation(id).isClosed == (onReturn == .continue))
    }

    @Test("In the closed conversation itself a word always reopens it", arguments: Site.OnReturn.allCases)
    func inTheClosedOne(onReturn: Site.OnReturn) async throws {
        try await set { $0.onReturn = onReturn }
        let id = try await house.question()
        try await house.does(phone, .close, .conversation(id))
        let receipt = try await house.says(phone, "Vielä yksi asia", id: "c2", in: .conversation(id))
        #expect(receipt.conversation?.conversation.state == .waiting)
        #expect(try await house.thread(id).map(\.line) == ["Onko kiuas tullut?", "closed", "reopened", "Vielä yksi asia"])
    }

    @Test("“Start again” begins anew, unless a conversation goes on")
    func startAgain() async throws {
        let id = try await house.question()
        let again = Inbound.Matter.site(page: Page(url: "https://loylymaki.example/kori", title: "Kori"), startsNew: true)
        #expect(try await house.says(phone, "Uusi asia", id: "c2", in: again).message?.message.conversation == id)
        try await house.does(phone, .close, .conversation(id))
        let fresh = try await house.says(phone, "Ihan uusi asia", id: "c3", in: again)
        #expect(fresh.message?.message.conversation != id)
        #expect(fresh.conversation?.conversation.page?.title == "Kori")
    }

    @Test("Only words start a conversation")
    func onlyWords() async throws {
        for act in [Inbound.Act.close, .rate(score: 3, comment: nil), .mark(delivered: 1, read: 1)] {
            await #expect(throws: Refusal.notFound("conversation")) { try await house.does(phone, act, .site(page: nil, startsNew: false)) }
        }
        await #expect(throws: Refusal.messageEmpty) { try await house.says(phone, " ", id: "c1") }
        #expect(try await house.head() == 0)
    }

    @Test("What is refused leaves nothing behind, and the next goes through")
    func refused() async throws {
        let id = try await house.question()
        let head = try await house.head()
        await #expect(throws: Refusal.messageTooLong(limit: 65_536)) {
            try await house.says(phone, String(repeating: "a", count: 65_537), id: "c2", in: .conversation(id))
        }
        await #expect(throws: Refusal.self) {
            try await house.says(phone, "Kuva", id: "c2", in: .conversation(id), attachments: ["olematon"])
        }
        #expect(try await house.head() == head)
        #expect(try await house.says(phone, "Kuva", id: "c2", in: .conversation(id)).message?.message.seq == head + 1)
    }

    private func set(_ change: @escaping @Sendable (inout Site) -> Void) async throws {
        _ = try await house.office.change(Loylymaki.shop.id, of: Loylymaki.workspace.id, change)
    }
}
