import Core
import Realtime
import Reception
import Sockets
import Storage

/// Looks after the visitors who listen: one for all of them.
final class VisitorsHost: Host {
    private let desk: FrontDesk
    private let meter: Meter

    init(desk: FrontDesk, meter: Meter) { (self.desk, self.meter) = (desk, meter) }

    func opened(_ socket: Socket) { meter.opened(.visitor) }
    func closed(_ socket: Socket) { meter.closed(.visitor) }

    func route(to conversation: Conversation.ID, of reader: Reader) async -> Listener.Route? {
        guard case .contact(let contact, let workspace) = reader else { return nil }
        return await desk.typingRoute(in: conversation, of: .contact(contact), in: workspace)
    }
}

/// Looks after an agent's socket: while it is open the agent is connected, and it ends with their session.
final class AgentHost: Host {
    private let house: House
    private let agent: Agent
    private let session: AgentSession.ID

    init(house: House, agent: Agent, session: AgentSession.ID) { (self.house, self.agent, self.session) = (house, agent, session) }

    func opened(_ socket: Socket) {
        house.meter.opened(.agent)
        house.signedIn.add(socket, of: agent.id, session)
        house.hub.presence.connected(agent.id, of: agent.workspace)
    }

    func closed(_ socket: Socket) {
        house.meter.closed(.agent)
        house.signedIn.remove(socket, session)
        house.hub.presence.disconnected(agent.id, of: agent.workspace)
    }

    func route(to conversation: Conversation.ID, of reader: Reader) async -> Listener.Route? {
        await house.desk.typingRoute(in: conversation, of: .agent(agent.id), in: agent.workspace)
    }
}
