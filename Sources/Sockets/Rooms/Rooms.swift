import NIOCore

/// Who hears what: members of rooms, kept per event loop, so that telling costs one hop per loop and a frame is encoded once.
///
/// A socket that closes leaves its rooms by itself.
public final class Rooms: Sendable {
    private let loops: [LoopRooms]
    private let attendance: Attendance

    /// - Parameter eventLoopGroup: the one the server runs on.
    public init(eventLoopGroup: any EventLoopGroup) {
        let attendance = Attendance()
        self.attendance = attendance
        loops = eventLoopGroup.makeIterator().enumerated().map { index, eventLoop in
            LoopRooms(eventLoop: eventLoop, index: index, attendance: attendance)
        }
    }

    /// On the socket's event loop.
    public func join(_ socket: Socket, _ rooms: [Room]) { loop(of: socket).join(socket, rooms) }

    /// On the socket's event loop.
    public func leave(_ socket: Socket, _ room: Room) { loop(of: socket).leave(socket, room) }

    /// On the socket's event loop.
    public func leaveAll(_ socket: Socket) { socket.leaveRooms() }

    /// From any thread. What one thread tells in an order is heard in that order by everyone.
    ///
    /// - Parameter droppable: for news that soon is old: readers whose outbox is over half full don't get it.
    public func tell(_ room: Room, _ frame: Frame, droppable: Bool = false) {
        let attended = attendance.loops(of: room)
        for loop in loops where attended.contains(loop.index) {
            loop.eventLoop.run { loop.tell(room, frame, droppable: droppable) }
        }
    }

    /// On an event loop, for its own members only: for tellers that hop to every loop once with much to tell.
    public func tellMembers(on eventLoop: any EventLoop, _ room: Room, _ frame: Frame, droppable: Bool = false) {
        loops.first { $0.eventLoop === eventLoop }?.tell(room, frame, droppable: droppable)
    }

    /// From any thread. Everyone in the room is told to come back soon, and is then looked at anew at the door.
    public func sendAway(from room: Room) {
        for loop in loops { loop.eventLoop.run { loop.sendAway(from: room) } }
    }

    /// How many sockets are in the room now.
    public func count(_ room: Room) async -> Int {
        var sum = 0
        for loop in loops {
            sum += (try? await loop.eventLoop.submit { loop.count(room) }.get()) ?? 0
        }
        return sum
    }

    private func loop(of socket: Socket) -> LoopRooms {
        guard let loop = loops.first(where: { $0.eventLoop === socket.eventLoop }) else {
            preconditionFailure("Rooms and server must share an event loop group")
        }
        return loop
    }
}
