import API
import Core
import TestSupport
import Testing

/// Limits stop a machine, and are never met by people.
@Suite("Rate limits", .timeLimit(.minutes(4)))
struct RateLimitTests {
    private func say(_ shop: Shop, _ papers: Papers, _ number: Int) async throws -> Answer {
        try await shop.ask("POST", "/conversations", papers, ["clientId": "\(number)", "text": "Moi \(number)"])
    }

    @Test("a session that floods is told to wait, how long, and is heard again after that; others are not touched")
    func messages() async throws {
        try await Shop.open(messagesPerSession: 20) { shop in
            let (liisa, pekka) = (try await shop.visitor(), try await shop.visitor(Loylymaki.pekka))
            for number in 1...5 { #expect(try await say(shop, liisa, number).status == 201) }
            let refused = try await say(shop, liisa, 6)
            refused.expectProblem("the sixth message")
            #expect(refused.status == 429 && refused.json.code == "too_many_requests")
            #expect(refused["Retry-After"] == "3" && refused.json.retryAfter == 3)
            #expect(try await say(shop, pekka, 1).status == 201)
            shop.clock.advance(seconds: 3)
            #expect(try await say(shop, liisa, 6).status == 201)
            #expect(try await say(shop, liisa, 7).status == 429)
        }
    }

    @Test("an address that floods is told to wait, whatever it asks")
    func requests() async throws {
        try await Shop.open(requestsPerAddress: 40) { shop in
            for _ in 1...10 { #expect(try await shop.ask("GET", "/sites/loylymaki/widget").status == 200) }
            for path in ["/sites/loylymaki/widget", "/me", "/conversations"] {
                let refused = try await shop.ask("GET", path)
                refused.expectProblem(path)
                #expect(refused.status == 429 && refused["Retry-After"] == "2")
            }
            shop.clock.advance(seconds: 2)
            #expect(try await shop.ask("GET", "/sites/loylymaki/widget").status == 200)
        }
    }

    @Test("an office of fifty behind one address is never stopped: all arrive in the same moment, read, and write at once")
    func office() async throws {
        let standard = House.Configuration(baseURL: Shop.origin)
        try await Shop.open(
            messagesPerSession: standard.messagesPerSession, requestsPerAddress: standard.requestsPerAddress,
            signInsPerAddress: standard.signInsPerAddress, sessionsPerAddress: standard.sessionsPerAddress
        ) { shop in
            var office: [Papers] = []
            for person in 1...50 {
                let welcome = try await shop.ask("POST", "/sessions", .none, ["site": "loylymaki", "cookieless": true])
                #expect(welcome.status == 200, "\(person): \(welcome.text)")
                office.append(Papers(token: welcome.json.token.asText, site: "loylymaki"))
            }
            try await withThrowingTaskGroup(of: [Int].self) { group in
                for papers in office {
                    group.addTask {
                        var heard: [Int] = []
                        for number in 1...5 { heard.append(try await say(shop, papers, number).status) }
                        heard.append(try await shop.ask("GET", "/conversations", papers).status)
                        return heard
                    }
                }
                for try await statuses in group { #expect(statuses == [201, 201, 201, 201, 201, 200]) }
            }
        }
    }

    @Test("new sessions are counted by address, also when a made-up token is shown; a known visitor is never stopped")
    func sessions() async throws {
        try await Shop.open(sessionsPerAddress: 20) { shop in
            let liisa = try await shop.visitor()
            for number in 1...5 {
                #expect(try await shop.ask("POST", "/sessions", .none, ["site": "loylymaki", "token": "made-up-\(number)"]).status == 200)
            }
            for body: Value in [["site": "loylymaki"], ["site": "loylymaki", "token": "made-up"]] {
                let refused = try await shop.ask("POST", "/sessions", .none, body)
                #expect(refused.status == 429 && refused["Retry-After"] == "3")
            }
            let token = Value.string(liisa.token ?? "")
            for _ in 1...10 {
                #expect(try await shop.ask("POST", "/sessions", .none, ["site": "loylymaki", "token": token]).status == 200)
            }
        }
    }

    @Test("behind a proxy that is trusted, the address is the visitor's; otherwise nobody's word about it counts")
    func proxies() async throws {
        try await Shop.open(requestsPerAddress: 20, trusts: { $0 == "127.0.0.1" || $0 == "10.0.0.1" }) { shop in
            let five = try await ask(shop, from: (1...5).map { "9.9.9.\($0), 192.0.2.7" })
            #expect(five == [200, 200, 200, 200, 200])
            let others = try await ask(shop, from: ["9.9.9.9, 192.0.2.7, 10.0.0.1", "192.0.2.7, 192.0.2.8"])
            #expect(others == [429, 200])
        }
        try await Shop.open(requestsPerAddress: 20) { shop in
            let six = try await ask(shop, from: (1...6).map { "192.0.2.\($0)" })
            #expect(six == [200, 200, 200, 200, 200, 429])
        }
    }

    private func ask(_ shop: Shop, from addresses: [String]) async throws -> [Int] {
        var statuses: [Int] = []
        for address in addresses {
            statuses.append(try await shop.ask("GET", "/sites/loylymaki/widget", headers: ["X-Forwarded-For": address]).status)
        }
        return statuses
    }
}
