import API
import Core
import Storage
import TestSupport
import Testing

/// A browser sends its cookies whoever asks it to; so what comes by cookie must come from Moro's own pages.
@Suite("Origins", .timeLimit(.minutes(4)))
struct OriginTests {
    /// The company's own site is foreign too: its scripts may not speak in the visitor's name.
    static let foreign = [
        "https://evil.example", "null", "http://moro.example.evil.example", "http://evil.example/moro.example", "https://loylymaki.example",
        "",
    ]

    @Test("no command by cookie comes through from a foreign page, at any endpoint, and nothing changes")
    func commandsByCookie() async throws {
        try await Shop.open { shop in
            let before = try await shop.head()
            for endpoint in shop.house.endpoints where endpoint.method != .get {
                let papers = try await shop.papers(for: endpoint)
                for origin in Self.foreign { try await refuse(endpoint, papers.cookies(from: origin), shop) }
                for place in ["cross-site", "same-site"] {
                    try await refuse(endpoint, papers.cookies(from: nil).merging(["Sec-Fetch-Site": place]) { $1 }, shop)
                }
            }
            #expect(try await shop.head() == before)
        }
    }

    private func refuse(_ endpoint: Endpoint, _ headers: [String: String], _ shop: Shop) async throws {
        let path = endpoint.path.replacing(":id", with: "x").replacing(":key", with: "x").replacing(":tag", with: "x")
        let answer = try await shop.ask(endpoint.method.rawValue, path, headers: headers)
        let place: Comment =
            "\(endpoint.name) from \(headers["Origin"] ?? headers["Sec-Fetch-Site"] ?? ""): \(answer.status) \(answer.text)"
        #expect(answer.status == 403 && answer.json.code == "foreign_origin", place)
    }

    @Test("from Moro's own pages the same commands are let in by cookie")
    func ownPages() async throws {
        try await Shop.open { shop in
            for endpoint in shop.house.endpoints where endpoint.method != .get {
                let visit = try #require(Visit.all[endpoint.name])
                let things = try await shop.things(for: visit)
                let papers = try await shop.papers(for: endpoint)
                let answer = try await shop.ask(
                    endpoint.method.rawValue, visit.address(of: endpoint, things), bytes: visit.bytes?(things) ?? [],
                    headers: papers.cookies().merging(visit.headers) { $1 })
                #expect(answer.isLetIn, "\(endpoint.name): \(answer.status) \(answer.text)")
            }
        }
    }

    @Test("a bearer token is its own proof, wherever it comes from")
    func bearer() async throws {
        try await Shop.open { shop in
            let headers = try await shop.agent().headers.merging(["Origin": "https://crm.example"]) { $1 }
            #expect(try await shop.ask("PATCH", "/me", .none, ["language": "en"], headers: headers).status == 200)
        }
    }

    @Test("a socket opens by cookie from Moro's own pages only, and by token as subprotocol from anywhere")
    func sockets() async throws {
        try await Shop.open { shop in
            for papers in [try await shop.visitor(), try await shop.agent()] {
                for origin in Self.foreign {
                    let answer = try await shop.ask(
                        "GET", "/socket?after=0", headers: papers.cookies(from: origin).merging(Ear.handshake) { $1 })
                    #expect(answer.status == 403 && answer.json.code == "foreign_origin", "\(origin)")
                }
                let own = try await shop.ask("GET", "/socket?after=0", headers: papers.cookies().merging(Ear.handshake) { $1 })
                #expect(own.status == 101)
                let site = papers.site.map { "&site=\($0)" } ?? ""
                let protocols = ["Sec-WebSocket-Protocol": "moro, token.\(papers.token ?? "")", "Origin": "https://evil.example"]
                let token = try await shop.ask("GET", "/socket?after=0\(site)", headers: protocols.merging(Ear.handshake) { $1 })
                #expect(token.status == 101)
                #expect(token["Sec-WebSocket-Protocol"] == "moro")
            }
        }
    }

    @Test("the widget's configuration is told to the site's own origins, and to no other page")
    func widgetConfiguration() async throws {
        try await Shop.open { shop in
            let home = try await shop.ask("GET", "/sites/loylymaki/widget", headers: ["Origin": "https://loylymaki.example"])
            #expect(home.status == 200)
            #expect(home["Access-Control-Allow-Origin"] == "https://loylymaki.example")
            #expect(home["Vary"] == "Origin")
            #expect(home["Cache-Control"] == "public, max-age=30")
            for origin in ["https://evil.example", "null", "http://loylymaki.example", "https://loylymaki.example.evil.example"] {
                let foreign = try await shop.ask("GET", "/sites/loylymaki/widget", headers: ["Origin": origin])
                #expect(foreign.status == 403 && foreign.json.code == "foreign_origin", "\(origin)")
                #expect(foreign["Access-Control-Allow-Origin"] == nil)
            }
            let anywhere = try await shop.ask("GET", "/sites/naapuri/widget", headers: ["Origin": "https://anything.example"])
            #expect(anywhere["Access-Control-Allow-Origin"] == "https://anything.example")
            #expect(try await shop.ask("GET", "/sites/loylymaki/widget", headers: ["Origin": Shop.origin]).status == 200)
            let misspelt = try await shop.ask("GET", "/sites/tuntematon/widget", headers: ["Origin": "https://anything.example"])
            #expect(misspelt.json.code == "unknown_site" && misspelt["Access-Control-Allow-Origin"] == "*")
        }
    }

    @Test("nothing else is readable from another origin, and nothing anywhere with its cookies")
    func noOtherSharing() async throws {
        try await Shop.open { shop in
            for endpoint in shop.house.endpoints where endpoint.method == .get {
                let visit = try #require(Visit.all[endpoint.name])
                let headers = try await shop.papers(for: endpoint).headers.merging(["Origin": "https://loylymaki.example"]) { $1 }
                let answer = try await shop.ask(
                    "GET", visit.address(of: endpoint, try await shop.things(for: visit)), headers: headers.merging(visit.headers) { $1 })
                #expect(answer.isLetIn, "\(endpoint.name)")
                let isShared = ["/sites/:key/widget", "/openapi.json"].contains(endpoint.path)
                #expect((answer["Access-Control-Allow-Origin"] != nil) == isShared, "\(endpoint.name)")
                #expect(answer["Access-Control-Allow-Credentials"] == nil)
            }
        }
    }
}

extension Shop {
    /// The papers of somebody who may come in here.
    func papers(for endpoint: Endpoint) async throws -> Papers {
        if endpoint.who.contains(.anyone) { return .none }
        if endpoint.who.contains(.visitor) { return try await visitor() }
        return endpoint.path.hasPrefix("/agent-sessions") ? try await agent() : try await agent(Loylymaki.maija)
    }

    func head() async throws -> Int64 { try await house.store.read { try $0.head(of: Loylymaki.workspace.id) } }
}
