import Core
import Foundation
import Hummingbird
import Reception
import Sockets
import Storage
import Wire

/// Colleagues, teams and customers.
extension House {
    var peopleEndpoints: [Endpoint] {
        [
            Endpoint(.get, "/agents", [.agent], "Colleagues", agents).answers(with: ["agents": .list(.agent)]),
            Endpoint(.post, "/agents", [.admin], "Add a colleague, who comes in by the link", addAgent)
                .answers(.created, with: ["agent": .agent, "link": .text]),
            Endpoint(.patch, "/agents/:id", [.admin], "Change a colleague", changeAgent)
                .answers(with: ["agent": .agent])
                .refuses(.conflict),
            Endpoint(.post, "/agents/:id/sign-in-links", [.admin], "Make a one-time link to sign in", makeLink)
                .answers(.created, with: ["link": .text]),
            Endpoint(.get, "/teams", [.agent], "Teams", teams).answers(with: ["teams": .list(.team)]),
            Endpoint(.post, "/teams", [.admin], "Add a team", saveTeam).answers(.created, with: ["team": .team]),
            Endpoint(.patch, "/teams/:id", [.admin], "Rename a team", saveTeam).answers(with: ["team": .team]),
            Endpoint(.get, "/contacts/:id", [.agent], "A customer, with sessions and conversations", contact)
                .answers(with: ["contact": .contact, "conversations": .list(.conversation)]),
            Endpoint(.patch, "/contacts/:id", [.agent], "Write down what is known of a customer", changeContact)
                .answers(with: ["contact": .contact]),
        ]
    }

    private struct AgentsShape: Encodable { let agents: [AgentShape] }
    private struct InvitedShape: Encodable { let agent: AgentShape; let link: String }
    private struct AgentBox: Encodable { let agent: AgentShape }

    private func agents(_ call: Call) async throws -> Response {
        let workspace = try call.workspace
        return .json(AgentsShape(agents: try await store.read { try $0.agents(of: workspace) }.map(shape)))
    }

    private struct AddBody: Body {
        static let fields: Fields = ["email": .text, "name": .text, "fullName?": .text, "role": .role]
        let email, name: String
        let fullName: String?
        let role: Agent.Role
    }

    private func addAgent(_ call: Call, _ body: AddBody) async throws -> Response {
        try requireOwner(call, toGive: body.role)
        let agent = try await office.addAgent(
            email: body.email, name: body.name, fullName: body.fullName ?? body.name, role: body.role, to: call.workspace)
        return .json(InvitedShape(agent: shape(agent), link: try await link(for: agent)), status: .created)
    }

    private struct ChangeBody: Body {
        static let fields: Fields = ["role?": .role, "active?": .flag, "teams?": .list(.text), "name?": .text, "fullName?": .text]
        let role: Agent.Role?
        let active: Bool?
        let teams: [Team.ID]?
        let name, fullName: String?
    }

    private func changeAgent(_ call: Call, _ body: ChangeBody) async throws -> Response {
        let (id, isOwner): (Agent.ID, Bool) = (try call.id(), try call.agent.role == .owner)
        if let role = body.role { try requireOwner(call, toGive: role) }
        let agent = try await office.change(id, of: call.workspace) { agent in
            if agent.role == .owner, !isOwner { throw Refusal.forbidden("Only an owner changes an owner.") }
            agent.role = body.role ?? agent.role
            agent.isActive = body.active ?? agent.isActive
            agent.teams = body.teams ?? agent.teams
            agent.name = body.name ?? agent.name
            agent.fullName = body.fullName ?? agent.fullName
        }
        if !agent.isActive { try await closeSignedOut(agent) }
        return .json(AgentBox(agent: shape(agent)))
    }

    private struct LinkShape: Encodable { let link: String }

    private func makeLink(_ call: Call) async throws -> Response {
        let (id, workspace): (Agent.ID, Workspace.ID) = (try call.id(), try call.workspace)
        let agent = try await store.read { try $0.agent(id, of: workspace) }
        try requireOwner(call, toGive: agent.role)
        return .json(LinkShape(link: try await link(for: agent)), status: .created)
    }

    private func link(for agent: Agent) async throws -> String {
        "\(configuration.baseURL)/desk/sign-in?link=\(try await agentDoor.makeLink(for: agent))"
    }

    private func requireOwner(_ call: Call, toGive role: Agent.Role) throws {
        if role == .owner, try call.agent.role != .owner { throw Refusal.forbidden("Only an owner lets in an owner.") }
    }

    // MARK: Teams

    private struct TeamsShape: Encodable { let teams: [TeamShape] }
    private struct TeamBox: Encodable { let team: TeamShape }

    private func teams(_ call: Call) async throws -> Response {
        let workspace = try call.workspace
        return .json(TeamsShape(teams: try await store.read { try $0.teams(of: workspace) }.map { TeamShape($0) }))
    }

    private struct TeamBody: Body {
        static let fields: Fields = ["name": .text]
        let name: String
    }

    private func saveTeam(_ call: Call, _ body: TeamBody) async throws -> Response {
        let id: Team.ID? = call.request.method == .patch ? try call.id() : nil
        let team = try await office.saveTeam(id, name: body.name, of: call.workspace)
        return .json(TeamBox(team: TeamShape(team)), status: id == nil ? .created : .ok)
    }

    // MARK: Customers

    private struct ContactBox: Encodable {
        let contact: ContactShape
        var conversations: [ConversationShape]?
    }

    private func contact(_ call: Call) async throws -> Response {
        let (id, workspace): (Contact.ID, Workspace.ID) = (try call.id(), try call.workspace)
        let isOnline = await hub.rooms.count(.contact(id)) > 0
        return try await store.read { tx in
            let contact = try tx.contact(id, of: workspace)
            let sessions = try tx.visitorSessions(of: id).enumerated().map { place, session in
                ContactShape.SessionShape(session, online: isOnline && place == 0)
            }
            let conversations = try tx.views(of: tx.conversations(of: id)).map { ConversationShape($0, for: .agent) }
            return .json(ContactBox(contact: ContactShape(contact, sessions: sessions), conversations: conversations))
        }
    }

    private struct ContactBody: Body {
        static let fields: Fields = ["name?": .orNull(.text), "email?": .orNull(.text), "phone?": .orNull(.text)]
        let name, email, phone: Field<String>
        enum CodingKeys: CodingKey { case name, email, phone }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            (name, email, phone) = (try container.field(.name), try container.field(.email), try container.field(.phone))
        }
    }

    private func changeContact(_ call: Call, _ body: ContactBody) async throws -> Response {
        let contact = try await office.change(call.id(), of: call.workspace) { contact in
            contact.name = try body.name.written(over: contact.name, "name")
            contact.email = try body.email.written(over: contact.email, "email")
            contact.phone = try body.phone.written(over: contact.phone, "phone")
        }
        return .json(ContactBox(contact: ContactShape(contact)))
    }
}

extension Field<String> {
    /// Absent leaves the old text, null and nothing but space take it away.
    fileprivate func written(over old: String?, _ field: String) throws -> String? {
        switch self {
        case .absent: return old
        case .null: return nil
        case .value(let text):
            guard text.fits(200), !text.holdsNUL else { throw Refusal.invalid(field: field, "Keep it under 200 characters.") }
            let trimmed = text.trimmingCharacters(in: .whitespaces)
            return trimmed.isEmpty ? nil : trimmed
        }
    }
}
