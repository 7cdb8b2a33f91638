import Core
import Storage
import Testing
import TestSupport

private let shop = Loylymaki.workspace.id

@Suite("The event log")
struct LogTests {
    let store: Store

    init() async throws {
        store = try await .withShop()
        try await store.write { tx in
            var kiuas = try tx.start(Loylymaki.conversation())
            try tx.add(.reply("Onko kiuas tullut?"), by: .contact("liisa"), to: &kiuas)
            try tx.add(.note("Verstaalla", mentions: ["juhani"]), by: .agent("maija"), to: &kiuas)
            try tx.append(.agentChanged(Loylymaki.maija), of: shop)
            var lauteet = try tx.start(Loylymaki.conversation(id: "lauteet", of: Loylymaki.pekka))
            try tx.add(.reply("Mitä lauteet maksavat?"), by: .contact("pekka"), to: &lauteet)
            try tx.append(.conversationMarked("kiuas", "liisa", .agent, .init(delivered: 2, read: 2)), of: shop)
            try tx.append(.contactChanged(Loylymaki.liisa), of: shop)
            try tx.append(.cannedReplyRemoved("tervehdys"), of: shop)
        }
    }

    @Test("An agent reads everything in the order of its numbers, without a gap")
    func agentReads() async throws {
        let events = try await read(.agent(shop))
        #expect(events.map(\.seq) == Array(1...9))
        #expect(
            events.map(\.name) == [
                "started kiuas", "Onko kiuas tullut?", "Verstaalla", "agent maija", "started lauteet", "Mitä lauteet maksavat?",
                "marked kiuas",
                "contact liisa", "removed tervehdys",
            ])
    }

    @Test("A customer reads what concerns them, and nothing internal")
    func contactReads() async throws {
        #expect(
            try await read(.contact("liisa", shop)).map(\.name) == ["started kiuas", "Onko kiuas tullut?", "marked kiuas", "contact liisa"])
        #expect(try await read(.contact("pekka", shop)).map(\.name) == ["started lauteet", "Mitä lauteet maksavat?"])
        #expect(try await read(.contact("nobody", shop)).isEmpty)
    }

    @Test("Another company reads nothing of it")
    func neighbourReads() async throws {
        #expect(try await read(.agent(Loylymaki.neighbour.id)).isEmpty)
        #expect(try await store.read { try $0.head(of: Loylymaki.neighbour.id) } == 0)
    }

    @Test("Each company counts for itself")
    func ownNumbers() async throws {
        try await store.write { try $0.append(.agentChanged(Loylymaki.stranger), of: Loylymaki.neighbour.id) }
        #expect(try await read(.agent(Loylymaki.neighbour.id)).map(\.seq) == [1])
        #expect(try await store.read { try $0.head(of: shop) } == 9)
    }

    @Test("Reading on from any number, in pages of any size, gives the same", arguments: [Reader.agent(shop), .contact("liisa", shop)])
    func pages(reader: Reader) async throws {
        for (after, size) in (0...9 as ClosedRange<Int64>).flatMap({ after in [1, 2, 3, 7].map { (after, $0) } }) {
            var (seen, last) = ([String](), after)
            while case let page = try await read(reader, after: last, limit: size), let newest = page.last?.seq {
                seen += page.map(\.name)
                last = newest
            }
            #expect(seen == (try await read(reader, after: after)).map(\.name))
        }
    }

    @Test("What was told and what is read later are the same")
    func toldIsRead() async throws {
        let told = Notebook<Event>()
        store.tell { told.write($0) }
        try await store.write { tx in
            var kiuas = try tx.conversation("kiuas", of: shop)
            try tx.add(.happening(.joined("juhani")), by: .system, to: &kiuas)
            try tx.add(.reply("Tulossa!"), by: .agent("juhani"), to: &kiuas, clientID: "c1")
            try tx.append(.conversationChanged(tx.view(of: kiuas), by: .agent("juhani")), of: shop)
        }
        let read = try await read(.agent(shop), after: 9)
        #expect(told.notes.map(\.seq) == read.map(\.seq))
        for (one, other) in zip(told.notes, read) {
            #expect(one.name == other.name && one.contact == other.contact && one.isInternal == other.isInternal && one.at == other.at)
            if case (.messageAdded(let one), .messageAdded(let other)) = (one.kind, other.kind) { #expect(one.message == other.message) }
            if case (.conversationChanged(let one, _), .conversationChanged(let other, _)) = (one.kind, other.kind) {
                #expect(one == other)
            }
        }
    }

    @Test("A number taken by a write that was undone is given to the next")
    func noGap() async throws {
        for _ in 0..<3 {
            await #expect(throws: Refusal.messageEmpty) {
                try await store.write { tx in
                    try tx.append(.contactChanged(Loylymaki.liisa), of: shop)
                    throw Refusal.messageEmpty
                }
            }
        }
        #expect(try await store.write { try $0.nextSeq(of: shop) } == 10)
    }

    @Test("There is no log of nobody")
    func nobody() async throws {
        await #expect(throws: Refusal.notFound("workspace")) { try await store.write { try $0.nextSeq(of: "nobody") } }
    }

    private func read(_ reader: Reader, after seq: Int64 = 0, limit: Int = 100) async throws -> [Event] {
        try await store.read { try $0.events(after: seq, for: reader, limit: limit) }
    }
}

extension Event {
    fileprivate var name: String {
        switch kind {
        case .conversationStarted(let view): "started \(view.conversation.id)"
        case .messageAdded(let view): view.message.text
        case .conversationChanged(let view, _): "changed \(view.conversation.id)"
        case .conversationMarked(let id, _, _, _): "marked \(id)"
        case .contactChanged(let contact): "contact \(contact.id)"
        case .agentChanged(let agent): "agent \(agent.id)"
        case .teamChanged(let team): "team \(team.id)"
        case .siteChanged(let site): "site \(site.id)"
        case .cannedReplyChanged(let reply): "reply \(reply.id)"
        case .cannedReplyRemoved(let id): "removed \(id)"
        }
    }
}
