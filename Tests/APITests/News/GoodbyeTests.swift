import Core
import TestSupport
import Testing

/// How a socket ends, and what its owner is to do about it.
@Suite("Goodbyes", .timeLimit(.minutes(4)))
struct GoodbyeTests {
    @Test("when the server goes, everyone is told to come back, and when")
    func shutdown() async throws {
        try await Shop.open { shop in
            let ears = [try await shop.listen(try await shop.visitor()), try await shop.listen(try await shop.agent())]
            await shop.services.triggerGracefulShutdown()
            for ear in ears {
                let goodbye = try await ear.goodbye()
                #expect(goodbye.code == 1001)
                let wait = try #require(goodbye.reason.wholeMatch(of: /retry=(\d+)/).flatMap { Int($0.1) })
                #expect((300...2500).contains(wait))
            }
        }
    }

    @Test("who signs out everywhere hears nothing more on any device; colleagues do")
    func everywhere() async throws {
        try await Shop.open { shop in
            let (one, other) = (try await shop.agent(), try await shop.agent())
            let (ears, maijas) = (
                [try await shop.listen(one), try await shop.listen(other)], try await shop.listen(try await shop.agent(Loylymaki.maija))
            )
            #expect(try await shop.ask("DELETE", "/agent-sessions", one).status == 204)
            for ear in ears { #expect(try await ear.goodbye().code == 4001) }
            #expect(try await shop.ask("GET", "/me", other).status == 401)
            try await maijas.say(["type": "ping"])
            _ = try await maijas.hear("pong")
        }
    }

    @Test("who signs out one device, hears on the others")
    func oneDevice() async throws {
        try await Shop.open { shop in
            let (one, other) = (try await shop.agent(), try await shop.device(of: Loylymaki.juhani))
            let (ear, others) = (try await shop.listen(one), try await shop.listen(other.papers))
            #expect(try await shop.ask("DELETE", "/agent-sessions/\(other.id)", one).status == 204)
            #expect(try await others.goodbye().code == 4001)
            #expect(try await shop.ask("DELETE", "/agent-sessions/current", one).status == 204)
            #expect(try await ear.goodbye().code == 4001)
            #expect(try await shop.ask("GET", "/me", one).status == 401)
        }
    }

    @Test("an agent's session has at most fifty sockets: the oldest makes room for the next")
    func tooMany() async throws {
        try await Shop.open { shop in
            let (juhani, other) = (try await shop.agent(), try await shop.listen(try await shop.agent()))
            var ears: [Ear] = []
            for _ in 1...52 { ears.append(try await shop.listen(juhani)) }
            for ear in ears.prefix(2) {
                let goodbye = try await ear.goodbye()
                #expect(goodbye.code == 4009 && goodbye.reason == "replaced")
            }
            for ear in [other, ears[2], ears[51]] {
                try await ear.say(["type": "ping"])
                _ = try await ear.hear("pong")
            }
        }
    }

    @Test("who is let go is let go of at once")
    func deactivated() async throws {
        try await Shop.open { shop in
            let juhani = try await shop.agent()
            let ear = try await shop.listen(juhani)
            #expect(try await shop.ask("PATCH", "/agents/juhani", try await shop.agent(Loylymaki.maija), ["active": false]).status == 200)
            #expect(try await ear.goodbye().code == 4001)
            #expect(try await shop.ask("GET", "/me", juhani).status == 401)
            await #expect(throws: Ear.Refused.self) { _ = try await shop.listen(juhani) }
        }
    }

    @Test("a visitor who is forgotten here, is forgotten in every tab: sockets are sent back to the door, and are not let in")
    func forgotten() async throws {
        try await Shop.open { shop in
            let (liisa, elsewhere) = (try await shop.visitor(), try await shop.visitor())
            let ears = [try await shop.listen(liisa), try await shop.listen(elsewhere)]
            try await shop.seated(ears, by: liisa)
            #expect(try await shop.ask("DELETE", "/sessions/current", liisa).status == 204)
            for ear in ears { #expect(try await ear.goodbye().code == 1001) }
            await #expect(throws: Ear.Refused.self) { _ = try await shop.listen(liisa) }
            _ = try await shop.listen(elsewhere)
        }
    }

    @Test("a visitor who proves to be a known customer is listened to as that customer in every tab")
    func proven() async throws {
        try await Shop.open { shop in
            for contact in [Loylymaki.liisa, Loylymaki.pekka] {
                let papers = try await shop.visitor(contact)
                let ear = try await shop.listen(papers)
                try await shop.seated([ear], by: papers)
                let proof = try Loylymaki.shop.proof(of: "asiakas-7")
                let proven = try await shop.ask("PUT", "/sessions/current/identity", papers, ["id": "asiakas-7", "hash": "\(proof)"])
                #expect(proven.status == 200)
                guard proven.json.changed == true else { continue }
                #expect(contact == Loylymaki.pekka)
                #expect(try await ear.goodbye().code == 1001)
                let again = try await shop.listen(papers)
                let said = try await shop.ask("POST", "/conversations", papers, ["clientId": "proven", "text": "Minä tässä"])
                #expect(try await again.hear { $0.message.clientId == "proven" }.last?.message == said.json.message)
            }
        }
    }

    @Test("who is signed out while a poll waits is told nothing more by it")
    func waitingPoll() async throws {
        try await Shop.open { shop in
            let (juhani, liisa, id) = (try await shop.agent(), try await shop.visitor(), try await shop.conversation())
            let head = try await shop.head()
            try await shop.arrive()
            for (papers, path) in [(juhani, "/agent-sessions"), (liisa, "/sessions/current")] {
                async let poll = shop.ask("GET", "/events?after=\(try await shop.head())&wait=20", papers)
                #expect(try await shop.ask("DELETE", path, papers).status == 204)
                let note: Value = ["clientId": "\(path)", "text": "Kuulumisia"]
                let sender = try await shop.agent(Loylymaki.maija)
                #expect(try await shop.ask("POST", "/conversations/\(id)/messages", sender, note).status == 201)
                let answer = try await poll
                #expect(answer.status == 401 && !answer.text.contains("Kuulumisia"))
            }
            #expect(try await shop.head() > head)
        }
    }
}

extension Shop {
    /// Returns when each of these hears news: what is told before a socket is seated is read from the log.
    fileprivate func seated(_ ears: [Ear], by papers: Papers) async throws {
        let clientID = house.store.world.newToken()
        _ = try await ask("POST", "/conversations", papers, ["clientId": "\(clientID)", "text": "Kuuluuko?"])
        for ear in ears { _ = try await ear.hear { $0.message.clientId == .string(clientID) } }
    }
}
