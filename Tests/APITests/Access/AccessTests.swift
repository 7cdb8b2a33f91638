import API
import Core
import Reception
import Storage
import TestSupport
import Testing

/// Who × what, over every endpoint there is.
@Suite("Access", .timeLimit(.minutes(4)))
struct AccessTests {
    @Test("every endpoint has its line in the matrix, and no line is left over")
    func everyEndpointIsExpected() async throws {
        try await Shop.open { shop in
            #expect(Set(shop.house.endpoints.map(\.name)) == Set(Visit.all.keys))
        }
    }

    @Test("everyone is let in or refused exactly as the endpoint says, and hears nothing that is not theirs")
    func matrix() async throws {
        try await Shop.open { shop in
            try await shop.keepSecrets()
            var papers: [Asker: Papers] = [:]
            for asker in Asker.allCases { papers[asker] = try await asker.papers(shop) }
            for endpoint in shop.house.endpoints {
                let visit = try #require(Visit.all[endpoint.name], "\(endpoint.name) has no line in the matrix")
                var things = try await shop.things(for: visit)
                for asker in Asker.allCases {
                    let isLetIn = try await check(asker, papers[asker] ?? .none, at: endpoint, visit, things, shop)
                    // Whoever was let in has changed what it is about, or signed out.
                    if isLetIn { things = try await shop.things(for: visit) }
                    if isLetIn, endpoint.method == .delete { papers[asker] = try await asker.papers(shop) }
                }
            }
        }
    }

    private func check(
        _ asker: Asker, _ papers: Papers, at endpoint: Endpoint, _ visit: Visit, _ things: Things, _ shop: Shop
    ) async throws -> Bool {
        let answer = try await shop.ask(
            endpoint.method.rawValue, visit.address(of: endpoint, things), papers, bytes: visit.bytes?(things) ?? [], headers: visit.headers
        )
        let place: Comment = "\(asker) at \(endpoint.name): \(answer.status) \(answer.text.prefix(300))"
        if let refusal = asker.refusal(at: endpoint, about: visit.about) {
            #expect(answer.status == refusal, place)
            #expect(answer["content-type"] == "application/problem+json", place)
        } else {
            #expect(answer.isLetIn, place)
        }
        for secret in Secrets.all where !asker.isInTheKnow && answer.text.contains(secret) { Issue.record("“\(secret)” is told: \(place)") }
        return answer.isLetIn
    }

    @Test("what is somebody else's is not there at all: the same answer as for what never was")
    func othersAreLikeNothing() async throws {
        try await Shop.open { shop in
            let (conversation, pekka) = (try await shop.conversation(), try await shop.visitor(Loylymaki.pekka))
            let others = try await shop.ask("GET", "/conversations/\(conversation)", pekka)
            let nothing = try await shop.ask("GET", "/conversations/01hzzzzzzzzzzzzzzzzzzzzzzz", pekka)
            #expect(others.status == 404)
            #expect(others.json == nothing.json)
        }
    }

    @Test("nobody attaches another's upload")
    func anothersUpload() async throws {
        try await Shop.open { shop in
            let (liisa, pekka) = (try await shop.visitor(), try await shop.visitor(Loylymaki.pekka))
            let upload = try await shop.ask("POST", "/uploads", liisa, bytes: Array("salaisuus".utf8), headers: ["Moro-Filename": "s.txt"])
            let id = upload.json.attachment.id
            let stolen = try await shop.ask("POST", "/conversations", pekka, ["clientId": "1", "text": "", "attachments": [id]])
            #expect(stolen.status == 422)
            #expect(stolen.json.field == "attachments")
            #expect(!stolen.text.contains("s.txt"))
            let own = try await shop.ask("POST", "/conversations", liisa, ["clientId": "1", "text": "", "attachments": [id]])
            #expect(own.status == 201)
            #expect(own.json.message.attachments[0].name == "s.txt")
        }
    }

    @Test("nobody of another company is given a conversation, is put in a team or is mentioned")
    func strangersInBodies() async throws {
        try await Shop.open { shop in
            let (conversation, tuula) = (try await shop.conversation(), try await shop.agent(Loylymaki.tuula))
            let given = try await shop.ask("PUT", "/conversations/\(conversation)/assignment", tuula, ["agent": "vieras"])
            #expect(given.status == 404)
            let note: Value = ["clientId": "1", "text": "Katso", "kind": "note", "mentions": ["vieras", "juhani"]]
            let mentioned = try await shop.ask("POST", "/conversations/\(conversation)/messages", tuula, note)
            #expect(mentioned.json.message.mentions == ["juhani"])
            let vieras = try await shop.agent(Loylymaki.stranger)
            #expect(try await shop.ask("PATCH", "/agents/vieras", vieras, ["teams": ["palvelu"]]).status == 404)
        }
    }

    @Test("only an owner makes, changes or lets in an owner, and the last owner stays")
    func owners() async throws {
        try await Shop.open { shop in
            let (tuula, maija) = (try await shop.agent(Loylymaki.tuula), try await shop.agent(Loylymaki.maija))
            let owner: Value = ["email": "uusi@loylymaki.example", "name": "Uusi", "role": "owner"]
            #expect(try await shop.ask("POST", "/agents", tuula, owner).status == 403)
            #expect(try await shop.ask("PATCH", "/agents/juhani", tuula, ["role": "owner"]).status == 403)
            #expect(try await shop.ask("PATCH", "/agents/maija", tuula, ["active": false]).status == 403)
            #expect(try await shop.ask("POST", "/agents/maija/sign-in-links", tuula).status == 403)
            #expect(try await shop.ask("PATCH", "/agents/maija", maija, ["role": "agent"]).json.code == "conflict")
            #expect(try await shop.ask("PATCH", "/agents/juhani", maija, ["role": "owner"]).status == 200)
            #expect(try await shop.ask("PATCH", "/agents/maija", maija, ["role": "agent"]).status == 200)
        }
    }

    @Test("the identity secret is told to owners and admins only")
    func identitySecret() async throws {
        try await Shop.open { shop in
            for (agent, isTold) in [(Loylymaki.juhani, false), (Loylymaki.tuula, true), (Loylymaki.maija, true)] {
                let site = try await shop.ask("GET", "/sites/verkkokauppa", try await shop.agent(agent))
                #expect(site.json.site.identitySecret.isThere == isTold)
                #expect(try await !shop.ask("GET", "/sites", try await shop.agent(agent)).text.contains("kiuas-on-kuuma"))
            }
        }
    }
}

extension Shop {
    /// Something in every corner that a careless answer could give away.
    fileprivate func keepSecrets() async throws {
        let id = try await conversation(saying: Secrets.words)
        _ = try await house.desk.receive(Inbound(.agent(Loylymaki.juhani), .conversation(id), .tag(Secrets.tag)))
        let note = Words(clientID: "1", text: "\(Secrets.words), muistilappu")
        _ = try await house.desk.receive(Inbound(.agent(Loylymaki.juhani), .conversation(id), .note(note, mentions: [])))
        for workspace in [Loylymaki.workspace.id, Loylymaki.neighbour.id] {
            _ = try await house.store.write { try $0.indexWords(of: workspace, batch: 500) }
        }
    }
}
