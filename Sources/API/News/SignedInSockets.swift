import Core
import Realtime
import Reception
import Sockets
import Storage
import Synchronization

/// The agents' open sockets by session, so that whoever is signed out hears nothing more.
final class SignedInSockets: Sendable {
    private struct Seat {
        let agent: Agent.ID
        let socket: Socket
    }

    private let seats = Mutex<[AgentSession.ID: [Seat]]>([:])

    /// A browser with very many tabs, or one that forgets to close: the oldest makes room.
    private static let most = 50

    func add(_ socket: Socket, of agent: Agent.ID, _ session: AgentSession.ID) {
        let oldest: Seat? = seats.withLock { seats in
            seats[session, default: []].append(Seat(agent: agent, socket: socket))
            return seats[session, default: []].count > Self.most ? seats[session]?.removeFirst() : nil
        }
        oldest?.socket.close(.replaced, reason: "replaced")
    }

    func remove(_ socket: Socket, _ session: AgentSession.ID) {
        seats.withLock { seats in
            seats[session]?.removeAll { $0.socket === socket }
            if seats[session]?.isEmpty == true { seats[session] = nil }
        }
    }

    /// Ends what is open of an agent's sessions that are no more.
    func closeSignedOut(_ agent: Agent, _ door: AgentDoor) async throws {
        let kept = agent.isActive ? Set(try await door.sessions(of: agent).map(\.id)) : []
        let ended = seats.withLock { seats in
            seats.filter { !kept.contains($0.key) }.values.flatMap { $0 }.filter { $0.agent == agent.id }
        }
        for seat in ended { seat.socket.close(.unauthorized, reason: "signed out") }
    }
}

/// Whoever has been signed out hears nothing more, on this node and the others.
extension House {
    private static let agentSessions = "agent-sessions"

    func closeSignedOut(_ agent: Agent) async throws {
        hub.tellNodes(changed: Self.agentSessions, "\(agent.workspace)/\(agent.id)")
        try await signedIn.closeSignedOut(agent, agentDoor)
    }

    func hearOfSignOuts() {
        hub.onNodes(changed: Self.agentSessions) { [store, signedIn, agentDoor] text in
            let ids = text.split(separator: "/").map(String.init)
            guard ids.count == 2 else { return }
            Task { try await signedIn.closeSignedOut(store.read { try $0.agent(ID(ids[1]), of: ID(ids[0])) }, agentDoor) }
        }
    }
}
