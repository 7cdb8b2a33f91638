import Core
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

    func close(_ session: AgentSession.ID) {
        close(seats.withLock { $0[session] ?? [] })
    }

    func close(agent: Agent.ID, except kept: AgentSession.ID? = nil) {
        close(seats.withLock { seats in seats.filter { $0.key != kept }.values.flatMap { $0 }.filter { $0.agent == agent } })
    }

    private func close(_ seats: [Seat]) {
        for seat in seats { seat.socket.close(.unauthorized, reason: "signed out") }
    }
}
