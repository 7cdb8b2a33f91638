import CSodium
import Core
import Storage
import Testing
import TestSupport

@testable import Reception

private let device = Device(browser: "Firefox", os: "Linux", kind: .desktop)
private let password = "neljä sanaa riittää hyvin"

@Suite("The agents' door")
struct AgentDoorTests {
    let house: House
    let maija = Loylymaki.maija

    init() async throws { house = try await House() }

    // MARK: Passwords

    @Test("With the right password one is in; the address may be written in capitals")
    func rightPassword() async throws {
        try await choosePassword()
        let (agent, token) = try await signIn(email: "Maija@Loylymaki.example")
        #expect(agent.id == "maija")
        #expect(try await house.agents.find(token: token).agent.id == "maija")
    }

    @Test("Wrong passwords are counted; the fifth closes the account for ten minutes, for the right one too")
    func lock() async throws {
        try await choosePassword()
        for left in [4, 3, 2, 1] {
            await #expect(throws: Refusal.wrongCredentials(attemptsLeft: left)) { try await signIn("arvaus") }
        }
        await #expect(throws: Refusal.tooManyAttempts(retryAfter: 600)) { try await signIn("arvaus") }
        house.clock.advance(seconds: 599)
        await #expect(throws: Refusal.tooManyAttempts(retryAfter: 1)) { try await signIn() }
        house.clock.advance(seconds: 1)
        _ = try await signIn()
        await #expect(throws: Refusal.wrongCredentials(attemptsLeft: 4)) { try await signIn("arvaus") }
    }

    @Test("Old mistakes are forgotten after the rest")
    func forgotten() async throws {
        for left in [4, 3] { await #expect(throws: Refusal.wrongCredentials(attemptsLeft: left)) { try await signIn("arvaus") } }
        house.clock.advance(seconds: 600)
        await #expect(throws: Refusal.wrongCredentials(attemptsLeft: 4)) { try await signIn("arvaus") }
    }

    @Test("An unknown address, one without a password and a wrong password look alike")
    func alike() async throws {
        try await choosePassword()
        for email in ["maija@loylymaki.example", "juhani@loylymaki.example", "kukaan@loylymaki.example", ""] {
            await #expect(throws: Refusal.wrongCredentials(attemptsLeft: 4)) { try await signIn("arvaus", email: email) }
        }
    }

    @Test("The hash checked for unknown addresses is as costly as a real one")
    func nobodysHash() {
        let cost = (UInt64(crypto_pwhash_OPSLIMIT_INTERACTIVE), Int(crypto_pwhash_MEMLIMIT_INTERACTIVE))
        #expect(crypto_pwhash_str_needs_rehash(AgentDoor.nobodysHash, cost.0, cost.1) == 0)
    }

    @Test("A password is long enough, and not endless", arguments: ["", "lyhyt", String(repeating: "a", count: 257)])
    func passwordRules(password: String) async throws {
        await #expect(throws: Refusal.self) { try await house.agents.setPassword(password, of: maija, knowing: nil, keeping: nil) }
        #expect(try await !house.agents.hasPassword(maija))
    }

    @Test("A password lies in the database as argon2id only")
    func hashed() async throws {
        try await choosePassword()
        let hash = try #require(try await house.store.read { try $0.passwordHash(of: "maija") })
        #expect(hash.hasPrefix("$argon2id$v=19$m=65536,t=2,p=1$"))
    }

    @Test("Whoever changes their password must know the old one, and is signed out everywhere else")
    func change() async throws {
        try await choosePassword()
        let (here, there) = (try await signIn().token, try await signIn().token)
        let session = try await house.agents.find(token: here).session.id
        for old in [nil, "arvaus"] {
            let error = await #expect(throws: Refusal.self) {
                try await house.agents.setPassword("uusi hyvä salasana", of: maija, knowing: old, keeping: session)
            }
            guard case .invalid("password.old", _) = error else { return #expect(Bool(false), "\(error as Any)") }
        }
        try await house.agents.setPassword("uusi hyvä salasana", of: maija, knowing: password, keeping: session)
        _ = try await house.agents.find(token: here)
        await #expect(throws: Refusal.notSignedIn) { try await house.agents.find(token: there) }
        await #expect(throws: Refusal.wrongCredentials(attemptsLeft: 4)) { try await signIn() }
        _ = try await signIn("uusi hyvä salasana")
    }

    // MARK: One-time links

    @Test("A link lets in once, and says when it was used")
    func link() async throws {
        let link = try await house.agents.makeLink(for: maija)
        house.clock.advance(seconds: 60)
        #expect(try await house.agents.signIn(link: link, device: device).agent.id == "maija")
        let used = house.clock.now
        house.clock.advance(seconds: 60)
        await #expect(throws: Refusal.linkUsed(at: used)) { try await house.agents.signIn(link: link, device: device) }
    }

    @Test("Of many who use a link at once one gets in")
    func linkRace() async throws {
        let link = try await house.agents.makeLink(for: maija)
        let entered = await withTaskGroup(of: Bool.self) { [house] group in
            for _ in 0..<20 { group.addTask { (try? await house.agents.signIn(link: link, device: device)) != nil } }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(entered == 1)
    }

    @Test("A link of yesterday lets nobody in, one that never was neither")
    func oldLink() async throws {
        let made = house.clock.now
        let link = try await house.agents.makeLink(for: maija, seconds: 3600)
        house.clock.advance(seconds: 3600)
        await #expect(throws: Refusal.linkExpired(at: made.adding(seconds: 3600))) {
            try await house.agents.signIn(link: link, device: device)
        }
        await #expect(throws: Refusal.notFound("link")) { try await house.agents.signIn(link: "arvaus", device: device) }
    }

    // MARK: Staying and going

    @Test("One stays for two weeks from the last use")
    func stay() async throws {
        let token = try await enter()
        for _ in 0..<3 {
            house.clock.advance(seconds: 13 * 86_400)
            _ = try await house.agents.find(token: token)
        }
        house.clock.advance(seconds: 14 * 86_400)
        await #expect(throws: Refusal.notSignedIn) { try await house.agents.find(token: token) }
        await #expect(throws: Refusal.notSignedIn) { try await house.agents.find(token: "arvaus") }
    }

    @Test("Signing out ends this device, or all of them")
    func signOut() async throws {
        let tokens = [try await enter(), try await enter(), try await enter()]
        try await house.agents.signOut(house.agents.find(token: tokens[0]).session.id, of: maija)
        await #expect(throws: Refusal.notSignedIn) { try await house.agents.find(token: tokens[0]) }
        #expect(try await house.agents.sessions(of: maija).count == 2)
        try await house.agents.signOutEverywhere(maija)
        for token in tokens { await #expect(throws: Refusal.notSignedIn) { try await house.agents.find(token: token) } }
    }

    @Test("Nobody signs out a colleague's device")
    func colleaguesDevice() async throws {
        let token = try await enter()
        try await house.agents.signOut(house.agents.find(token: token).session.id, of: Loylymaki.juhani)
        _ = try await house.agents.find(token: token)
    }

    @Test("Who no longer works here is out at once, and gets in by no way")
    func deactivated() async throws {
        try await choosePassword(of: Loylymaki.juhani)
        let link = try await house.agents.makeLink(for: Loylymaki.juhani)
        let token = try await house.agents.signIn(email: Loylymaki.juhani.email, password: password, device: device).token
        _ = try await house.office.change("juhani", of: Loylymaki.workspace.id) { $0.isActive = false }
        await #expect(throws: Refusal.notSignedIn) { try await house.agents.find(token: token) }
        await #expect(throws: Refusal.notFound("link")) { try await house.agents.signIn(link: link, device: device) }
        await #expect(throws: Refusal.wrongCredentials(attemptsLeft: 4)) { try await signIn(email: Loylymaki.juhani.email) }
    }

    private func choosePassword(of agent: Agent = Loylymaki.maija) async throws {
        try await house.agents.setPassword(password, of: agent, knowing: nil, keeping: nil)
    }

    @discardableResult
    private func signIn(_ word: String = password, email: String = Loylymaki.maija.email) async throws -> (agent: Agent, token: String) {
        try await house.agents.signIn(email: email, password: word, device: device)
    }

    private func enter() async throws -> String {
        try await house.agents.signIn(link: house.agents.makeLink(for: maija), device: device).token
    }
}
