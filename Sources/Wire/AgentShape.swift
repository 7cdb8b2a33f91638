import Core

public struct AgentShape: Encodable, Sendable {
    let id, name, fullName, email: String
    let picture: String?
    let role, presence: String
    let active: Bool
    let teams: [String]
    let language: String

    /// - Parameter presence: what is true now, not what was chosen.
    public init(_ agent: Agent, presence: Agent.Presence) {
        id = agent.id.text
        name = agent.name
        fullName = agent.fullName
        email = agent.email
        picture = agent.picture
        role = agent.role.rawValue
        self.presence = presence.rawValue
        active = agent.isActive
        teams = agent.teams.map(\.text)
        language = agent.language.rawValue
    }
}

/// Who is really here for the visitors now.
public struct AvailabilityShape: Encodable, Sendable, Equatable {
    struct Here: Encodable, Sendable, Equatable {
        let name: String
        let picture: String?
    }

    let state: String
    let agents: [Here]

    public init(here agents: [Agent]) {
        state = agents.isEmpty ? "unattended" : "open"
        self.agents = agents.map { Here(name: $0.name, picture: $0.picture) }
    }
}
