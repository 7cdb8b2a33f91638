import Core
import Foundation
import TestSupport
import Testing

/// What is not stored: who is typing, who is here, who is on which page.
@Suite("Signals", .timeLimit(.minutes(4)))
struct SignalTests {
    @Test(
        "a customer's typing is heard by the team; what they type only where the site's peek is on", arguments: [false, true],
        [false, true])
    func customersTyping(_ peek: Bool, _ bySocket: Bool) async throws {
        try await Shop.open { shop in
            let (liisa, id) = (try await shop.visitor(), try await shop.conversation())
            _ = try await shop.ask("PATCH", "/sites/verkkokauppa", try await shop.agent(Loylymaki.maija), ["peek": .flag(peek)])
            let (juhani, liisas) = (try await shop.listen(try await shop.agent()), try await shop.listen(liisa))
            let signal: Value = [
                "type": "typing", "conversation": "\(id)", "text": .string("Sihisee" + String(repeating: "e", count: 3_000)),
            ]
            let heard = try await shop.repeating {
                if bySocket { try await liisas.say(signal) } else { _ = try await shop.ask("POST", "/signals", liisa, signal) }
            } until: {
                try await juhani.hear("typing")
            }
            #expect(heard.conversation == "\(id)" && heard.author.kind == "contact" && heard.author.name == "Liisa Rantanen")
            #expect(heard.text.isThere == peek)
            #expect(heard.text.asText.count == (peek ? 2_000 : 0))
            #expect(!heard.stopped.isThere && !heard.seq.isThere)
        }
    }

    @Test("who stops typing is heard at once, however soon")
    func stopped() async throws {
        try await Shop.open { shop in
            let (liisa, id) = (try await shop.visitor(), try await shop.conversation())
            let (juhani, liisas) = (try await shop.listen(try await shop.agent()), try await shop.listen(liisa))
            let heard = try await shop.repeating {
                try await liisas.say(["type": "typing", "conversation": "\(id)"])
                try await liisas.say(["type": "typing", "conversation": "\(id)", "stopped": true])
            } until: {
                try await juhani.hear { $0.type == "typing" && $0.stopped == true }.last ?? .null
            }
            #expect(heard.conversation == "\(id)")
        }
    }

    @Test("an agent's typing is shown to the customer without its text, and to colleagues as a warning")
    func agentsTyping() async throws {
        try await Shop.open { shop in
            let (juhani, id) = (try await shop.agent(), try await shop.conversation())
            let (liisas, tuulas) = (
                try await shop.listen(try await shop.visitor()), try await shop.listen(try await shop.agent(Loylymaki.tuula))
            )
            let say: @Sendable () async throws -> Void = {
                _ = try await shop.ask("POST", "/signals", juhani, ["type": "typing", "conversation": "\(id)", "text": "salaisuus"])
            }
            let shown = try await shop.repeating(say) { try await liisas.hear("typing") }
            #expect(shown.author.name == "Juhani" && shown.author.kind == "agent" && !shown.text.isThere)
            let warned = try await shop.repeating(say) { try await tuulas.hear("composing") }
            #expect(warned.author.id == "juhani" && warned.conversation == "\(id)" && !warned.text.isThere)
        }
    }

    @Test("nobody types in a conversation that is not theirs")
    func foreignTyping() async throws {
        try await Shop.open { shop in
            let id = try await shop.conversation()
            let signal: Value = ["type": "typing", "conversation": "\(id)", "text": "Täällä Pekka"]
            let juhani = try await shop.listen(try await shop.agent())
            for papers in [
                try await shop.visitor(Loylymaki.pekka), try await shop.visitor(Cast.sirkka, on: Cast.workshop),
                try await shop.agent(Loylymaki.stranger),
            ] {
                let ear = try await shop.listen(papers)
                try await ear.say(signal)
                try await ear.say(["type": "ping"])
                _ = try await ear.hear("pong")
                #expect(try await shop.ask("POST", "/signals", papers, signal).status == 404)
            }
            _ = try await shop.ask("POST", "/conversations/\(id)/messages", try await shop.visitor(), ["clientId": "1", "text": "Moi"])
            #expect(try await !juhani.hear { $0.message.clientId == "1" }.contains { $0.type == "typing" })
        }
    }

    @Test("who is here is the truth: told to colleagues and customers when a device connects, takes a break and comes back")
    func presence() async throws {
        try await Shop.open { shop in
            let (maija, liisa) = (try await shop.agent(Loylymaki.maija), try await shop.visitor())
            func availability() async throws -> Value { try await shop.ask("GET", "/sites/loylymaki/widget").json.availability }
            let before = try await availability()
            #expect(before == ["state": "unattended", "agents": []])
            let (liisas, juhanis) = (try await shop.listen(liisa), try await shop.listen(try await shop.agent()))
            _ = try await liisas.hear { $0.availability.agents.asList.count == 1 }
            let maijas = try await shop.listen(maija)
            _ = try await juhanis.hear { $0.type == "presence" && $0.agent == "maija" && $0.presence == "here" }
            let open = try await liisas.hear { $0.availability.agents.asList.count == 2 }.last?.availability
            #expect(open?.state == "open" && open?.agents.asList.map(\.name.asText).sorted() == ["Juhani", "Maija"])
            #expect(try await availability().agents.asList.count == 2)
            _ = try await shop.ask("PUT", "/me/presence", maija, ["presence": "break"])
            _ = try await juhanis.hear { $0.type == "presence" && $0.agent == "maija" && $0.presence == "break" }
            _ = try await liisas.hear { $0.availability.agents.asList.map(\.name.asText) == ["Juhani"] }
            _ = try await shop.ask("PUT", "/me/presence", maija, ["presence": "here"])
            _ = try await liisas.hear { $0.availability.agents.asList.count == 2 }
            try await maijas.leave()
        }
    }

    @Test("the team hears on which page a customer is; customers don't hear of each other")
    func pages() async throws {
        try await Shop.open { shop in
            let liisa = try await shop.visitor()
            let (juhanis, pekkas) = (
                try await shop.listen(try await shop.agent()), try await shop.listen(try await shop.visitor(Loylymaki.pekka))
            )
            let page: Value = [
                "url": "https://loylymaki.example/kiukaat?a=1&b=2", "title": "Kiukaat <b>", "referrer": "https://haku.example/",
            ]
            let heard = try await shop.repeating {
                _ = try await shop.ask("PATCH", "/sessions/current", liisa, ["page": page])
            } until: {
                try await juhanis.hear("page")
            }
            #expect(heard.contact == "liisa" && heard.page == page && heard.online == true)
            for wrong: Value in [["url": "javascript:alert(1)", "title": "x"], ["url": "file:///etc/passwd", "title": "x"]] {
                #expect(try await shop.ask("PATCH", "/sessions/current", liisa, ["page": wrong]).json.field == "page.url")
            }
            _ = try await shop.ask("POST", "/conversations", try await shop.visitor(Loylymaki.pekka), ["clientId": "1", "text": "Moi"])
            #expect(try await !pekkas.hear { $0.message.clientId == "1" }.contains { $0.type == "page" || $0.type == "presence" })
        }
    }
}

extension Shop {
    /// A signal may be dropped, for one until its hearer is seated: it is given again and again until it is heard.
    fileprivate func repeating(
        _ act: @escaping @Sendable () async throws -> Void, until heard: @Sendable () async throws -> Value
    ) async throws -> Value {
        let repetition = Task {
            while !Task.isCancelled {
                try await act()
                try await Task.sleep(for: .milliseconds(100))
            }
        }
        defer { repetition.cancel() }
        return try await heard()
    }
}
