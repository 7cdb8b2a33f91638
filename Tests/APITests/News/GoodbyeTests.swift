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
}
