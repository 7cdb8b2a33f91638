import Core
import Sockets
import Storage
import Wire

/// A signal is told once, to whoever sits there. Who was away, or was still on the way to their seat, hears on arriving who is here now.
extension Hub {
    func greet(_ socket: Socket, _ seat: Seat) {
        Task {
            for signal in try await whoIsHere(for: seat.reader) { socket.send(Frame(json: try wireJSON(signal))) }
        }
    }

    func whoIsHere(for reader: Reader) async throws -> [SignalShape] {
        switch reader {
        case .contact(_, let workspace): return [.availability(try await availability(of: workspace))]
        case .agent(let workspace):
            let agents = try await store.read { try $0.agents(of: workspace) }
            return agents.filter(\.isActive).map { .presence($0.id, presence.truth(of: $0)) }
        }
    }
}
