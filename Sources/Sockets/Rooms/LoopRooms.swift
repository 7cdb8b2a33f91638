import NIOCore

/// The members of rooms that live on one event loop.
///
/// Unchecked, because every use is on its own event loop, and a lock would cost each delivery.
final class LoopRooms: @unchecked Sendable {
    let eventLoop: any EventLoop
    let index: Int
    private let attendance: Attendance
    private var rooms: [Room: Members] = [:]

    init(eventLoop: any EventLoop, index: Int, attendance: Attendance) {
        self.eventLoop = eventLoop
        self.index = index
        self.attendance = attendance
    }

    func join(_ socket: Socket, _ joined: [Room]) {
        eventLoop.preconditionInEventLoop()
        for room in socket.remember(joined, of: self) {
            rooms[room, default: .nobody].add(socket)
            if rooms[room]?.count == 1 { attendance.note(room, on: index) }
        }
    }

    func leave(_ socket: Socket, _ room: Room) {
        eventLoop.preconditionInEventLoop()
        guard socket.forget(room) else { return }
        remove(socket, from: room)
    }

    func remove(_ socket: Socket, from room: Room) {
        guard let place = rooms.index(forKey: room) else { return }
        rooms.values[place].remove(socket)
        guard rooms.values[place].isEmpty else { return }
        rooms.remove(at: place)
        attendance.forget(room, on: index)
    }

    func tell(_ room: Room, _ frame: Frame, droppable: Bool) {
        eventLoop.preconditionInEventLoop()
        // A copy: whoever falls out for being slow changes the list while it is walked.
        switch rooms[room] {
        case nil, .nobody?: break
        case .one(let socket)?: socket.hear(frame, droppable: droppable)
        case .many(let sockets)?: for socket in sockets { socket.hear(frame, droppable: droppable) }
        }
    }

    func sendAway(from room: Room) {
        eventLoop.preconditionInEventLoop()
        switch rooms[room] {
        case nil, .nobody?: break
        case .one(let socket)?: socket.loop.sendAway(socket)
        case .many(let sockets)?: for socket in sockets { socket.loop.sendAway(socket) }
        }
    }

    func count(_ room: Room) -> Int {
        eventLoop.preconditionInEventLoop()
        return rooms[room]?.count ?? 0
    }
}

/// Most rooms hold one person here; only the others pay for an array.
private enum Members {
    case nobody
    case one(Socket)
    case many(ContiguousArray<Socket>)

    var isEmpty: Bool { count == 0 }

    var count: Int {
        switch self {
        case .nobody: 0
        case .one: 1
        case .many(let sockets): sockets.count
        }
    }

    mutating func add(_ socket: Socket) {
        switch self {
        case .nobody: self = .one(socket)
        case .one(let first): self = .many([first, socket])
        case .many(var sockets):
            self = .nobody  // or the array would be copied
            sockets.append(socket)
            self = .many(sockets)
        }
    }

    mutating func remove(_ socket: Socket) {
        switch self {
        case .nobody: break
        case .one(let only): if only === socket { self = .nobody }
        case .many(var sockets):
            self = .nobody
            if let place = sockets.firstIndex(where: { $0 === socket }) {
                sockets.swapAt(place, sockets.count - 1)
                sockets.removeLast()
            }
            self = sockets.count == 1 ? .one(sockets[0]) : .many(sockets)
        }
    }
}
