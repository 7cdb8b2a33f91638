import Core
import Reception
import Storage
import TestSupport
import Testing

/// How agents come in, and what stops those who guess.
@Suite("Signing in", .timeLimit(.minutes(4)))
struct SignInTests {
    static let password = "kiuas kivi kauha vihta"

    @Test("a password opens the desk, the cookie is the agent's alone, and the address may be written in capitals")
    func password() async throws {
        try await Shop.open { shop in
            try await shop.givePassword()
            let body: Value = ["email": "Juhani@Loylymaki.example", "password": "\(Self.password)"]
            let answer = try await shop.ask("POST", "/agent-sessions", .none, body, headers: ["User-Agent": "Mozilla Firefox/140 Linux"])
            #expect(answer.status == 200 && answer.json.agent.id == "juhani" && answer.json.needsPassword == false)
            let papers = Papers(token: answer.json.token.asText)
            let devices = try await shop.ask("GET", "/agent-sessions", headers: papers.cookies()).json.sessions
            #expect(devices[0].current == true && devices[0].device.browser == "Firefox" && devices[0].device.os == "Linux")
            #expect(!answer.text.contains(Self.password) && !answer.text.contains("argon2"))
        }
    }

    @Test(
        "cookies under http are Lax, under https Secure too; a visitor's is partitioned there, so that it works in a frame",
        arguments: [
            ("http://moro.example", "; HttpOnly; SameSite=Lax", "; HttpOnly; SameSite=Lax"),
            ("https://moro.example", "; HttpOnly; SameSite=Lax; Secure", "; HttpOnly; Secure; SameSite=None; Partitioned"),
        ])
    func cookies(_ baseURL: String, _ agents: String, _ visitors: String) async throws {
        try await Shop.open(baseURL: baseURL) { shop in
            let link = try await shop.house.agentDoor.makeLink(for: Loylymaki.juhani)
            let signedIn = try await shop.ask("POST", "/agent-sessions", .none, ["link": "\(link)"])
            #expect(signedIn.cookies == ["moro_agent=\(signedIn.json.token.asText); Path=/; Max-Age=1209600\(agents)"])
            let out = try await shop.ask("DELETE", "/agent-sessions/current", Papers(token: signedIn.json.token.asText))
            #expect(out.cookies == ["moro_agent=; Path=/; Max-Age=0\(agents)"])
            let came = try await shop.ask("POST", "/sessions", .none, ["site": "loylymaki"])
            let cookie = try #require(came.cookies.first?.wholeMatch(of: /moro_visitor_loylymaki=(\w{40}); Path=\/; Max-Age=31536000(.*)/))
            #expect(String(cookie.2) == visitors && !came.json.token.isThere && came.cookies.count == 1)
            let left = try await shop.ask("DELETE", "/sessions/current", Papers(token: String(cookie.1), site: "loylymaki"))
            #expect(left.cookies == ["moro_visitor_loylymaki=; Path=/; Max-Age=0\(visitors)"])
            #expect(try await shop.ask("GET", "/conversations", Papers(token: String(cookie.1), site: "loylymaki")).status == 401)
            let cookieless = try await shop.ask("POST", "/sessions", .none, ["site": "loylymaki", "cookieless": true])
            #expect(cookieless.cookies.isEmpty && cookieless.json.token.asText.count == 40)
        }
    }

    @Test("a visitor who comes again by cookie or token is the same visitor, on this site only")
    func sameVisitor() async throws {
        try await Shop.open { shop in
            let first = try await shop.ask("POST", "/sessions", .none, ["site": "loylymaki", "cookieless": true])
            let token = first.json.token.asText
            let byToken = try await shop.ask("POST", "/sessions", .none, ["site": "loylymaki", "token": "\(token)"])
            #expect(byToken.json.contact == first.json.contact)
            let byCookie = try await shop.ask(
                "POST", "/sessions", .none, ["site": "loylymaki"], headers: Papers(token: token, site: "loylymaki").cookies())
            #expect(byCookie.json.contact == first.json.contact)
            let elsewhere = try await shop.ask("POST", "/sessions", .none, ["site": "huolto", "token": "\(token)"])
            #expect(elsewhere.status == 200 && elsewhere.json.contact.id != first.json.contact.id)
        }
    }

    @Test("five wrong passwords lock the account for ten minutes, known or not, and tell how many are left")
    func lock() async throws {
        try await Shop.open { shop in
            try await shop.givePassword()
            for email in ["juhani@loylymaki.example", "ei.ketaan@loylymaki.example"] {
                for left: Int64 in [4, 3, 2, 1] {
                    let wrong = try await shop.signIn(email, "väärä salasana")
                    #expect(wrong.status == 401 && wrong.json.code == "wrong_credentials" && wrong.json.attemptsLeft == .whole(left))
                }
                for password in ["väärä salasana", Self.password] {
                    let locked = try await shop.signIn(email, password)
                    #expect(locked.status == 429 && locked.json.code == "too_many_attempts")
                    #expect(locked["Retry-After"] == "600" && locked.json.retryAfter == 600)
                }
            }
            shop.clock.advance(seconds: 601)
            #expect(try await shop.signIn("juhani@loylymaki.example", Self.password).status == 200)
        }
    }

    @Test("whoever has no password, or has left, does not come in by guessing one")
    func noPassword() async throws {
        try await Shop.open { shop in
            try await shop.givePassword(Cast.kalle)
            for (email, password) in [
                ("tuula@loylymaki.example", ""), ("tuula@loylymaki.example", "mitä vain"), (Cast.kalle.email, Self.password),
            ] {
                #expect(try await shop.signIn(email, password).json.code == "wrong_credentials")
            }
        }
    }

    @Test("attempts are counted by address too, whomever they are about")
    func byAddress() async throws {
        try await Shop.open(signInsPerAddress: 20) { shop in
            for _ in 1...5 { _ = try await shop.ask("POST", "/agent-sessions", .none, ["link": "arvaus"]) }
            let refused = try await shop.ask("POST", "/agent-sessions", .none, ["link": "arvaus"])
            #expect(refused.status == 429 && refused.json.code == "too_many_requests" && refused["Retry-After"] == "3")
        }
    }

    @Test("a link opens once, for a day, and lets its owner choose a password")
    func links() async throws {
        try await Shop.open { shop in
            let maija = try await shop.agent(Loylymaki.maija)
            let made = try await shop.ask("POST", "/agents/juhani/sign-in-links", maija).json.link.asText
            #expect(made.hasPrefix("http://moro.example/desk/sign-in?link="))
            let link = made.components(separatedBy: "link=").last ?? ""
            #expect(try await shop.page("/desk/sign-in?link=\(link)").status == 200)
            let came = try await shop.ask("POST", "/agent-sessions", .none, ["link": "\(link)"])
            #expect(came.status == 200 && came.json.needsPassword == true)
            let again = try await shop.ask("POST", "/agent-sessions", .none, ["link": "\(link)"])
            #expect(again.status == 410 && again.json.code == "link_used" && again.json.at.isThere)
            let papers = Papers(token: came.json.token.asText)
            #expect(try await shop.ask("PATCH", "/me", papers, ["password": ["new": "lyhyt"]]).json.field == "password")
            #expect(try await shop.ask("PATCH", "/me", papers, ["password": ["new": "\(Self.password)"]]).status == 200)
            #expect(try await shop.ask("GET", "/me", papers).json.needsPassword == false)
            let late = try await shop.house.agentDoor.makeLink(for: Loylymaki.juhani)
            shop.clock.advance(seconds: 86_401)
            let expired = try await shop.ask("POST", "/agent-sessions", .none, ["link": "\(late)"])
            #expect(expired.status == 410 && expired.json.code == "link_expired")
            #expect(try await shop.ask("POST", "/agent-sessions", .none, ["link": "arvaus"]).status == 404)
            #expect(try await shop.signIn("juhani@loylymaki.example", Self.password).status == 200)
        }
    }

    @Test("a new password needs the old one, and signs the other devices out")
    func newPassword() async throws {
        try await Shop.open { shop in
            try await shop.givePassword()
            let (here, elsewhere) = (try await shop.agent(), try await shop.agent())
            let ear = try await shop.listen(elsewhere)
            for old: Value in [["new": "uusi salasana"], ["new": "uusi salasana", "old": "arvaus"]] {
                #expect(try await shop.ask("PATCH", "/me", here, ["password": old]).json.field == "password.old")
            }
            let body: Value = ["password": ["new": "uusi salasana", "old": "\(Self.password)"]]
            #expect(try await shop.ask("PATCH", "/me", here, body).status == 200)
            #expect(try await ear.goodbye().code == 4001)
            #expect(try await shop.ask("GET", "/me", elsewhere).status == 401)
            #expect(try await shop.ask("GET", "/me", here).status == 200)
        }
    }

    @Test("a session lasts two weeks from its last use")
    func lasting() async throws {
        try await Shop.open { shop in
            let link = try await shop.house.agentDoor.makeLink(for: Loylymaki.juhani)
            let papers = Papers(token: try await shop.ask("POST", "/agent-sessions", .none, ["link": "\(link)"]).json.token.asText)
            for _ in 1...2 {
                shop.clock.advance(seconds: 13 * 86_400)
                #expect(try await shop.ask("GET", "/me", papers).status == 200)
            }
            shop.clock.advance(seconds: 14 * 86_400 + 1)
            #expect(try await shop.ask("GET", "/me", papers).status == 401)
        }
    }
}

extension Shop {
    fileprivate func givePassword(_ agent: Agent = Loylymaki.juhani) async throws {
        try await house.agentDoor.setPassword(SignInTests.password, of: agent, knowing: nil, keeping: nil)
    }

    fileprivate func signIn(_ email: String, _ password: String) async throws -> Answer {
        try await ask("POST", "/agent-sessions", .none, ["email": "\(email)", "password": "\(password)"])
    }
}
