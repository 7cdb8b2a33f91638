import Core
import NIOCore
import Sockets

/// How far one event loop has told the log, and who joins at which number: nobody hears an event twice or misses one.
///
/// Unchecked, because all that changes is touched on its own event loop only.
final class NewsLoop: @unchecked Sendable {
    let eventLoop: any EventLoop
    private var told: [Workspace.ID: Int64]
    private var latecomers: [Latecomer] = []

    private struct Latecomer {
        let socket: Socket
        let seat: Seat
        let seq: Int64
    }

    init(eventLoop: any EventLoop, told: [Workspace.ID: Int64]) {
        self.eventLoop = eventLoop
        self.told = told
    }

    func tell(_ news: [News], in rooms: Rooms) {
        eventLoop.execute { [self] in
            for piece in news {
                if !latecomers.isEmpty { seatLatecomers(before: piece.seq, of: piece.workspace, in: rooms) }
                rooms.tellMembers(on: eventLoop, piece.room, piece.frame)
                told[piece.workspace] = piece.seq
            }
            for workspace in Set(latecomers.map(\.seat.reader.workspace)) {
                seatLatecomers(before: (told[workspace] ?? 0) + 1, of: workspace, in: rooms)
            }
        }
    }

    /// A reader who has read the log further than this loop has told it waits until the loop has caught up.
    func join(_ socket: Socket, _ seat: Seat, caughtUpTo seq: Int64, in rooms: Rooms) -> Bool {
        let told = told[seat.reader.workspace] ?? 0
        if told > seq { return false }
        if told == seq {
            rooms.join(socket, seat.rooms)
        } else {
            latecomers.append(Latecomer(socket: socket, seat: seat, seq: seq))
        }
        return true
    }

    private func seatLatecomers(before seq: Int64, of workspace: Workspace.ID, in rooms: Rooms) {
        latecomers.removeAll { latecomer in
            guard latecomer.seat.reader.workspace == workspace, latecomer.seq < seq else { return false }
            rooms.join(latecomer.socket, latecomer.seat.rooms)
            return true
        }
    }
}
