import Core
import Reception
import Storage

extension Premises {
    /// The company to work in; the first time there is none, and it is founded with an owner.
    public func workspaceOrFounded(named name: String?) async throws -> Workspace {
        if let workspace = try await workspace(named: name) { return workspace }
        let owner = try await found()
        return try await store.read { try $0.workspace(owner.workspace) }
    }

    /// Makes the company of the settings and its owner.
    public func found(owner email: String? = nil, name: String? = nil, fullName: String? = nil) async throws -> Agent {
        let email = (email ?? settings.owner).lowercased()
        let name = name ?? Self.firstName(in: email)
        return try await office.found(workspace: settings.company, ownerEmail: email, ownerName: name, fullName: fullName ?? name)
    }

    /// A one-time link for the owner while nobody can sign in yet: at the first start, and until somebody has used it.
    public func firstLink() async throws -> (owner: Agent, address: String)? {
        if try await store.read({ try $0.workspaces() }).isEmpty { _ = try await found() }
        let agents = try await store.read { tx in try tx.workspaces().flatMap { try tx.agents(of: $0.id) } }.filter(\.isActive)
        for agent in agents {
            if try await agentDoor.hasPassword(agent) { return nil }
            if try await !agentDoor.sessions(of: agent).isEmpty { return nil }
        }
        guard let owner = agents.first(where: { $0.role == .owner }) else { return nil }
        return (owner, signInAddress(link: try await agentDoor.makeLink(for: owner)))
    }

    /// tuula.salmi@loylymaki.example is Tuula.
    private static func firstName(in email: String) -> String {
        let word = email.prefix { $0 != "@" && $0 != "." && $0 != "+" }
        return word.prefix(1).uppercased() + word.dropFirst()
    }
}
