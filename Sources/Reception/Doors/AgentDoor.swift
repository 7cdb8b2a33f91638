import Core
import Storage

/// How agents come in and go out.
public struct AgentDoor: Sendable {
    /// Signed in for two weeks, counted from the last use.
    static let stay: Int64 = 14 * 86_400
    static let attempts = 5
    /// Seconds an account rests after too many wrong passwords.
    static let rest: Int64 = 10 * 60

    private let store: Store

    public init(store: Store) { self.store = store }

    /// Signs in with a password. An unknown address and a wrong password look alike, and take as long.
    /// - Returns: the agent and the session's token.
    public func signIn(email: String, password: String, device: Device) async throws -> (agent: Agent, token: String) {
        let email = email.lowercased()
        let (agent, hash) = try await store.read { tx in
            try Self.refuseAfterTooMany(tx, email)
            let agent = try tx.agent(email: email)
            return (agent, try agent.flatMap { try tx.passwordHash(of: $0.id) })
        }
        let matches = try await Passwords.matches(password, hash ?? Self.nobodysHash)
        guard matches, hash != nil, let agent, agent.isActive else { throw try await fail(email) }
        return try await store.write { tx in
            try tx.setSignInFailures(email: email, 0)
            return (agent, try Self.open(tx, agent, device))
        }
    }

    /// Signs in with a one-time link, which is used up.
    public func signIn(link: String, device: Device) async throws -> (agent: Agent, token: String) {
        try await store.write { tx in
            let hash = digest(of: link)
            guard let found = try tx.signInLink(tokenHash: hash) else { throw Refusal.notFound("link") }
            if let used = found.usedAt { throw Refusal.linkUsed(at: used) }
            guard found.expiresAt > tx.now else { throw Refusal.linkExpired(at: found.expiresAt) }
            let agent = try tx.agent(found.agent, of: found.workspace)
            guard agent.isActive else { throw Refusal.notFound("link") }
            guard try tx.useSignInLink(tokenHash: hash) else { throw Refusal.linkUsed(at: tx.now) }
            return (agent, try Self.open(tx, agent, device))
        }
    }

    /// Makes a one-time link's token for an agent, good for so many seconds.
    public func makeLink(for agent: Agent, seconds: Int64 = 86_400) async throws -> String {
        try await store.write { tx in
            let token = tx.world.newToken()
            try tx.insertSignInLink(for: agent, tokenHash: digest(of: token), expiresAt: tx.now.adding(seconds: seconds))
            return token
        }
    }

    /// Who holds this token; their stay is prolonged, at most once an hour so that reading does not write.
    public func find(token: String) async throws -> (agent: Agent, session: AgentSession) {
        let found = try await store.read { tx -> (Agent, AgentSession)? in
            guard let session = try tx.agentSession(tokenHash: digest(of: token)) else { return nil }
            return (try tx.agent(session.agent, of: session.workspace), session)
        }
        guard let (agent, session) = found, agent.isActive else { throw Refusal.notSignedIn }
        if session.seenAt.adding(seconds: 3600) < store.world.now() {
            try await store.write { try $0.touch(session.id, expiresAt: $0.now.adding(seconds: Self.stay)) }
        }
        return (agent, session)
    }

    public func sessions(of agent: Agent) async throws -> [AgentSession] { try await store.read { try $0.agentSessions(of: agent.id) } }

    public func signOut(_ session: AgentSession.ID, of agent: Agent) async throws {
        try await store.write { try $0.deleteAgentSession(session, of: agent.id) }
    }

    public func signOutEverywhere(_ agent: Agent) async throws { try await store.write { try $0.deleteAgentSessions(of: agent.id) } }

    /// Refuses what is no good password.
    public func check(password: String) throws { try Passwords.check(password) }

    /// Sets a password. Whoever is signed in and has one must know the old; other devices are signed out.
    public func setPassword(_ password: String, of agent: Agent, knowing old: String?, keeping session: AgentSession.ID?) async throws {
        try Passwords.check(password)
        if let hash = try await store.read({ try $0.passwordHash(of: agent.id) }), session != nil {
            guard let old, try await Passwords.matches(old, hash) else {
                throw Refusal.invalid(field: "password.old", "The present password is another one.")
            }
        }
        let hash = try await Passwords.hash(password)
        try await store.write { tx in
            try tx.setPasswordHash(hash, of: agent.id)
            try tx.deleteAgentSessions(of: agent.id, except: session)
        }
    }

    /// Whether the agent has chosen a password yet.
    public func hasPassword(_ agent: Agent) async throws -> Bool { try await store.read { try $0.passwordHash(of: agent.id) != nil } }

    private static func open(_ tx: Transaction, _ agent: Agent, _ device: Device) throws -> String {
        let token = tx.world.newToken()
        let session = AgentSession(
            id: tx.world.newID(), workspace: agent.workspace, agent: agent.id, device: device, startedAt: tx.now, seenAt: tx.now,
            expiresAt: tx.now.adding(seconds: stay))
        try tx.insert(session, tokenHash: digest(of: token))
        return token
    }

    private static func refuseAfterTooMany(_ tx: Transaction, _ email: String) throws {
        guard let failures = try tx.signInFailures(email: email), failures.count >= attempts else { return }
        let until = failures.lastAt.adding(seconds: rest)
        guard until > tx.now else { return }
        throw Refusal.tooManyAttempts(retryAfter: Int((until.milliseconds - tx.now.milliseconds + 999) / 1000))
    }

    private func fail(_ email: String) async throws -> Refusal {
        try await store.write { tx in
            let old = try tx.signInFailures(email: email)
            let isFresh = old.map { $0.lastAt.adding(seconds: Self.rest) > tx.now } ?? false
            let count = (isFresh ? old?.count ?? 0 : 0) + 1
            try tx.setSignInFailures(email: email, count)
            return count >= Self.attempts
                ? .tooManyAttempts(retryAfter: Int(Self.rest)) : .wrongCredentials(attemptsLeft: Self.attempts - count)
        }
    }

    /// The argon2id hash of a word nobody types: checked for unknown addresses, so that they take as long as known ones.
    static let nobodysHash =
        "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$nFZgvDmNYV0mOJpBTPv0kh2TBgEVyiyVJSG9RX4LVFY"
}
