import Core
import Reception
import Storage
import TestSupport
import Testing

/// News by socket: greeted, told what was missed, then all that happens, in order.
@Suite("Socket", .timeLimit(.minutes(4)))
struct SocketTests {
    @Test("a socket is greeted, told what it missed in order, and then what happens, each once")
    func catchingUpAndOn() async throws {
        try await Shop.open { shop in
            let (juhani, liisa) = (try await shop.agent(), try await shop.visitor())
            for number in 1...3 {
                _ = try await shop.ask("POST", "/conversations", liisa, ["clientId": "\(number)", "text": "Ennen \(number)"])
            }
            let ear = try await Ear.open(port: shop.port, "/api/v1/socket?after=1", juhani.headers)
            let hello = try await ear.hear()
            #expect(hello.type == "hello" && hello.seq == 1)
            for number in 4...6 {
                _ = try await shop.ask("POST", "/conversations", liisa, ["clientId": "\(number)", "text": "Jälkeen \(number)"])
            }
            let head = try await shop.head()
            let heard = try await ear.hear { $0.seq == .whole(head) }.filter { $0.seq.isThere }
            #expect(heard.map(\.seq.asNumber) == Array(2...head))
            #expect(heard.filter { $0.type == "message.added" }.map(\.message.clientId.asText) == ["1", "2", "3", "4", "5", "6"])
            try await ear.leave()
        }
    }

    @Test("a number that the log has not reached yet means: load again, and go on from here")
    func reset() async throws {
        try await Shop.open { shop in
            let liisa = try await shop.visitor()
            for papers in [liisa, try await shop.agent()] {
                _ = try await shop.conversation()
                let head = try await shop.head()
                let ear = try await Ear.open(port: shop.port, "/api/v1/socket?after=\(head + 1_000)", papers.headers)
                let reset = try await ear.hear("reset")
                #expect(reset.seq == .whole(head))
                let poll = try await shop.ask("GET", "/events?after=\(head + 1)", papers).json
                #expect(poll.reset == true && poll.seq == .whole(head) && poll.events == [])
                let said = try await shop.ask("POST", "/conversations", liisa, ["clientId": "\(head)", "text": "Moi"])
                #expect(try await ear.hear("message.added").message == said.json.message)
                try await ear.leave()
            }
        }
    }

    @Test("a customer never hears notes, tags, what the team does among itself, or anything of anybody else")
    func customersNews() async throws {
        try await Shop.open { shop in
            let (juhani, maija, id) = (try await shop.agent(), try await shop.agent(Loylymaki.maija), try await shop.conversation())
            let ears = (
                liisa: try await shop.listen(try await shop.visitor()),
                pekka: try await shop.listen(try await shop.visitor(Loylymaki.pekka))
            )
            try await shop.doEverythingInternal(to: id, juhani, maija)
            let goodbye: Value = ["clientId": "viimeinen", "text": "Ensi kertaan"]
            _ = try await shop.ask("POST", "/conversations/\(id)/messages", juhani, goodbye)
            let heard = try await ears.liisa.hear { $0.message.clientId == "viimeinen" }.filter { $0.seq.isThere }
            let kinds = heard.map { $0.message.kind == "event" ? $0.message.event.kind.asText : $0.message.kind.asText }
            #expect(Set(kinds).isSubset(of: ["", "reply", "joined", "left", "transferred"]))
            #expect(
                Set(heard.map(\.type.asText)).isSubset(of: [
                    "message.added", "conversation.changed", "conversation.marked", "contact.changed",
                ]))
            for news in heard { expectNothingInternal(in: news) }
            _ = try await shop.ask("POST", "/conversations", try await shop.visitor(Loylymaki.pekka), ["clientId": "1", "text": "Moi"])
            let pekkas = try await ears.pekka.hear { $0.type == "message.added" }.filter { $0.seq.isThere }
            #expect(pekkas.map(\.type) == ["conversation.started", "message.added"])
        }
    }

    private func expectNothingInternal(in news: Value) {
        let text = String(decoding: news.bytes, as: UTF8.self)
        for secret in ["salaisuus", "kiireinen", "snoozed", "owedSince", "\"tags\"", "loylymaki.example", "Asiakaspalvelu"] {
            #expect(!text.contains(secret), "\(secret) in \(text)")
        }
    }

    @Test("another company hears nothing at all")
    func otherCompany() async throws {
        try await Shop.open { shop in
            let ear = try await shop.listen(try await shop.agent(Loylymaki.stranger), after: 0)
            let id = try await shop.conversation()
            try await shop.doEverythingInternal(to: id, try await shop.agent(), try await shop.agent(Loylymaki.maija))
            try await ear.say(["type": "typing", "conversation": "\(id)", "text": "naapuri"])
            _ = try await shop.ask("POST", "/teams", try await shop.agent(Loylymaki.stranger), ["name": "Nikkarit"])
            let heard = try await ear.hear { $0.type == "team.changed" }
            #expect(heard.filter { $0.seq.isThere }.count == 1)
            #expect(!heard.contains { $0.agent.isThere && $0.agent != "vieras" || $0.conversation.isThere })
        }
    }

    @Test("a socket answers a ping, and bears what is no signal")
    func smallThings() async throws {
        try await Shop.open { shop in
            let ear = try await shop.listen(try await shop.visitor())
            for nonsense: Value in [
                [], "x", 7, nil, ["type": "löyly"], ["type": "typing"], ["type": "typing", "conversation": "01hzzzzzzzzzzzzzzzzzzzzzzz"],
                ["type": ["ping"]],
            ] {
                try await ear.say(nonsense)
            }
            try await ear.say(["type": "ping"])
            #expect(try await ear.hear("pong").type == "pong")
            try await ear.leave()
        }
    }

    @Test("who asks for a socket without a handshake is told how")
    func noHandshake() async throws {
        try await Shop.open { shop in
            let answer = try await shop.ask("GET", "/socket?after=0", try await shop.agent())
            #expect(answer.status == 426 && answer["Upgrade"] == "websocket")
            answer.expectProblem("no handshake")
        }
    }
}

extension Shop {
    /// Everything that is the team's own affair.
    func doEverythingInternal(to id: Conversation.ID, _ juhani: Papers, _ maija: Papers) async throws {
        let path = "/conversations/\(id)"
        let until = clock.now.adding(seconds: 3600).milliseconds
        let acts: [(String, String, Papers, Value?)] = [
            ("POST", path + "/messages", juhani, ["clientId": "n", "text": "salaisuus", "kind": "note", "mentions": ["maija"]]),
            ("PUT", path + "/tags/kiireinen", juhani, nil), ("PUT", path + "/assignment", juhani, ["agent": "maija", "note": "salaisuus"]),
            ("PUT", path + "/assignment", maija, ["agent": nil, "team": "palvelu"]),
            ("PUT", path + "/state", juhani, ["state": "snoozed", "until": .whole(until)]),
            ("PUT", path + "/state", juhani, ["state": "open"]),
            ("PUT", "/me/presence", juhani, ["presence": "break"]), ("PATCH", "/me", maija, ["fullName": "Maija salaisuus"]),
            ("POST", "/canned-replies", juhani, ["shortcut": "s", "title": "salaisuus", "texts": ["fi": "salaisuus"]]),
            ("POST", "/teams", maija, ["name": "salaisuus"]), ("PATCH", "/sites/verkkokauppa", maija, ["privacyText": ["fi": "salaisuus"]]),
            ("POST", "/signals", juhani, ["type": "typing", "conversation": "\(id)", "text": "salaisuus"]),
            ("DELETE", path + "/tags/kiireinen", juhani, nil), ("PUT", path + "/marks", juhani, ["read": 100]),
        ]
        for (method, path, papers, body) in acts {
            let answer = try await ask(method, path, papers, body)
            #expect(answer.isLetIn, "\(method) \(path): \(answer.text)")
        }
    }
}
