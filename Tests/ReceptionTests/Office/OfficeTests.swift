import Core
import Reception
import Storage
import Testing
import TestSupport

private let shop = Loylymaki.workspace.id

@Suite("The office")
struct OfficeTests {
    let house: House
    init() async throws { house = try await House() }

    // MARK: People

    @Test("A company begins with an owner, and its own numbers")
    func found() async throws {
        let owner = try await house.office.found(
            workspace: "Kahvila Aino", ownerEmail: "Aino@Kahvila.example", ownerName: "Aino", fullName: "Aino Laine")
        let stored = try #require(try await house.store.read { try $0.agent(email: "aino@kahvila.example") })
        #expect((stored.id, stored.role, stored.email) == (owner.id, .owner, "aino@kahvila.example"))
        #expect(try await house.store.read { try $0.head(of: owner.workspace) } == 1)
        #expect(try await house.head() == 0)
    }

    @Test("A colleague is added, told of, and comes in by a link")
    func addAgent() async throws {
        let aino = try await add(" Aino@Loylymaki.example ")
        #expect((aino.email, aino.role, aino.isActive) == ("aino@loylymaki.example", .agent, true))
        let told = try await house.events()
        #expect(told.map { String("\($0.kind)".prefix { $0 != "(" }) } == ["agentChanged"])
        #expect(told[0].isInternal)
    }

    @Test(
        "Two people don't sign in with one address, also across companies",
        arguments: ["MAIJA@loylymaki.example", "vieras@naapuri.example"])
    func duplicateEmail(email: String) async throws {
        let error = await #expect(throws: Refusal.self) { try await add(email) }
        guard case .invalid("email", _) = error else { return #expect(Bool(false), "\(error as Any)") }
    }

    @Test(
        "What is no address is refused",
        arguments: ["", "aino", "@", "aino@", "@x", "a@b@c", "a b@c", "aino@x.\n", String(repeating: "a", count: 200) + "@x"])
    func badEmails(email: String) async throws {
        await #expect(throws: Refusal.self) { try await add(email) }
    }

    @Test("Somebody always owns the company")
    func lastOwner() async throws {
        for change in [{ $0.role = .admin }, { $0.isActive = false }] as [@Sendable (inout Agent) -> Void] {
            await #expect(throws: Refusal.conflict("Somebody must own the workspace. Make a colleague an owner first.")) {
                try await house.office.change("maija", of: shop, change)
            }
        }
        _ = try await house.office.change("tuula", of: shop) { $0.role = .owner }
        _ = try await house.office.change("maija", of: shop) { $0.role = .agent }
        await #expect(throws: Refusal.self) { try await house.office.change("tuula", of: shop) { $0.isActive = false } }
    }

    @Test("Of two owners who leave at once one stays")
    func ownersRace() async throws {
        _ = try await house.office.change("tuula", of: shop) { $0.role = .owner }
        await withTaskGroup(of: Void.self) { [house] group in
            for id in ["maija", "tuula"] as [Agent.ID] {
                group.addTask { _ = try? await house.office.change(id, of: shop) { $0.isActive = false } }
            }
        }
        let owners = try await house.store.read { try $0.agents(of: shop).filter { $0.role == .owner && $0.isActive } }
        #expect(owners.count == 1)
    }

    @Test("A change that changes nothing is told to nobody")
    func noChange() async throws {
        _ = try await house.office.change(Agent.ID("maija"), of: shop) { $0.name = " Maija " }
        #expect(try await house.head() == 0)
    }

    @Test("Nobody changes another company's people, sites or customers")
    func neighbour() async throws {
        let other = Loylymaki.neighbour.id
        await #expect(throws: Refusal.notFound("agent")) { try await house.office.change(Agent.ID("maija"), of: other) { $0.name = "X" } }
        await #expect(throws: Refusal.notFound("site")) { try await house.office.change(Loylymaki.shop.id, of: other) { $0.name = "X" } }
        await #expect(throws: Refusal.notFound("contact")) {
            try await house.office.change(Contact.ID("liisa"), of: other) { $0.name = "X" }
        }
        await #expect(throws: Refusal.notFound("team")) { try await house.office.saveTeam("palvelu", name: "X", of: other) }
        await #expect(throws: Refusal.notFound("team")) {
            try await house.office.change(Agent.ID("vieras"), of: other) { $0.teams = ["palvelu"] }
        }
    }

    @Test("Teams have different names, each its own", arguments: ["Verstas", "  Verstas "])
    func teams(name: String) async throws {
        await #expect(throws: Refusal.self) { try await house.office.saveTeam(nil, name: name, of: shop) }
        #expect(try await house.office.saveTeam("verstas", name: name, of: shop).name == "Verstas")
        #expect(try await house.office.saveTeam(nil, name: "Varasto", of: shop).name == "Varasto")
    }

    @Test("What an agent writes of a customer is stored and told")
    func contacts() async throws {
        _ = try await house.office.change(Contact.ID("liisa"), of: shop) { $0.phone = "+358 40 123" }
        #expect(try await house.store.read { try $0.contact("liisa", of: shop).phone } == "+358 40 123")
        #expect(try await house.news(for: .contact("liisa", shop)).count == 1)
    }

    // MARK: Sites

    @Test("Any colour becomes readable", arguments: ["#ffd500", "#ff0000", "#777777", "#00ff00", "#174f40"])
    func color(hex: String) async throws {
        let look = try await change { $0.look.color = hex }.look
        let (ground, text) = (try #require(Color(hex: look.color)), try #require(Color(hex: look.onColor)))
        #expect(ground.contrast(with: text) >= 4.5)
        #expect(try await change { $0.look.color = look.color }.look == look)
    }

    @Test("What is no colour is refused", arguments: ["red", "#fff", "", "#12345g"])
    func badColors(hex: String) async throws {
        await #expect(throws: Refusal.invalid(field: "look.color", "Write the colour as #174f40.")) {
            try await change { $0.look.color = hex }
        }
    }

    @Test(
        "An origin is kept as browsers send it",
        arguments: [
            ("https://Shop.example", "https://shop.example"), ("https://shop.example/", "https://shop.example"), ("*", "*"),
            ("http://localhost:3000", "http://localhost:3000"), ("https://shop.example:443", "https://shop.example"),
            ("http://shop.example:80", "http://shop.example"), ("https://shop.example:8443", "https://shop.example:8443"),
            ("https://löylymäki.example", "https://xn--lylymki-9wa1n.example"), ("HTTPS://SHOP.EXAMPLE", "https://shop.example"),
            ("http://[::1]:8080", "http://[::1]:8080"),
        ])
    func origins(written: String, kept: String) async throws {
        #expect(try await change { $0.origins = [written] }.origins == [kept])
    }

    @Test(
        "What is no origin is refused",
        arguments: [
            "", "shop.example", "ftp://shop.example", "https://", "https://shop.example/kauppa", "https://shop.example?x",
            "https://shop.example#x",
            "javascript:alert(1)", "https://*.shop.example", "https://maija@shop.example", "https://shop.example; script-src *", "null",
        ])
    func badOrigins(origin: String) async throws {
        await #expect(throws: Refusal.self) { try await change { $0.origins = [origin] } }
        await #expect(throws: Refusal.self) { try await house.office.addSite(name: "Uusi", origins: [origin], to: shop) }
    }

    @Test(
        "A site's key is one of its own",
        arguments: ["loylymaki", "ab", "Iso", "väli lyönti", "ä", String(repeating: "a", count: 41), "../x"])
    func badKeys(key: String) async throws {
        await #expect(throws: Refusal.self) { try await house.office.addSite(name: "Uusi", key: key, origins: [], to: shop) }
    }

    @Test("A new site gets a key and a secret by chance")
    func addSite() async throws {
        let sites = [try await addOne(), try await addOne()]
        #expect(sites[0].key != sites[1].key && sites[0].identitySecret != sites[1].identitySecret)
        #expect(Set(sites.map(\.key.count)) == [12] && Set(sites.map(\.identitySecret.count)) == [40])
        #expect(try await house.store.read { try $0.site(key: sites[0].key) } == sites[0])
    }

    static let badChanges: [(String, @Sendable (inout Site) -> Void)] = [
        ("no name", { $0.name = "  " }), ("no language", { $0.languages = [] }), ("a button off the page", { $0.look.offset.x = 201 }),
        ("a button over the edge", { $0.look.offset.y = -1 }),
        ("a long greeting", { $0.look.greeting["fi"] = String(repeating: "a", count: 201) }),
        ("a long button", { $0.look.launcherText["fi"] = String(repeating: "a", count: 41) }),
        ("a long privacy text", { $0.privacyText["fi"] = String(repeating: "a", count: 2_001) }),
    ]

    @Test("A site keeps its measure", arguments: badChanges.map(\.0))
    func badSites(what: String) async throws {
        let make = try #require(Self.badChanges.first { $0.0 == what }?.1)
        await #expect(throws: Refusal.self) { try await change(make) }
        #expect(try await house.store.read { try $0.site(key: "loylymaki") } == Loylymaki.shop)
        #expect(try await house.head() == 0)
    }

    // MARK: Canned replies

    @Test("A canned reply is made, changed, told and removed")
    func cannedReplies() async throws {
        let made = try await reply(nil) { ($0.shortcut, $0.title, $0.texts) = ("MOI", "Tervehdys", ["fi": "Moi {{etunimi}}!", "sv": " "]) }
        #expect((made.shortcut, made.texts) == ("moi", ["fi": "Moi {{etunimi}}!"]))
        #expect(try await reply(made.id) { $0.title = "Tervehdys aamulla" }.title == "Tervehdys aamulla")
        try await house.office.removeCannedReply(made.id, of: shop)
        #expect(try await house.store.read { try $0.cannedReplies(of: shop) }.isEmpty)
        #expect(try await house.head() == 3)
        await #expect(throws: Refusal.notFound("canned reply")) { try await house.office.removeCannedReply(made.id, of: shop) }
    }

    @Test("A shortcut belongs to one reply")
    func shortcuts() async throws {
        let one = try await reply(nil) { ($0.shortcut, $0.title, $0.texts) = ("moi", "Tervehdys", ["fi": "Moi!"]) }
        await #expect(throws: Refusal.invalid(field: "shortcut", "“Tervehdys” already has the shortcut /moi.")) {
            try await reply(nil) { ($0.shortcut, $0.title, $0.texts) = ("Moi", "Toinen", ["fi": "Hei!"]) }
        }
        #expect(try await reply(one.id) { $0.texts = ["sv": "Tja!"] }.shortcut == "moi")
    }

    @Test(
        "A shortcut is one word without a slash",
        arguments: ["", " ", "kaksi sanaa", "/moi", "a/b", String(repeating: "a", count: 31), "a\0b"])
    func badShortcuts(shortcut: String) async throws {
        await #expect(throws: Refusal.self) { try await reply(nil) { ($0.shortcut, $0.title, $0.texts) = (shortcut, "X", ["fi": "Moi!"]) } }
    }

    @Test(
        "A canned reply says something in a language of ours",
        arguments: [[:], ["fi": " "], ["de": "Hallo"], ["fi": "a\0b"], ["fi": String(repeating: "a", count: 8_193)]])
    func badTexts(texts: [String: String]) async throws {
        await #expect(throws: Refusal.self) { try await reply(nil) { ($0.shortcut, $0.title, $0.texts) = ("x", "X", texts) } }
    }

    private func add(_ email: String) async throws -> Agent {
        try await house.office.addAgent(email: email, name: "Aino", fullName: "Aino Laine", role: .agent, to: shop)
    }

    private func addOne() async throws -> Site { try await house.office.addSite(name: "Uusi", origins: ["https://uusi.example"], to: shop) }

    @discardableResult
    private func change(_ change: @escaping @Sendable (inout Site) throws -> Void) async throws -> Site {
        try await house.office.change(Loylymaki.shop.id, of: shop, change)
    }

    @discardableResult
    private func reply(_ id: CannedReply.ID?, _ change: @escaping @Sendable (inout CannedReply) throws -> Void) async throws -> CannedReply
    {
        try await house.office.saveCannedReply(id, of: shop, change)
    }
}
