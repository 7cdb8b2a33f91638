import Core

extension Transaction {
    public func agents(of workspace: Workspace.ID) throws -> [Agent] {
        let teams = try memberships(of: workspace)
        return try rows("SELECT * FROM agents WHERE workspace = \(workspace) ORDER BY id").map { row in
            try Agent(row: row, teams: teams[try row.id("id")] ?? [])
        }
    }

    public func agent(_ id: Agent.ID, of workspace: Workspace.ID) throws -> Agent {
        guard let row = try row("SELECT * FROM agents WHERE id = \(id)", of: workspace) else {
            throw Refusal.notFound("agent")
        }
        let teams = try rows("SELECT team FROM team_members WHERE agent = \(id) ORDER BY team").map { try $0.id("team") as Team.ID }
        return try Agent(row: row, teams: teams)
    }

    public func agent(email: String) throws -> Agent? {
        guard let row = try row("SELECT id, workspace FROM agents WHERE email = \(email.lowercased())") else { return nil }
        return try agent(row.id("id"), of: row.id("workspace"))
    }

    public func save(_ agent: Agent) throws {
        memory.faces[.agent(agent.id)] = nil
        try run(
            """
            INSERT INTO agents (id, workspace, email, name, full_name, picture, role, presence, language, active, settings, created_at)
            VALUES (\(agent.id), \(agent.workspace), \(agent.email.lowercased()), \(agent.name), \(agent.fullName), \(agent.picture),
                \(agent.role.rawValue), \(agent.presence.rawValue), \(agent.language.rawValue), \(agent.isActive), \(agent.settings), \(now))
            ON CONFLICT (id) DO UPDATE SET name = excluded.name, full_name = excluded.full_name, picture = excluded.picture,
                role = excluded.role, presence = excluded.presence, language = excluded.language, active = excluded.active,
                settings = excluded.settings
            """)
        try run("DELETE FROM team_members WHERE agent = \(agent.id)")
        for team in agent.teams { try run("INSERT INTO team_members (team, agent) VALUES (\(team), \(agent.id))") }
    }

    /// The stored argon2id hash; nil until the agent has chosen a password.
    public func passwordHash(of agent: Agent.ID) throws -> String? {
        try row("SELECT password FROM agents WHERE id = \(agent)")?.optionalText("password")
    }

    public func setPasswordHash(_ hash: String, of agent: Agent.ID) throws {
        try run("UPDATE agents SET password = \(hash) WHERE id = \(agent)")
    }

    public func teams(of workspace: Workspace.ID) throws -> [Team] {
        try rows("SELECT * FROM teams WHERE workspace = \(workspace) ORDER BY name").map(Team.init(row:))
    }

    public func team(_ id: Team.ID, of workspace: Workspace.ID) throws -> Team {
        guard let row = try row("SELECT * FROM teams WHERE id = \(id)", of: workspace) else { throw Refusal.notFound("team") }
        return try Team(row: row)
    }

    public func save(_ team: Team) throws {
        try run(
            """
            INSERT INTO teams (id, workspace, name) VALUES (\(team.id), \(team.workspace), \(team.name))
            ON CONFLICT (id) DO UPDATE SET name = excluded.name
            """)
    }

    private func memberships(of workspace: Workspace.ID) throws -> [Agent.ID: [Team.ID]] {
        let members = try rows(
            "SELECT m.team, m.agent FROM team_members m JOIN teams t ON t.id = m.team WHERE t.workspace = \(workspace) ORDER BY m.team")
        return try members.reduce(into: [:]) { $0[try $1.id("agent"), default: []].append(try $1.id("team")) }
    }
}

extension Agent {
    fileprivate init(row: Row, teams: [Team.ID]) throws {
        self.init(
            id: try row.id("id"), workspace: try row.id("workspace"), email: try row.text("email"), name: try row.text("name"),
            fullName: try row.text("full_name"), picture: row.optionalText("picture"), role: try row.choice("role"),
            presence: try row.choice("presence"), language: try row.choice("language"), isActive: try row.flag("active"), teams: teams,
            settings: try row.text("settings"))
    }
}

extension Team {
    fileprivate init(row: Row) throws {
        self.init(id: try row.id("id"), workspace: try row.id("workspace"), name: try row.text("name"))
    }
}
