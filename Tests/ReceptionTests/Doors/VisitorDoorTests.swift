import Core
import Crypto
import Foundation
import Reception
import Storage
import Testing
import TestSupport

private let shop = Loylymaki.workspace.id
private let firefox = Device(browser: "Firefox", os: "Android", kind: .phone)
private let front = Page(url: "https://loylymaki.example/", title: "Etusivu")

@Suite("The visitors' door")
struct VisitorDoorTests {
    let house: House
    init() async throws { house = try await House() }

    // MARK: Coming in

    @Test("A new visitor gets a session and a token that nobody guesses")
    func newcomer() async throws {
        let welcome = try await enter(languages: ["sv-FI", "fi"])
        #expect(welcome.token?.count == 40)
        #expect((welcome.session.language, welcome.contact.language) == (.swedish, .swedish))
        #expect(welcome.contact.name == nil && !welcome.contact.isVerified)
        #expect(welcome.conversation == nil)
        #expect(welcome.session.page == front)
    }

    @Test("The token of a session lies nowhere in the database")
    func tokenIsHashed() async throws {
        let token = try #require(try await enter().token)
        let hashes = try await house.store.read { try $0.rows("SELECT token_hash FROM visitor_sessions").map { try $0.text("token_hash") } }
        #expect(hashes.count == 3 && !hashes.contains(token))
    }

    @Test("With its token the visit goes on: same contact, same conversation, new page")
    func goOn() async throws {
        let first = try await enter()
        try await house.says(first.session, "Moi", id: "c1")
        house.clock.advance(seconds: 600)
        let second = try await enter(token: first.token, page: Page(url: "https://loylymaki.example/kori", title: "Kori"))
        #expect(second.token == nil)
        #expect((second.session.id, second.contact.id) == (first.session.id, first.contact.id))
        #expect((second.session.page?.title, second.session.seenAt) == ("Kori", house.clock.now))
        #expect(second.conversation?.conversation.last?.text == "Moi")
        #expect(second.seq == 2)
    }

    @Test("A token of another site, an old one or nonsense begins anew", arguments: ["foreign", "left", "x", "", "'; --"])
    func strangeTokens(kind: String) async throws {
        var token = kind
        if kind == "foreign" {
            let other = try await house.office.addSite(name: "Toinen", key: "toinen", origins: [], to: shop)
            token = try #require(
                try await house.visitors.enter(site: other.key, token: nil, page: nil, languages: [], device: firefox).token)
        }
        if kind == "left" {
            let gone = try await enter()
            token = try #require(gone.token)
            try await house.visitors.leave(gone.session)
        }
        let welcome = try await enter(token: token)
        #expect(welcome.token != nil && welcome.token != token)
        await #expect(throws: Refusal.notSignedIn) { try await house.visitors.find(token: token, site: "loylymaki") }
    }

    @Test("There is no door to a site that isn't")
    func unknownSite() async throws {
        await #expect(throws: Refusal.unknownSite("olematon")) {
            try await house.visitors.enter(site: "olematon", token: nil, page: nil, languages: [], device: firefox)
        }
        for token in ["x", try #require(try await enter().token)] {
            await #expect(throws: Refusal.unknownSite("olematon")) { try await house.visitors.find(token: token, site: "olematon") }
        }
    }

    @Test("Who has moved to another page or language is seen there")
    func moves() async throws {
        let welcome = try await enter()
        try await house.visitors.move(welcome.session, to: Page(url: "https://loylymaki.example/kivet", title: "Kivet"), language: .english)
        let session = try await find(welcome)
        #expect((session.page?.title, session.language) == ("Kivet", .english))
        try await house.visitors.move(session, to: nil, language: nil)
        #expect(try await find(welcome).page?.title == "Kivet")
    }

    // MARK: Being somebody

    @Test("What a page merely says of its visitor is noted, and proves nothing")
    func unproven() async throws {
        let welcome = try await enter()
        let (contact, changed, _) = try await house.visitors.identify(
            welcome.session, as: .init(id: "A-1", email: "liisa@example.com", name: "Liisa", attributes: ["ostoja": .number(3)]))
        #expect((contact.id, changed, contact.isVerified) == (welcome.contact.id, false, false))
        #expect((contact.name, contact.attributes) == ("Liisa", ["ostoja": .number(3)]))
    }

    @Test("Saying the same again tells nobody anything new")
    func unchanged() async throws {
        let welcome = try await enter()
        let first = try await house.visitors.identify(welcome.session, as: .init(name: "Liisa"))
        let second = try await house.visitors.identify(welcome.session, as: .init(name: "Liisa"))
        #expect((first.seq, second.seq) == (1, 1))
    }

    @Test("With a right proof the visitor is that customer", arguments: [true, false])
    func proven(isRequired: Bool) async throws {
        try await require(isRequired)
        let welcome = try await enter()
        let (contact, changed, _) = try await house.visitors.identify(
            welcome.session, as: .init(id: "A-1", name: "Liisa", hash: proof("A-1")))
        #expect((contact.externalID, contact.isVerified, changed) == ("A-1", true, false))
        #expect(contact.id == welcome.contact.id)
    }

    @Test(
        "A wrong proof is refused, required or not, and nothing is noted",
        arguments: [true, false])
    func wrongProof(isRequired: Bool) async throws {
        try await require(isRequired)
        let welcome = try await enter()
        let near = [proof("A-2"), proof("A-1", secret: "arvaus"), String(proof("A-1").dropLast())]
        for hash in ["", "00", String(repeating: "0", count: 64), String(repeating: "ä", count: 32)] + near {
            await #expect(throws: Refusal.identityNotProven) {
                try await house.visitors.identify(welcome.session, as: .init(id: "A-1", name: "Joku muu", hash: hash))
            }
        }
        #expect(try await contact(welcome.contact.id).name == nil)
    }

    @Test("Where proof is required, a claim without one is refused")
    func missingProof() async throws {
        try await require(true)
        let welcome = try await enter()
        await #expect(throws: Refusal.identityNotProven) { try await house.visitors.identify(welcome.session, as: .init(id: "A-1")) }
        #expect(try await house.visitors.identify(welcome.session, as: .init(name: "Liisa")).contact.name == "Liisa")
    }

    @Test("The history follows a customer to another browser, and what they said there joins it")
    func historyFollows() async throws {
        let (home, work) = (try await enter(), try await enter())
        try await house.says(home.session, "Kotona kysytty", id: "c1")
        _ = try await house.visitors.identify(home.session, as: .init(id: "A-1", name: "Liisa", hash: proof("A-1")))
        house.clock.advance(seconds: 60)
        try await house.says(work.session, "Töissä kysytty", id: "c2")

        let (contact, changed, _) = try await house.visitors.identify(work.session, as: .init(id: "A-1", hash: proof("A-1")))
        #expect((contact.id, changed) == (home.contact.id, true))
        let session = try await find(work)
        #expect(session.contact == contact.id)
        let texts = try await house.store.read { try $0.conversations(of: contact.id).compactMap(\.last?.text) }
        #expect(texts == ["Töissä kysytty", "Kotona kysytty"])
        let heard = try await house.news(for: .contact(contact.id, shop))
        #expect(
            heard.compactMap { ($0["message"] as? [String: any Sendable])?["text"] as? String } == ["Kotona kysytty", "Töissä kysytty"])
        #expect(try await house.says(session, "Töissä kysytty", id: "c2").isRepeated)
    }

    @Test("On a shared computer each customer keeps their own history")
    func sharedComputer() async throws {
        let welcome = try await enter()
        _ = try await house.visitors.identify(welcome.session, as: .init(id: "A-1", name: "Liisa", hash: proof("A-1")))
        try await house.says(welcome.session, "Liisan asia", id: "c1")

        let second = try await house.visitors.identify(find(welcome), as: .init(id: "B-2", name: "Pekka", hash: proof("B-2")))
        #expect(second.changed && second.contact.externalID == "B-2")
        #expect(try await house.store.read { try $0.conversations(of: second.contact.id) }.isEmpty)
        let pekkas = try await find(welcome)
        let id = try #require(try await house.says(pekkas, "Pekan asia", id: "c1").message?.message.conversation)

        let third = try await house.visitors.identify(pekkas, as: .init(id: "A-1", hash: proof("A-1")))
        #expect((third.contact.id, third.contact.name) == (welcome.contact.id, "Liisa"))
        let liisas = try await find(welcome)
        #expect(try await house.store.read { try $0.conversations(of: liisas.contact).compactMap(\.last?.text) } == ["Liisan asia"])
        await #expect(throws: Refusal.notFound("conversation")) {
            try await house.says(liisas, "Kurkistus", id: "c9", in: .conversation(id))
        }
    }

    @Test("An unproven claim never overwrites what is known of a proven customer")
    func unprovenOverProven() async throws {
        let welcome = try await enter()
        _ = try await house.visitors.identify(welcome.session, as: .init(id: "A-1", name: "Liisa", hash: proof("A-1")))
        let (contact, changed, _) = try await house.visitors.identify(
            find(welcome), as: .init(id: "B-2", name: "Ilkimys", attributes: ["alennus": .number(100)]))
        #expect((contact.name, contact.externalID, contact.attributes.count, changed) == ("Liisa", "A-1", 0, false))
    }

    @Test(
        "Claims have a size",
        arguments: [
            VisitorDoor.Claim(name: String(repeating: "a", count: 201)), .init(email: "a\0b"),
            .init(id: String(repeating: "1", count: 201)),
            .init(attributes: Dictionary(uniqueKeysWithValues: (0..<51).map { ("\($0)", .flag(true)) })),
            .init(attributes: [String(repeating: "a", count: 61): .flag(true)]),
            .init(attributes: ["a": .text(String(repeating: "a", count: 1_001))]), .init(attributes: ["a": .text("\0")]),
        ])
    func largeClaims(claim: VisitorDoor.Claim) async throws {
        let welcome = try await enter()
        await #expect(throws: Refusal.self) { try await house.visitors.identify(welcome.session, as: claim) }
    }

    @Test("Attributes add up; when they are too many, the newest stay")
    func attributes() async throws {
        let welcome = try await enter()
        func note(_ numbers: Range<Int>) async throws -> Int {
            let attributes = Dictionary(uniqueKeysWithValues: numbers.map { ("\($0)", Contact.Attribute.flag(true)) })
            return try await house.visitors.identify(welcome.session, as: .init(attributes: attributes)).contact.attributes.count
        }
        #expect(try await note(0..<30) == 30)
        #expect(try await note(20..<50) == 50)
        #expect(try await note(60..<70) == 10)
    }

    // MARK: Going

    @Test("Who leaves is forgotten here; what they said stays with the company")
    func leaves() async throws {
        let welcome = try await enter()
        let receipt = try await house.says(welcome.session, "Moi", id: "c1")
        try await house.visitors.leave(welcome.session)
        await #expect(throws: Refusal.notSignedIn) { try await find(welcome) }
        let id = try #require(receipt.message?.message.conversation)
        #expect(try await house.thread(id).count == 1)
        #expect(try await enter(token: welcome.token).contact.id != welcome.contact.id)
    }

    private func enter(token: String? = nil, page: Page? = front, languages: [String] = ["fi"]) async throws -> VisitorDoor.Welcome {
        try await house.visitors.enter(site: "loylymaki", token: token, page: page, languages: languages, device: firefox)
    }

    @discardableResult
    private func find(_ welcome: VisitorDoor.Welcome) async throws -> VisitorSession {
        try await house.visitors.find(token: welcome.token ?? "", site: "loylymaki")
    }

    private func contact(_ id: Contact.ID) async throws -> Contact { try await house.store.read { try $0.contact(id, of: shop) } }

    private func require(_ isRequired: Bool) async throws {
        _ = try await house.office.change(Loylymaki.shop.id, of: shop) { $0.identityRequired = isRequired }
    }
}

/// What the shop's own server would compute.
private func proof(_ id: String, secret: String = Loylymaki.shop.identitySecret) -> String {
    HMAC<SHA256>.authenticationCode(for: Data(id.utf8), using: SymmetricKey(data: Data(secret.utf8)))
        .map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
}
