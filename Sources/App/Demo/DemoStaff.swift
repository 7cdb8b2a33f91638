import Core
import Reception
import Storage

/// The people of Löylymäki.
enum DemoPerson: String, CaseIterable, Sendable {
    case tuula, maija, juhani, aino

    var email: String { "\(rawValue)@loylymaki.example" }
    var name: String { rawValue.prefix(1).uppercased() + rawValue.dropFirst() }
    var picture: String { "/demo/portraits/\(rawValue).svg" }

    var fullName: String {
        switch self {
        case .tuula: "Tuula Mäki"
        case .maija: "Maija Lehto"
        case .juhani: "Juhani Korpi"
        case .aino: "Aino Sandberg"
        }
    }

    var role: Agent.Role {
        switch self {
        case .tuula: .owner
        case .maija: .admin
        case .juhani, .aino: .agent
        }
    }

    var language: Language { self == .aino ? .swedish : .finnish }

    var teams: [DemoTeam] {
        switch self {
        case .tuula, .aino: [.shop]
        case .maija: [.shop, .warranty]
        case .juhani: [.warranty]
        }
    }
}

enum DemoTeam: String, CaseIterable, Sendable {
    case shop = "Kauppa"
    case warranty = "Takuu"
}

/// Everyone as they stand in the database.
struct DemoPeople: Sendable {
    let workspace: Workspace.ID
    let agents: [DemoPerson: Agent]
    let teams: [DemoTeam: Team.ID]
}

struct DemoStaff {
    let premises: Premises

    /// The owner founds the company; the others join it and their teams.
    func hire() async throws -> DemoPeople {
        let workspace = try await company()
        let teams = try await teams(of: workspace)
        var agents: [DemoPerson: Agent] = [:]
        for person in DemoPerson.allCases { agents[person] = try await hire(person, to: workspace, teams) }
        return DemoPeople(workspace: workspace, agents: agents, teams: teams)
    }

    private func company() async throws -> Workspace.ID {
        if let owner = try await agent(.tuula) { return owner.workspace }
        return try await premises.office.found(
            workspace: "Löylymäki", ownerEmail: DemoPerson.tuula.email, ownerName: DemoPerson.tuula.name,
            fullName: DemoPerson.tuula.fullName
        ).workspace
    }

    private func teams(of workspace: Workspace.ID) async throws -> [DemoTeam: Team.ID] {
        let known = try await premises.store.read { try $0.teams(of: workspace) }
        var teams: [DemoTeam: Team.ID] = [:]
        for team in DemoTeam.allCases {
            if let found = known.first(where: { $0.name == team.rawValue }) {
                teams[team] = found.id
            } else {
                teams[team] = try await premises.office.saveTeam(nil, name: team.rawValue, of: workspace).id
            }
        }
        return teams
    }

    /// Somebody who was there already is left as they have made themselves; the owner gets a face when founding the company.
    private func hire(_ person: DemoPerson, to workspace: Workspace.ID, _ teams: [DemoTeam: Team.ID]) async throws -> Agent {
        if let known = try await agent(person), known.picture != nil || !known.teams.isEmpty { return known }
        let hired: Agent
        if let known = try await agent(person) {
            hired = known
        } else {
            hired = try await premises.office.addAgent(
                email: person.email, name: person.name, fullName: person.fullName, role: person.role, to: workspace, picture: person.picture
            )
        }
        return try await premises.office.change(hired.id, of: workspace) { agent in
            (agent.picture, agent.language) = (person.picture, person.language)
            agent.teams = person.teams.compactMap { teams[$0] }
        }
    }

    private func agent(_ person: DemoPerson) async throws -> Agent? { try await premises.store.read { try $0.agent(email: person.email) } }
}
