@testable import API
import Core
import Reception
import Storage
import TestSupport
import Testing

/// The description for machines is whole, well-formed and true.
@Suite("OpenAPI", .timeLimit(.minutes(4)))
struct OpenAPITests {
    @Test("every endpoint is described, and nothing else")
    func everyEndpoint() async throws {
        try await Shop.open { shop in
            let description = try await Description.of(shop)
            #expect(description.document.openapi == "3.1.0" && description.document.servers[0].url == "http://moro.example/api/v1")
            for endpoint in shop.house.endpoints {
                #expect(!description.operation(endpoint).summary.asText.isEmpty, "\(endpoint.name)")
            }
            let operations = description.document.paths.fieldNames.flatMap { description.document.paths[$0].fieldNames }
            #expect(operations.count == shop.house.endpoints.count)
            let names = Description.all("operationId", in: description.document).map(\.asText)
            #expect(Set(names).count == shop.house.endpoints.count)
        }
    }

    @Test("the document is whole in itself: things, parameters in addresses, ways to come in")
    func wellFormed() async throws {
        try await Shop.open { shop in
            let description = try await Description.of(shop)
            for reference in Description.all("$ref", in: description.document) {
                let resolved = description.resolved(["$ref": reference])
                #expect(resolved.type == "object" || resolved.content.isThere, "\(reference)")
            }
            let schemes = description.document.components.securitySchemes.fieldNames
            for endpoint in shop.house.endpoints {
                let operation = description.operation(endpoint)
                let inPath = operation.parameters.asList.filter { $0["in"] == "path" && $0.required == true }.map(\.name.asText)
                #expect(inPath == endpoint.path.split(separator: "/").filter { $0.hasPrefix(":") }.map { String($0.dropFirst()) })
                let ways = operation.security.asList
                #expect(ways.isEmpty == endpoint.who.contains(.anyone), "\(endpoint.name)")
                #expect(ways.allSatisfy { $0.fieldNames.isSubset(of: schemes) })
                #expect(ways.contains { $0.fieldNames.contains("site") } == endpoint.who.contains(.visitor), "\(endpoint.name)")
                #expect(operation.responses.fieldNames.contains { $0 < "300" }, "\(endpoint.name)")
            }
        }
    }

    @Test("a body has exactly the fields that the endpoint knows, and each is read as what it is said to be")
    func bodies() async throws {
        try await Shop.open { shop in
            let description = try await Description.of(shop)
            for endpoint in shop.house.endpoints where endpoint.takesJSON {
                #expect(description.faults(in: try await shop.body(of: endpoint), beside: description.body(endpoint)) == [])
                try await expect(endpoint, toRead: description.body(endpoint), shop)
            }
        }
    }

    private func expect(_ endpoint: Endpoint, toRead body: Value, _ shop: Shop) async throws {
        let refused = try await shop.send(Array(#"{"löyly": 1}"#.utf8), to: endpoint)
        #expect(Set(refused.knownFields) == body.properties.fieldNames, "\(endpoint.name)")
        #expect(body.additionalProperties == false)
        for field in body.properties.fieldNames {
            let answer = try await shop.send(to: endpoint, setting: field, to: body.properties[field].somethingElse)
            #expect(answer.status == 422 && answer.json.field.asText.hasPrefix(field), "\(endpoint.name) \(field): \(answer.text)")
        }
        for field in body.properties.fieldNames {
            let answer = try await shop.send(to: endpoint, setting: field, to: nil)
            let isMissed = answer.json.field == "\(field)" && answer.json.detail == "This field is needed."
            #expect(isMissed == body.required.asList.contains("\(field)"), "\(endpoint.name) without \(field): \(answer.text)")
        }
    }

    @Test("whoever asks whatever is answered as described: things of the described shape, problems with described codes")
    func answers() async throws {
        try await Shop.open { shop in
            let description = try await Description.of(shop)
            try await shop.liveADay()
            for endpoint in shop.house.endpoints {
                let visit = try #require(Visit.all[endpoint.name])
                for asker in [Asker.nobody, .passerby, .liisa, .pekka, .juhani, .tuula, .vieras] {
                    let (things, papers) = (try await shop.things(for: visit), try await asker.papers(shop))
                    let answer = try await shop.ask(
                        endpoint.method.rawValue, visit.address(of: endpoint, things), papers, bytes: visit.bytes?(things) ?? [],
                        headers: visit.headers)
                    expect(answer, of: endpoint, by: asker, in: description)
                }
            }
        }
    }

    private func expect(_ answer: Answer, of endpoint: Endpoint, by asker: Asker, in description: Description) {
        let place: Comment = "\(asker) at \(endpoint.name): \(answer.status) \(answer.text.prefix(500))"
        // Who knocks at the other one's door without papers is sent to the right one.
        if endpoint.who != [.visitor, .agent], answer.status == 401 || answer.status == 403 { return }
        let schema = description.answer(endpoint, answer.status)
        #expect(description.operation(endpoint).responses["\(answer.status)"].isThere, place)
        #expect(schema.isThere == !answer.body.isEmpty || answer.status == 101, place)
        if schema.isThere { #expect(description.faults(in: answer.json, beside: schema) == [], place) }
        guard answer.status >= 400 else { return }
        #expect(schema.allOf[1].properties.code["enum"].asList.contains(answer.json.code), place)
    }
}

extension Value {
    /// A value that is not of this kind.
    fileprivate var somethingElse: Value { self.type == "string" && !self["enum"].isThere || self.anyOf.isThere ? 7 : "löyly" }
}

extension Shop {
    fileprivate func body(of endpoint: Endpoint) async throws -> Value {
        let visit = try #require(Visit.all[endpoint.name])
        let things = try await things(for: visit)
        return try Value(parsing: visit.bytes?(things) ?? [])
    }

    /// What the endpoint needs, with one field set to something, or left out.
    fileprivate func send(to endpoint: Endpoint, setting field: String, to value: Value?) async throws -> Answer {
        guard case .object(var fields) = try await body(of: endpoint) else { throw Refusal.malformed("\(endpoint.name) takes no object") }
        fields[field] = value
        return try await send(Value.object(fields).bytes, to: endpoint)
    }

    /// Everything that a conversation can go through, so that there is something to tell.
    fileprivate func liveADay() async throws {
        let (id, juhani) = (try await conversation(), Loylymaki.juhani)
        let liisa = Inbound.Caller.visitor(Loylymaki.liisasPhone)
        try await act(on: id, .agent(juhani), .assign(to: juhani.id, team: "palvelu", word: nil))
        try await act(on: id, .agent(juhani), .tag("kiireinen"))
        try await act(on: id, .agent(juhani), .note(Words(clientID: "m", text: "Katso avain"), mentions: [Loylymaki.tuula.id]))
        try await act(on: id, .agent(juhani), .assign(to: Loylymaki.tuula.id, team: "palvelu", word: "Ota sinä"))
        try await act(on: id, .agent(juhani), .snooze(until: clock.now.adding(seconds: 3600)))
        try await act(on: id, liisa, .say(Words(clientID: "v", text: "Onko avain löytynyt?")))
        try await act(on: id, liisa, .mark(delivered: 3, read: 3))
        try await act(on: id, liisa, .close)
        try await act(on: id, liisa, .rate(score: 3, comment: "Kiitos"))
        let page = Page(url: "https://loylymaki.example/kiukaat", title: "Kiukaat", referrer: "https://haku.example")
        try await house.visitorDoor.move(Loylymaki.liisasPhone, to: page, language: nil)
        _ = try await house.store.write { try $0.indexWords(of: Loylymaki.workspace.id, batch: 500) }
    }

    private func act(on id: Conversation.ID, _ caller: Inbound.Caller, _ act: Inbound.Act) async throws {
        _ = try await house.desk.receive(Inbound(caller, .conversation(id), act))
    }
}
