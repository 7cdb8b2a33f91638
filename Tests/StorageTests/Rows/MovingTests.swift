import Core
import Storage
import Testing
import TestSupport

private let shop = Loylymaki.workspace.id

@Suite("One person turns out to be another")
struct MovingTests {
    let store: Store

    /// Pekka has written, and has a file ready to send, before he is known to be Liisa's household: all of it becomes Liisa's.
    init() async throws {
        store = try await .withShop()
        try await store.write { tx in
            var own = try tx.start(Loylymaki.conversation(id: "liisan"))
            try tx.add(.reply("Minä ensin"), by: .contact("liisa"), to: &own, clientID: "c1")
            var moved = try tx.start(Loylymaki.conversation(id: "pekan", of: Loylymaki.pekka))
            try tx.add(.reply("Entä lauteet?"), by: .contact("pekka"), to: &moved, clientID: "c2")
            try tx.add(.reply("Tulossa"), by: .agent("maija"), to: &moved, clientID: "c3")
            try tx.insert(
                Core.Attachment(id: "kuva", name: "kuva.png", type: "image/png", size: 1, digest: "d", token: "t"), by: .contact("pekka"),
                of: shop)
            try tx.moveConversations(from: "pekka", to: "liisa")
        }
    }

    @Test("Conversations, messages and sessions follow")
    func follow() async throws {
        #expect(Set(try await store.read { try $0.conversations(of: "liisa").map(\.id.text) }) == ["liisan", "pekan"])
        #expect(try await store.read { try $0.conversations(of: "pekka") }.isEmpty)
        let thread = try await store.read { try $0.messages(of: "pekan", before: .max, limit: 9, withInternal: true) }
        #expect(thread.map(\.author) == [.contact("liisa"), .agent("maija")])
        #expect(try await store.read { try $0.visitorSession(tokenHash: "token of pekan-kone")?.contact } == "liisa")
    }

    @Test("The log reads as if it had always been them")
    func log() async throws {
        let seqs = try await store.read { try $0.events(after: 0, for: .contact("liisa", shop), limit: 99).map(\.seq) }
        #expect(seqs == [1, 2, 3, 4, 5])
        #expect(try await store.read { try $0.events(after: 0, for: .contact("pekka", shop), limit: 99) }.isEmpty)
    }

    @Test("A message sent again under its client id is still the same message")
    func clientIDs() async throws {
        #expect(try await store.read { try $0.message(clientID: "c2", by: .contact("liisa"))?.text } == "Entä lauteet?")
    }

    @Test("The list names them as who wrote last and who opened it")
    func lastAuthor() async throws {
        try await store.write { tx in
            var mine = try tx.start(Loylymaki.conversation(id: "uusi", of: Loylymaki.pekka))
            try tx.add(.reply("Vielä yksi"), by: .contact("pekka"), to: &mine, clientID: "c4")
            try tx.moveConversations(from: "pekka", to: "liisa")
        }
        let conversation = try await store.read { try $0.conversation("uusi", of: shop) }
        #expect(conversation.last?.author == .contact("liisa"))
        #expect(conversation.standing.by == .contact("liisa"))
    }

    @Test("A file that was ready to be sent can still be sent")
    func uploads() async throws {
        #expect(try await store.read { try $0.unusedAttachments(["kuva"], by: .contact("liisa")).count } == 1)
    }
}
