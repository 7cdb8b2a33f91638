import Core

/// One signed-in device of an agent.
public struct AgentSession: Sendable, Equatable {
    public typealias ID = Core.ID<AgentSession>
    public let id: ID
    public let workspace: Workspace.ID
    public let agent: Agent.ID
    public let device: Device
    public let startedAt: Moment
    public let seenAt: Moment
    public let expiresAt: Moment

    public init(
        id: ID, workspace: Workspace.ID, agent: Agent.ID, device: Device, startedAt: Moment, seenAt: Moment, expiresAt: Moment
    ) {
        self.id = id
        self.workspace = workspace
        self.agent = agent
        self.device = device
        self.startedAt = startedAt
        self.seenAt = seenAt
        self.expiresAt = expiresAt
    }
}

/// A one-time way in, made by a colleague or on the command line.
public struct SignInLink: Sendable, Equatable {
    public let agent: Agent.ID
    public let workspace: Workspace.ID
    public let expiresAt: Moment
    public let usedAt: Moment?
}

extension Transaction {
    public func agentSession(tokenHash: String) throws -> AgentSession? {
        try row("SELECT * FROM agent_sessions WHERE token_hash = \(tokenHash) AND expires_at > \(now)").map(AgentSession.init(row:))
    }

    public func agentSessions(of agent: Agent.ID) throws -> [AgentSession] {
        try rows("SELECT * FROM agent_sessions WHERE agent = \(agent) AND expires_at > \(now) ORDER BY seen_at DESC")
            .map(AgentSession.init(row:))
    }

    public func insert(_ session: AgentSession, tokenHash: String) throws {
        try run(
            """
            INSERT INTO agent_sessions (id, workspace, agent, token_hash, device, started_at, seen_at, expires_at)
            VALUES (\(session.id), \(session.workspace), \(session.agent), \(tokenHash), \(try JSON(session.device)),
                \(session.startedAt), \(session.seenAt), \(session.expiresAt))
            """)
    }

    public func touch(_ session: AgentSession.ID, expiresAt: Moment) throws {
        try run("UPDATE agent_sessions SET seen_at = \(now), expires_at = \(expiresAt) WHERE id = \(session)")
    }

    public func deleteAgentSession(_ id: AgentSession.ID, of agent: Agent.ID) throws {
        try run("DELETE FROM agent_sessions WHERE id = \(id) AND agent = \(agent)")
    }

    public func deleteAgentSessions(of agent: Agent.ID, except kept: AgentSession.ID? = nil) throws {
        try run("DELETE FROM agent_sessions WHERE agent = \(agent) AND id <> \(kept?.text ?? "")")
    }

    public func insertSignInLink(for agent: Agent, tokenHash: String, expiresAt: Moment) throws {
        try run(
            """
            INSERT INTO sign_in_links (token_hash, workspace, agent, created_at, expires_at)
            VALUES (\(tokenHash), \(agent.workspace), \(agent.id), \(now), \(expiresAt))
            """)
    }

    public func signInLink(tokenHash: String) throws -> SignInLink? {
        try row("SELECT * FROM sign_in_links WHERE token_hash = \(tokenHash)").map { row in
            SignInLink(
                agent: try row.id("agent"), workspace: try row.id("workspace"), expiresAt: try row.moment("expires_at"),
                usedAt: row.optionalMoment("used_at"))
        }
    }

    /// False when somebody has used it in the meantime.
    public func useSignInLink(tokenHash: String) throws -> Bool {
        try run("UPDATE sign_in_links SET used_at = \(now) WHERE token_hash = \(tokenHash) AND used_at IS NULL") == 1
    }

    public func signInFailures(email: String) throws -> (count: Int, lastAt: Moment)? {
        try row("SELECT failures, last_at FROM sign_in_attempts WHERE email = \(email)").map {
            (try $0.count("failures"), try $0.moment("last_at"))
        }
    }

    public func setSignInFailures(email: String, _ count: Int) throws {
        try run(
            """
            INSERT INTO sign_in_attempts (email, failures, last_at) VALUES (\(email), \(count), \(now))
            ON CONFLICT (email) DO UPDATE SET failures = excluded.failures, last_at = excluded.last_at
            """)
    }
}

extension AgentSession {
    fileprivate init(row: Row) throws {
        self.init(
            id: try row.id("id"), workspace: try row.id("workspace"), agent: try row.id("agent"), device: try row.json("device"),
            startedAt: try row.moment("started_at"), seenAt: try row.moment("seen_at"), expiresAt: try row.moment("expires_at"))
    }
}
