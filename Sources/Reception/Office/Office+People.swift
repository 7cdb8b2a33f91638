import Core
import Foundation
import Storage

extension Office {
    /// Adds a colleague. They come in by a one-time link and choose a password.
    public func addAgent(
        email: String, name: String, fullName: String, role: Agent.Role, to workspace: Workspace.ID, picture: String? = nil
    ) async throws -> Agent {
        let email = try Self.checkedEmail(email)
        let (name, fullName) = (try checked(name, field: "name", longest: 80), try checked(fullName, field: "fullName"))
        return try await store.write { tx in
            if try tx.agent(email: email) != nil { throw Refusal.invalid(field: "email", "Somebody already signs in with \(email).") }
            let agent = Agent(
                id: tx.world.newID(), workspace: workspace, email: email, name: name, fullName: fullName, picture: picture, role: role)
            try Self.save(agent, tx)
            return agent
        }
    }

    /// Changes an agent; the change is told. The last active owner stays an active owner.
    public func change(
        _ id: Agent.ID, of workspace: Workspace.ID, _ change: @escaping @Sendable (inout Agent) throws -> Void
    ) async throws -> Agent {
        try await store.write { tx in
            let before = try tx.agent(id, of: workspace)
            var agent = before
            try change(&agent)
            agent.name = try checked(agent.name, field: "name", longest: 80)
            agent.fullName = try checked(agent.fullName, field: "fullName")
            for team in agent.teams { _ = try tx.team(team, of: workspace) }
            try Self.keepAnOwner(before, agent, tx)
            guard agent != before else { return agent }
            try Self.save(agent, tx)
            if !agent.isActive { try tx.deleteAgentSessions(of: id) }
            return agent
        }
    }

    public func saveTeam(_ id: Team.ID?, name: String, of workspace: Workspace.ID) async throws -> Team {
        let name = try checked(name, field: "name", longest: 80)
        return try await store.write { tx in
            if let id { _ = try tx.team(id, of: workspace) }
            if try tx.teams(of: workspace).contains(where: { $0.name == name && $0.id != id }) {
                throw Refusal.invalid(field: "name", "There is already a team called \(name).")
            }
            let team = Team(id: id ?? tx.world.newID(), workspace: workspace, name: name)
            try tx.save(team)
            try tx.append(.teamChanged(team), of: workspace)
            return team
        }
    }

    /// What an agent knows of a customer and writes down.
    public func change(
        _ id: Contact.ID, of workspace: Workspace.ID, _ change: @escaping @Sendable (inout Contact) throws -> Void
    ) async throws -> Contact {
        try await store.write { tx in
            let before = try tx.contact(id, of: workspace)
            var contact = before
            try change(&contact)
            guard contact != before else { return contact }
            try tx.save(contact)
            try tx.append(.contactChanged(contact), of: workspace)
            return contact
        }
    }

    private static func checkedEmail(_ email: String) throws -> String {
        let email = email.trimmingCharacters(in: .whitespaces).lowercased()
        let parts = email.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }), email.count <= 200, !email.contains(where: \.isWhitespace) else {
            throw Refusal.invalid(field: "email", "Write an address like maija@example.com.")
        }
        return email
    }

    private static func keepAnOwner(_ before: Agent, _ after: Agent, _ tx: Transaction) throws {
        guard before.role == .owner, after.role != .owner || !after.isActive else { return }
        let others = try tx.agents(of: before.workspace).filter { $0.id != before.id && $0.role == .owner && $0.isActive }
        if others.isEmpty { throw Refusal.conflict("Somebody must own the workspace. Make a colleague an owner first.") }
    }
}
