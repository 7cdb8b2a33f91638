import Core
import Reception
import Storage
import TestSupport
import Testing

/// Whoever was away asks “since number n?” and misses nothing, hears nothing twice, however much is said meanwhile.
@Suite("Coming back", .timeLimit(.minutes(4)))
struct ResumeTests {
    private static let writers = 8
    private static let messages = 60

    @Test("an agent who comes and goes through a flood hears every number once, in order")
    func agentInAFlood() async throws {
        try await Shop.open { shop in
            let juhani = try await shop.agent()
            async let flood: Void = flood(shop)
            var heard: [Int64] = []
            while heard.filter({ $0 > 0 }).count < 300 { heard += try await someNews(of: juhani, after: heard.last ?? 0, most: 23, shop) }
            try await flood
            let head = try await shop.head()
            while heard.last ?? 0 < head { heard += try await someNews(of: juhani, after: heard.last ?? 0, most: 400, upTo: head, shop) }
            #expect(heard == Array(1...head))
        }
    }

    @Test("a customer who comes and goes through the same flood hears their own, all of it, in order")
    func customerInAFlood() async throws {
        try await Shop.open { shop in
            let liisa = try await shop.visitor()
            async let flood: Void = flood(shop)
            var heard: [Int64] = []
            while heard.count < Self.messages / 2 { heard += try await someNews(of: liisa, after: heard.last ?? 0, most: 7, shop) }
            try await flood
            let own = try await shop.house.store.read {
                try $0.events(after: 0, for: .contact(Loylymaki.liisa.id, Loylymaki.workspace.id), limit: 5_000)
            }
            let last = own.last?.seq ?? 0
            while heard.last ?? 0 < last { heard += try await someNews(of: liisa, after: heard.last ?? 0, most: 100, upTo: last, shop) }
            #expect(heard == own.map(\.seq))
            #expect(own.count == Self.messages + 1)
        }
    }

    @Test("a long poll that asks again and again through a flood hears the same")
    func longPollInAFlood() async throws {
        try await Shop.open { shop in
            let juhani = try await shop.agent()
            async let flood: Void = flood(shop)
            var (heard, seq) = ([Int64](), Int64(0))
            while heard.count < Self.writers * (Self.messages + 1) {
                let news = try await shop.ask("GET", "/events?after=\(seq)&wait=5", juhani).json
                heard += news.events.asList.map(\.seq.asNumber)
                #expect(news.seq.asNumber >= heard.last ?? 0)
                seq = news.seq.asNumber
            }
            try await flood
            #expect(heard == Array(1...Int64(heard.count)))
        }
    }

    /// Several customers write at once, each message a commit of its own.
    private func flood(_ shop: Shop) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for writer in 0..<Self.writers {
                let contact = writer == 0 ? Loylymaki.liisa : Loylymaki.pekka
                let session = Loylymaki.session("istunto", of: contact)
                let id = writer == 0 ? nil : try await shop.silentConversation()
                group.addTask {
                    for number in 1...Self.messages {
                        let words = Words(clientID: "\(writer)-\(number)", text: "Viesti \(number)")
                        let matter: Inbound.Matter = id.map { .conversation($0) } ?? .site(page: nil, startsNew: false)
                        _ = try await shop.house.desk.receive(Inbound(.visitor(session), matter, .say(words)))
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    /// Connects, hears at most so many numbers, and is gone in the middle of it.
    private func someNews(of papers: Papers, after seq: Int64, most: Int, upTo last: Int64 = .max, _ shop: Shop) async throws -> [Int64] {
        let ear = try await Ear.open(port: shop.port, "/api/v1/socket?after=\(seq)", papers.headers)
        var heard: [Int64] = []
        while heard.count < most, heard.last ?? seq < last {
            let news = try await ear.hear()
            if news.seq.isThere, news.type != "hello" { heard.append(news.seq.asNumber) }
        }
        try await ear.leave()
        return heard
    }
}

extension Shop {
    /// Pekka's conversation that stands in the log as begun.
    fileprivate func silentConversation() async throws -> Conversation.ID {
        try await house.store.write { tx in
            let id = tx.world.newID(Conversation.self)
            let conversation = Loylymaki.conversation(id: id, of: Loylymaki.pekka)
            try tx.insert(conversation)
            try tx.append(.conversationStarted(tx.view(of: conversation)), of: conversation.workspace)
            return id
        }
    }
}
