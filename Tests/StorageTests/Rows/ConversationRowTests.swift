import Core
import Storage
import Testing
import TestSupport

private let shop = Loylymaki.workspace.id

@Suite("Conversations and messages in their rows")
struct ConversationRowTests {
    let store: Store
    init() async throws { store = try await .withShop() }

    @Test("A conversation is read back as it was, in every state")
    func roundTrip() async throws {
        var dice = Dice(seed: 7)
        for number in 0..<100 {
            let conversation = Self.anything(&dice, id: .init("\(number)"))
            let read = try await store.write { tx in try tx.conversation(tx.start(conversation).id, of: shop) }
            #expect(read == conversation)
        }
    }

    static let happenings: [Happening] = [
        .joined("maija"), .left("maija"), .transferred(from: "maija", to: "juhani", team: nil),
        .transferred(from: nil, to: nil, team: "palvelu"),
        .assigned(to: "juhani", team: "palvelu", by: .agent("maija")), .assigned(to: nil, team: nil, by: .bot),
        .closed(by: .contact("liisa")),
        .closed(by: .agent("maija")), .reopened(by: .contact("liisa")), .snoozed(until: Loylymaki.opened, by: .agent("maija")),
        .woken(by: .system), .rated(score: 3, comment: "Kiitos!"), .rated(score: 1, comment: nil),
    ]

    @Test(
        "Whatever stands in a thread is read back as it was",
        arguments: happenings.map(Message.Content.happening) + [
            .reply(""), .reply("Moi \u{202E}🧖‍♀️ '; DROP TABLE messages"), .note("Soita", mentions: ["maija", "juhani"]),
            .note("Ei kenellekään", mentions: []),
        ])
    func contents(content: Message.Content) async throws {
        let (written, thread) = try await store.write { tx in
            var conversation = try tx.start(Loylymaki.conversation())
            let written = try tx.add(content, by: .agent("maija"), to: &conversation, clientID: "c1")
            return (written, try tx.messages(of: conversation.id, before: .max, limit: 5, withInternal: true))
        }
        #expect(thread == [written])
    }

    @Test("A thread is read backwards page by page, each page oldest first; notes only for the team")
    func pages() async throws {
        try await store.write { tx in
            var conversation = try tx.start(Loylymaki.conversation())
            for number in 2...10 {
                let content: Message.Content = number % 3 == 0 ? .note("\(number)", mentions: []) : .reply("\(number)")
                try tx.add(content, by: .agent("maija"), to: &conversation)
            }
        }
        #expect(try await thread(before: .max, limit: 4, withInternal: true) == ["7", "8", "9", "10"])
        #expect(try await thread(before: 7, limit: 4, withInternal: true) == ["3", "4", "5", "6"])
        #expect(try await thread(before: 3, limit: 4, withInternal: true) == ["2"])
        #expect(try await thread(before: .max, limit: 4, withInternal: false) == ["5", "7", "8", "10"])
        #expect(try await thread(before: 2, limit: 4, withInternal: false) == [])
    }

    @Test("What the other side has said past the mark is unread; notes and happenings never are")
    func unread() async throws {
        let (byContact, byAgent) = try await store.write { tx in
            var conversation = try tx.start(Loylymaki.conversation())
            for text in ["yksi", "kaksi"] { try tx.add(.reply(text), by: .contact("liisa"), to: &conversation) }
            try tx.add(.happening(.joined("maija")), by: .system, to: &conversation)
            try tx.add(.reply("kolme"), by: .agent("maija"), to: &conversation)
            try tx.add(.note("neljä", mentions: []), by: .agent("juhani"), to: &conversation)
            conversation.agentMark = .init(delivered: 2, read: 2)
            return (try tx.unread(in: conversation, by: .contact), try tx.unread(in: conversation, by: .agent))
        }
        #expect((byContact, byAgent) == (1, 1))
    }

    @Test("A tag is there once, and says whether it was new")
    func tags() async throws {
        let answers = try await store.write { tx in
            let conversation = try tx.start(Loylymaki.conversation())
            return [
                try tx.tag(conversation, "takuu"), try tx.tag(conversation, "takuu"), try tx.tag(conversation, "kiuas"),
                try tx.untag(conversation, "takuu"), try tx.untag(conversation, "takuu"),
            ]
        }
        #expect(answers == [true, false, true, true, false])
        #expect(try await store.read { try $0.tags(of: "kiuas") } == ["kiuas"])
        #expect(try await store.read { try $0.tags(of: shop) } == ["kiuas"])
        #expect(try await store.read { try $0.tags(of: Loylymaki.neighbour.id) } == [])
    }

    @Test("A visitor's current conversation is the newest that goes on, else the newest closed one")
    func latest() async throws {
        func latest() async throws -> String? {
            try await store.read { try $0.latestConversation(of: "liisa", on: Loylymaki.shop.id)?.id.text }
        }
        #expect(try await latest() == nil)
        for (id, state) in [("a", .closed), ("b", .closed), ("c", .waiting), ("d", .closed)] as [(Conversation.ID, Conversation.State)] {
            try await store.write { _ = try $0.start(Loylymaki.conversation(state, id: id)) }
            #expect(try await latest() == (id.text < "c" ? id.text : "c"))
        }
    }

    @Test("What belongs to another company is not found")
    func neighbour() async throws {
        try await store.write { _ = try $0.start(Loylymaki.conversation()) }
        let other = Loylymaki.neighbour.id
        await #expect(throws: Refusal.notFound("conversation")) { try await store.read { try $0.conversation("kiuas", of: other) } }
        await #expect(throws: Refusal.notFound("contact")) { try await store.read { try $0.contact("liisa", of: other) } }
        await #expect(throws: Refusal.notFound("agent")) { try await store.read { try $0.agent("maija", of: other) } }
        await #expect(throws: Refusal.notFound("team")) { try await store.read { try $0.team("palvelu", of: other) } }
        await #expect(throws: Refusal.notFound("site")) { try await store.read { try $0.site("verkkokauppa", of: other) } }
    }

    @Test("People, sites and teams are read back as they were")
    func others() async throws {
        var (site, tuula) = (Loylymaki.shop, Loylymaki.tuula)
        site.look.greeting = ["fi": "Moro!", "sv": "Tja!"]
        site.languages = [.swedish, .finnish]
        (site.peek, site.identityRequired, site.onReturn) = (true, true, .continue)
        site.privacyText = ["fi": "Näemme mitä kirjoitat"]
        (tuula.teams, tuula.presence, tuula.isActive, tuula.settings) = (["palvelu", "verstas"], .break, false, #"{"sound":false}"#)
        var liisa = Loylymaki.liisa
        liisa.attributes = ["ostoja": .number(3), "kanta-asiakas": .flag(true), "mökki": .text("Kangasala")]
        liisa.language = .swedish
        try await store.write { [site, tuula, liisa] tx in
            try tx.save(site)
            try tx.save(tuula)
            try tx.save(liisa)
        }
        #expect(try await store.read { try $0.site(key: "loylymaki") } == site)
        #expect(try await store.read { try $0.agent(email: "TUULA@loylymaki.example") } == tuula)
        #expect(try await store.read { try $0.agents(of: shop) } == [Loylymaki.juhani, Loylymaki.maija, tuula])
        #expect(try await store.read { try $0.contact("liisa", of: shop) } == liisa)
        #expect(try await store.read { try $0.teams(of: shop) } == [Loylymaki.service, Loylymaki.workshop])
        #expect(try await store.read { try $0.visitorSession(tokenHash: "token of liisan-puhelin") } == Loylymaki.liisasPhone)
    }

    private func thread(before: Int64, limit: Int, withInternal: Bool) async throws -> [String] {
        try await store.read { try $0.messages(of: "kiuas", before: before, limit: limit, withInternal: withInternal).map(\.text) }
    }

    private static func anything(_ dice: inout Dice, id: Conversation.ID) -> Conversation {
        func maybe<Thing>(_ thing: Thing) -> Thing? { Bool.random(using: &dice) ? thing : nil }
        let now = Loylymaki.opened
        let states: [Conversation.State] = [.bot, .waiting, .open, .snoozed(until: now.adding(seconds: 9)), .closed]
        let authors: [Author] = [.contact("liisa"), .agent("maija"), .bot, .system]
        var conversation = Loylymaki.conversation(
            states.randomElement(using: &dice) ?? .open, agent: maybe("maija"), spokesperson: maybe("juhani"), owedSince: maybe(now),
            lastSeq: .random(in: 0...9, using: &dice), id: id)
        conversation.standing = .init(conversation.state, since: now.adding(seconds: 5), by: authors.randomElement(using: &dice) ?? .bot)
        conversation.team = maybe("palvelu")
        conversation.last = maybe(.init(text: "löylyä 🔥", author: .contact("liisa"), at: now.adding(seconds: 3)))
        conversation.contactMark = .init(delivered: 7, read: .random(in: 0...7, using: &dice))
        conversation.agentMark = .init(delivered: 5, read: .random(in: 0...5, using: &dice))
        (conversation.unreadByContact, conversation.unreadByAgent) = (3, 4)
        conversation.rating = maybe(.init(score: 2, comment: maybe("Ihan hyvä")))
        conversation.page = maybe(Page(url: "https://loylymaki.example/", title: "", referrer: maybe("https://haku.example/")))
        return conversation
    }
}
