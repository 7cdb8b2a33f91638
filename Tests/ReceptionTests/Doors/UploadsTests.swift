import Core
import Foundation
import Reception
import Storage
import Testing
import TestSupport

private let shop = Loylymaki.workspace.id
private let liisa = Author.contact("liisa")
private let text = Data("Kiukaan ohje".utf8)

@Suite("Files on their way into a message")
struct UploadsTests {
    let house: House
    init() async throws { house = try await House() }

    @Test("A file is kept, found by its address, and goes with one message")
    func journey() async throws {
        let file = try await house.uploads.receive(text, name: "ohje.txt", by: liisa, of: shop)
        #expect((file.name, file.type, file.size) == ("ohje.txt", "text/plain", text.count))
        let opened = try await house.uploads.open(token: file.token)
        #expect(opened.attachment == file && opened.bytes == text)
        let receipt = try await house.says(Loylymaki.liisasPhone, "", id: "c1", attachments: [file.id])
        #expect(receipt.message?.message.attachments == [file])
        await #expect(throws: Refusal.self) { try await house.says(Loylymaki.liisasPhone, "Uudestaan", id: "c2", attachments: [file.id]) }
    }

    @Test("Nobody sends another's file")
    func others() async throws {
        let file = try await house.uploads.receive(text, name: "ohje.txt", by: liisa, of: shop)
        await #expect(throws: Refusal.self) { try await house.says(Loylymaki.pekkasComputer, "Minun", id: "c1", attachments: [file.id]) }
        #expect(try await house.head() == 0)
    }

    @Test("The same file twice in one message is refused, and nothing of it is stored")
    func twice() async throws {
        let file = try await house.uploads.receive(text, name: "ohje.txt", by: liisa, of: shop)
        let receipt = try? await house.says(Loylymaki.liisasPhone, "Kaksi", id: "c1", attachments: [file.id, file.id])
        let stored = try await house.store.read { try $0.row("SELECT COUNT(*) AS n FROM messages")?.count("n") }
        #expect(receipt == nil && stored == 0)
    }

    @Test("What was ready to be sent can be sent after the customer has been recognised")
    func recognised() async throws {
        let file = try await house.uploads.receive(text, name: "ohje.txt", by: .contact("pekka"), of: shop)
        try await house.store.write { try $0.moveConversations(from: "pekka", to: "liisa") }
        let receipt = try await house.says(Loylymaki.liisasPhone, "Ohje", id: "c1", attachments: [file.id])
        #expect(receipt.message?.message.attachments.count == 1)
    }

    @Test(
        "A name is made harmless",
        arguments: [
            ("../../etc/passwd", "passwd"), (#"C:\kuvat\kuitti.pdf"#, "kuitti.pdf"), ("lasku\u{202E}fdp.txt", "laskufdp.txt"),
            ("a\0\n\tb.txt", "ab.txt"),
            ("", "file"), ("///", "file"), ("..", "file"), (".", "file"), ("  ", "file"), ("kuva/..", "file"),
            ("löylykauha 🔥.png", "löylykauha 🔥.png"),
            ("\u{2066}x\u{2069}", "x"), (String(repeating: "ä", count: 400), String(repeating: "ä", count: 150)),
        ])
    func names(given: String, kept: String) async throws {
        #expect(try await house.uploads.receive(text, name: given, by: liisa, of: shop).name == kept)
    }

    @Test("Nothing, too much and programs are refused")
    func refused() async throws {
        await #expect(throws: Refusal.uploadEmpty) { try await house.uploads.receive(Data(), name: "tyhjä", by: liisa, of: shop) }
        await #expect(throws: Refusal.uploadTooLarge(limit: 26_214_400)) {
            try await house.uploads.receive(Data(count: 26_214_401), name: "elokuva", by: liisa, of: shop)
        }
        await #expect(throws: Refusal.uploadTypeRefused("kuva.png")) {
            try await house.uploads.receive(Data("MZ\u{0}".utf8), name: "kuva.png", by: liisa, of: shop)
        }
        #expect(try await house.store.read { try $0.row("SELECT id FROM attachments") } == nil)
    }

    @Test("A picture of oneself is a picture")
    func pictureOnly() async throws {
        await #expect(throws: Refusal.self) {
            try await house.uploads.receive(text, name: "kuva.png", by: liisa, of: shop, pictureOnly: true)
        }
    }

    @Test("There is no file behind a guessed address", arguments: ["", "arvaus", "../x"])
    func guessed(token: String) async throws {
        await #expect(throws: Refusal.notFound("file")) { try await house.uploads.open(token: token) }
    }

    @Test("What nobody sent within a day is swept away; what somebody still needs stays")
    func sweep() async throws {
        let (sent, forgotten) = (Data("lähetetty".utf8), Data("unohtunut".utf8))
        let kept = try await house.uploads.receive(sent, name: "a.txt", by: liisa, of: shop)
        let twin = try await house.uploads.receive(sent, name: "b.txt", by: liisa, of: shop)
        let lost = try await house.uploads.receive(forgotten, name: "c.txt", by: liisa, of: shop)
        try await house.says(Loylymaki.liisasPhone, "", id: "c1", attachments: [kept.id])
        try await house.store.write { try $0.schedule(.sweepUploads, shop.text, at: $0.now, of: shop) }
        house.clock.advance(seconds: 86_401)
        for _ in 0..<2 { try await house.reactions.takeJobs() }
        #expect(try await house.uploads.open(token: kept.token).bytes == sent)
        for file in [twin, lost] { await #expect(throws: Refusal.notFound("file")) { try await house.uploads.open(token: file.token) } }
        #expect(try await house.store.read { try $0.nextJobTime() } == house.clock.now.adding(seconds: 3600))
    }

    @Test("The picture that an agent shows stays; the one before it goes after a day")
    func pictures() async throws {
        let png = Data(
            [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13] + Array("IHDR".utf8) + [0, 0, 0, 1, 0, 0, 0, 1, 8, 6, 0, 0, 0])
        let maija = Author.agent(Loylymaki.maija.id)
        let before = try await house.uploads.receive(png, name: "a", by: maija, of: shop, pictureOnly: true)
        let shown = try await house.uploads.receive(png, name: "b", by: maija, of: shop, pictureOnly: true)
        for picture in [before, shown] {
            _ = try await house.office.change(Loylymaki.maija.id, of: shop) { $0.picture = "/pictures/\(picture.token)" }
        }
        for _ in 1...3 {
            try await house.store.write { try $0.schedule(.sweepUploads, shop.text, at: $0.now, of: shop) }
            house.clock.advance(seconds: 86_401)
            try await house.reactions.takeJobs()
        }
        #expect(try await house.uploads.open(token: shown.token).bytes == png)
        await #expect(throws: Refusal.notFound("file")) { try await house.uploads.open(token: before.token) }
    }
}
