/// A person who answers customers.
public struct Agent: Sendable, Equatable {
    public typealias ID = Core.ID<Agent>

    public enum Role: String, Sendable, CaseIterable, Codable { case owner, admin, agent }

    /// What the agent has chosen. Whether they are really here also needs a connected device: see `Realtime.Presence`.
    public enum Presence: String, Sendable, CaseIterable, Codable { case here, `break`, away }

    public let id: ID
    public let workspace: Workspace.ID
    public var email: String
    /// What customers see: a first name.
    public var name: String
    public var fullName: String
    public var picture: String?
    public var role: Role
    public var presence: Presence
    public var language: Language
    public var isActive: Bool
    public var teams: [Team.ID]
    /// The desk's own settings of this person (sounds, keys, theme …) as a JSON object; the desk alone reads it.
    public var settings: String

    public init(
        id: ID, workspace: Workspace.ID, email: String, name: String, fullName: String, picture: String? = nil, role: Role = .agent,
        presence: Presence = .here, language: Language = .finnish, isActive: Bool = true, teams: [Team.ID] = [], settings: String = "{}"
    ) {
        self.id = id
        self.workspace = workspace
        self.email = email
        self.name = name
        self.fullName = fullName
        self.picture = picture
        self.role = role
        self.presence = presence
        self.language = language
        self.isActive = isActive
        self.teams = teams
        self.settings = settings
    }

    /// Owners and admins change the company's settings and people.
    public var mayAdminister: Bool { role != .agent }
}

/// A group of agents that work is given to.
public struct Team: Sendable, Equatable {
    public typealias ID = Core.ID<Team>
    public let id: ID
    public let workspace: Workspace.ID
    public var name: String

    public init(id: ID, workspace: Workspace.ID, name: String) {
        self.id = id
        self.workspace = workspace
        self.name = name
    }
}
