import Core
import Foundation
import Storage
import Testing
import TestSupport

private let shop = Loylymaki.workspace.id

@Suite("Attached files")
struct AttachmentTests {
    let clock = Clock()
    let store: Store

    init() async throws { store = try await .withShop(.fixed(clock)) }

    @Test("A file goes into a message of its uploader, once, in the order asked for")
    func used() async throws {
        try await upload("yksi", "kaksi", "kolme")
        let files = try await store.read { try $0.unusedAttachments(["kolme", "yksi"], by: .contact("liisa")) }
        #expect(files.map(\.id) == ["kolme", "yksi"])
        try await send(files)
        let thread = try await store.read { try $0.messages(of: "kiuas", before: .max, limit: 5, withInternal: true) }
        #expect(thread.map(\.attachments) == [files])
        await #expect(throws: Refusal.self) { try await store.read { try $0.unusedAttachments(["yksi"], by: .contact("liisa")) } }
        #expect(try await store.read { try $0.unusedAttachments(["kaksi"], by: .contact("liisa")).count } == 1)
    }

    @Test("Nobody uses another's upload, nor one that isn't there", arguments: [Author.contact("pekka"), .agent("maija"), .bot])
    func othersUploads(author: Author) async throws {
        try await upload("yksi")
        await #expect(throws: Refusal.self) { try await store.read { try $0.unusedAttachments(["yksi"], by: author) } }
        await #expect(throws: Refusal.self) { try await store.read { try $0.unusedAttachments(["nolla"], by: .contact("liisa")) } }
    }

    @Test("The address of a file is its token, and no other")
    func address() async throws {
        try await upload("yksi")
        #expect(try await store.read { try $0.attachment(token: "token of yksi")?.id } == "yksi")
        #expect(try await store.read { try $0.attachment(token: "yksi") } == nil)
        #expect(try await store.read { try $0.attachment(token: "") } == nil)
    }

    @Test("What was never sent is swept away when old; bytes that something still needs are kept")
    func sweep() async throws {
        try await upload("lähetetty", "unohtunut", digest: "same")
        try await upload("turha")
        try await send(store.read { try $0.unusedAttachments(["lähetetty"], by: .contact("liisa")) })
        clock.advance(seconds: 100)
        try await upload("tuore")
        let gone = try await store.write { tx in try tx.removeUnusedAttachments(before: tx.now.adding(seconds: -50), limit: 10) }
        #expect(gone == ["digest of turha"])
        let left = try await store.read { try $0.rows("SELECT id FROM attachments ORDER BY id").map { try $0.text("id") } }
        #expect(left == ["lähetetty", "tuore"])
    }

    @Test("A sweep takes so many at a time, the oldest first")
    func sweepLimit() async throws {
        for number in 0..<5 {
            try await upload("\(number)")
            clock.advance(seconds: 1)
        }
        let gone = try await store.write { tx in try tx.removeUnusedAttachments(before: tx.now, limit: 2) }
        #expect(Set(gone) == ["digest of 0", "digest of 1"])
    }

    private func upload(_ ids: String..., digest: String? = nil) async throws {
        try await store.write { tx in
            for id in ids {
                let file = Core.Attachment(
                    id: .init(id), name: "\(id).png", type: "image/png", size: 5, digest: digest ?? "digest of \(id)",
                    token: "token of \(id)",
                    width: 640, height: 480)
                try tx.insert(file, by: .contact("liisa"), of: shop)
            }
        }
    }

    private func send(_ files: [Core.Attachment]) async throws {
        try await store.write { tx in
            let conversation = try tx.start(Loylymaki.conversation())
            try tx.insert(
                Message(
                    id: "viesti", conversation: conversation.id, author: .contact("liisa"), content: .reply("Kuva ohessa"), at: tx.now,
                    seq: tx.nextSeq(of: shop), attachments: files), of: shop)
        }
    }
}
