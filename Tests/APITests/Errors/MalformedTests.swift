import API
import Core
import Foundation
import TestSupport
import Testing

/// Every endpoint is sent what nobody should send: it is refused in the manual's words, or taken, but never breaks.
@Suite("Malformed requests", .timeLimit(.minutes(4)))
struct MalformedTests {
    static let bodies: [(name: String, bytes: [UInt8])] = [
        ("nothing", []), ("half an object", Array("{".utf8)), ("null", Array("null".utf8)), ("a list", Array("[]".utf8)),
        ("a number", Array("7".utf8)), ("a text", Array("\"x\"".utf8)), ("something after it", Array("{} x".utf8)),
        ("a form", Array("text=moi&clientId=1".utf8)), ("NUL bytes", [0, 0, 0]), ("half a NUL", Array("{\"text\":\"a\u{0}b\"}".utf8)),
        ("invalid UTF-8", Array("{\"text\":\"".utf8) + [0xFF, 0xC0, 0x80] + Array("\"}".utf8)),
        ("a cut emoji", Array("{\"text\":\"".utf8) + [0xF0, 0x9F] + Array("\"}".utf8)),
        ("a deep list", Array(repeating: UInt8(ascii: "["), count: 200_000)),
        ("deep objects", Array(String(repeating: "{\"a\":", count: 50_000).utf8)), ("600 KB", Array(repeating: 0x20, count: 600 * 1024)),
        ("half a surrogate in a name", Array(#"{"\ud800": 1}"#.utf8)), ("a twin field", Array(#"{"site":1,"site":2}"#.utf8)),
    ]

    @Test("a body that is no object of this endpoint is refused in the manual's words", arguments: bodies.map(\.name))
    func wrongBody(_ name: String) async throws {
        let bytes = try #require(Self.bodies.first { $0.name == name }).bytes
        try await Shop.open { shop in
            for endpoint in shop.house.endpoints where endpoint.takesJSON {
                try await shop.send(bytes, to: endpoint).expectProblem("\(endpoint.name) with \(name)")
            }
        }
    }

    @Test("a field that is not known is refused by name, and the known ones are told")
    func unknownField() async throws {
        try await Shop.open { shop in
            for endpoint in shop.house.endpoints where endpoint.takesJSON {
                let answer = try await shop.send(Array(#"{"löyly": 1}"#.utf8), to: endpoint)
                answer.expectProblem(endpoint.name)
                #expect(answer.status == 422 && answer.json.code == "invalid_field" && answer.json.field == "löyly", "\(endpoint.name)")
                #expect(!answer.knownFields.isEmpty)
            }
        }
    }

    @Test("a field that is not known inside a field is refused by its whole name")
    func unknownInnerField() async throws {
        try await Shop.open { shop in
            for (name, field) in [
                ("POST /sessions", "page"), ("PATCH /sessions/current", "page"), ("POST /conversations", "page"), ("PATCH /me", "password"),
                ("PATCH /sites/:key", "look"),
            ] {
                let endpoint = try #require(shop.house.endpoints.first { $0.name == name })
                let bytes = try #require(Visit.all[name]).body(try await shop.things(for: Visit()), with: field, #"{"löyly": 1}"#)
                let answer = try await shop.send(bytes, to: endpoint)
                #expect(answer.status == 422 && answer.json.field == "\(field).löyly", "\(name): \(answer.text)")
            }
        }
    }

    static let values: [String] = [
        "null", "1e400", "12345678901234567890123", "-9223372036854775808", #""""#, #""\u0000""#, #""\ud800""#, "[]", "{}",
        #"{"fi":[null]}"#,
        "\"" + String(repeating: "ö", count: 10_000) + "\"",
    ]

    /// Each known field in turn is given each value, beside what the endpoint needs.
    @Test("any value in any field is taken or refused in the manual's words, never a fault of ours")
    func wrongValues() async throws {
        try await Shop.open { shop in
            for endpoint in shop.house.endpoints where endpoint.takesJSON {
                let (visit, papers) = (try #require(Visit.all[endpoint.name]), try await shop.papers(for: endpoint))
                for field in try await shop.send(Array(#"{"löyly": 1}"#.utf8), to: endpoint).knownFields {
                    var things = try await shop.things(for: visit)
                    for value in Self.values {
                        let bytes = visit.body(things, with: field, value)
                        let answer = try await shop.send(bytes, to: endpoint, about: things, papers)
                        let place = "\(endpoint.name) with \(field): \(value.prefix(60))"
                        if answer.isLetIn { things = try await shop.things(for: visit) } else { answer.expectProblem(place) }
                    }
                }
            }
        }
    }

    @Test(
        "any address is answered or refused in the manual's words",
        arguments: [
            "%00", "..", "%2e%2e", "%2F..%2F", "%FF%FE", "%zz", "'%3B--", "%F0%9F%94%A5", String(repeating: "x", count: 5_000),
            "01hzzzzzzzzzzzzzzzzzzzzzzz",
        ])
    func anyAddress(_ id: String) async throws {
        try await Shop.open { shop in
            for endpoint in shop.house.endpoints where endpoint.path.contains(":") {
                let path = endpoint.path.replacing(":id", with: id).replacing(":key", with: id).replacing(":tag", with: id)
                let visit = try #require(Visit.all[endpoint.name])
                let bytes = visit.bytes?(try await shop.things(for: Visit())) ?? []
                let answer = try await shop.ask(endpoint.method.rawValue, path, try await shop.papers(for: endpoint), bytes: bytes)
                answer.expectProblem("\(endpoint.name) at \(id.prefix(20))")
            }
        }
    }

    @Test(
        "any question is answered or refused in the manual's words",
        arguments: [
            "limit", "before", "after", "wait", "view", "q", "site",
        ])
    func anyQuestion(_ name: String) async throws {
        let values = ["", "abc", "-5", "99999999999999999999", "1.5", "%00%FF%zz", "'%3B--", "1-2", String(repeating: "9", count: 3_000)]
        try await Shop.open { shop in
            for endpoint in shop.house.endpoints where endpoint.method == .get && endpoint.path != "/socket" {
                let (visit, papers) = (try #require(Visit.all[endpoint.name]), try await shop.papers(for: endpoint))
                let address = visit.address(of: endpoint, try await shop.things(for: visit)).prefix { $0 != "?" }
                // Nobody here wants to wait.
                for value in values where name != "wait" || Int(value) ?? 0 <= 0 {
                    let answer = try await shop.ask("GET", "\(address)?\(name)=\(value)", papers)
                    if !answer.isLetIn { answer.expectProblem("\(endpoint.name) with \(name)=\(value.prefix(30))") }
                }
            }
        }
    }

    @Test(
        "any header is borne",
        arguments: [
            "Authorization", "Cookie", "Moro-Site", "Accept-Language", "User-Agent", "Moro-Filename", "X-Forwarded-For",
            "Sec-WebSocket-Protocol", "Content-Type", "If-None-Match",
        ])
    func anyHeader(_ name: String) async throws {
        let values = [
            "", " ", "Bearer ", "Bearer \u{e4}\u{1F525}", "moro_agent=", "a=b; c", "%FF%00", ";q=,;q=x,fi;q=nan", ",,,",
            String(repeating: "x,", count: 3_000),
        ]
        try await Shop.open { shop in
            let papers = try await shop.visitor()
            for value in values {
                for (method, path) in [("GET", "/conversations"), ("POST", "/sessions"), ("POST", "/uploads"), ("GET", "/me")] {
                    let bytes = Array((path == "/sessions" ? #"{"site":"loylymaki"}"# : method == "POST" ? "kuitti" : "").utf8)
                    let answer = try await shop.ask(method, path, papers, bytes: bytes, headers: [name: value])
                    if !answer.isLetIn { answer.expectProblem("\(method) \(path) with \(name): \(value.prefix(30))") }
                }
            }
        }
    }

    @Test("64 KB are a message, one byte more is refused with its limit and nothing is stored")
    func longestMessage() async throws {
        try await Shop.open { shop in
            let liisa = try await shop.visitor()
            let longest = String(repeating: "ä", count: 32 * 1024)
            let said = try await shop.ask("POST", "/conversations", liisa, ["clientId": "1", "text": "\(longest)"])
            #expect(said.status == 201)
            #expect(said.json.message.text == "\(longest)")
            let before = try await shop.head()
            let refused = try await shop.ask("POST", "/conversations", liisa, ["clientId": "2", "text": "\(longest)x"])
            #expect(refused.status == 413 && refused.json.code == "message_too_long" && refused.json.field == "text")
            #expect(refused.json.detail.asText.contains("65536"))
            #expect(try await shop.head() == before)
        }
    }

    @Test("no message is empty")
    func emptyMessages() async throws {
        try await Shop.open { shop in
            let (liisa, juhani, id) = (try await shop.visitor(), try await shop.agent(), try await shop.conversation())
            for text in ["", " \n\t\u{a0}", "\u{0}\u{0}"] {
                for papers in [liisa, juhani] {
                    let answer = try await shop.ask("POST", "/conversations/\(id)/messages", papers, ["clientId": "1", "text": "\(text)"])
                    #expect(answer.status == 422 && answer.json.code == "message_empty", "\(answer.text)")
                }
            }
        }
    }

    @Test("what is at no address is a problem too")
    func nowhere() async throws {
        try await Shop.open { shop in
            for (method, path) in [
                ("GET", "/api/v1/nowhere"), ("GET", "/api/v2/me"), ("POST", "/api/v1/me"), ("DELETE", "/api/v1/me"),
                ("PUT", "/api/v1/sessions"), ("GET", "/nowhere"), ("POST", "/desk"),
                ("OPTIONS", "/api/v1/me"), ("TRACE", "/api/v1/me"),
            ] { try await shop.page(method, path).expectProblem("\(method) \(path)") }
        }
    }
}

extension Endpoint {
    var takesJSON: Bool { Visit.all[name]?.bytes != nil && path != "/uploads" && path != "/me/picture" }
}

extension Visit {
    /// What the endpoint needs, with one field set to something, written as it stands.
    fileprivate func body(_ things: Things, with field: String, _ value: String) -> [UInt8] {
        guard case .object(var fields)? = bytes.flatMap({ try? Value(parsing: $0(things)) }) else { return [] }
        fields[field] = "@@"
        return Array(String(decoding: Value.object(fields).bytes, as: UTF8.self).replacing("\"@@\"", with: value).utf8)
    }
}

extension Shop {
    func send(_ bytes: [UInt8], to endpoint: Endpoint, about known: Things? = nil, _ own: Papers? = nil) async throws -> Answer {
        let visit = try #require(Visit.all[endpoint.name])
        var (things, papers) = (known, own)
        if things == nil { things = try await self.things(for: visit) }
        if papers == nil { papers = try await self.papers(for: endpoint) }
        let address = visit.address(of: endpoint, try #require(things))
        return try await ask(endpoint.method.rawValue, address, try #require(papers), bytes: bytes)
    }
}

extension Answer {
    /// As told with an unknown one.
    var knownFields: [String] {
        guard let list = json.detail.asText.components(separatedBy: "Known: ").last, json.code == "invalid_field" else { return [] }
        return list.trimmingCharacters(in: ["."]).components(separatedBy: ", ")
    }
}
