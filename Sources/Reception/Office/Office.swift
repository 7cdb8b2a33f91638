import Core
import Foundation
import Storage

/// What the company decides about itself: sites, people, teams, canned replies. Each change is stored and told like any other.
public struct Office: Sendable {
    let store: Store

    public init(store: Store) { self.store = store }

    /// The first start: a workspace with its owner.
    public func found(workspace name: String, ownerEmail: String, ownerName: String, fullName: String) async throws -> Agent {
        try await store.write { tx in
            let workspace = Workspace(id: tx.world.newID(), name: name)
            try tx.insert(workspace)
            let owner = Agent(
                id: tx.world.newID(), workspace: workspace.id, email: ownerEmail, name: ownerName, fullName: fullName, role: .owner)
            try Self.save(owner, tx)
            return owner
        }
    }

    static func save(_ agent: Agent, _ tx: Transaction) throws {
        try tx.save(agent)
        try tx.append(.agentChanged(agent), of: agent.workspace)
    }
}

/// A text that stands in a form field: not empty, not endless, without NUL.
func checked(_ text: String, field: String, longest: Int = 200) throws -> String {
    let text = text.trimmingCharacters(in: .whitespacesAndNewlines)
    guard !text.isEmpty else { throw Refusal.invalid(field: field, "Write something here.") }
    guard text.fits(longest), !text.holdsNUL else { throw Refusal.invalid(field: field, "Keep it under \(longest) characters.") }
    return text
}
