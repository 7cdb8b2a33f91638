import NIOCore

/// Called on the socket's event loop. One per connection; kept until `closed`.
public protocol SocketOwner: AnyObject, Sendable {
    func opened(_ socket: Socket)
    func received(_ text: String, from socket: Socket)
    func closed(_ socket: Socket)
}

/// One WebSocket connection, seen from above: text out, text in through its owner.
///
/// Unchecked, because all that changes is touched on the event loop only; the public methods hop there.
public final class Socket: @unchecked Sendable {
    public var eventLoop: any EventLoop { channel.eventLoop }

    let channel: any Channel
    let loop: SocketLoop
    var state = State.open
    var owner: (any SocketOwner)?
    /// Where writes start: below it there is nothing but TLS and the kernel.
    var context: ChannelHandlerContext?
    var outbox: Outbox?
    var waitsForFlush = false
    var isEnding = false
    /// Pings sent since the other side was last heard.
    var unanswered: UInt8 = 0
    var seat = Seat()

    private var rooms: [Room] = []
    private var loopRooms: LoopRooms?

    /// A socket's life goes through these once, downwards.
    enum State: UInt8 {
        case open
        /// We said goodbye and wait for the answer.
        case closing
        /// The other side broke the rules; we say so and end our half.
        case failed
        /// Both said goodbye: the connection ends when the last frame is out.
        case ending
        case closed
    }

    var listens: Bool { state == .open || state == .closing }

    init(channel: any Channel, loop: SocketLoop, owner: any SocketOwner) {
        self.channel = channel
        self.loop = loop
        self.owner = owner
    }

    /// From any thread; each caller's order is kept. A reader whose outbox fills up is closed with 4008.
    public func send(_ frame: Frame, droppable: Bool = false) {
        eventLoop.run { self.hear(frame, droppable: droppable) }
    }

    /// From any thread. What was sent before still goes out first.
    public func close(_ code: CloseCode, reason: String = "") {
        eventLoop.run { self.sayGoodbye(code, reason: reason) }
    }
}

// MARK: - Rooms it is in

extension Socket {
    /// Those it was not in yet; none when it has closed. What it joins first, all at once, it shares with whoever named it.
    func remember(_ joined: [Room], of loopRooms: LoopRooms) -> [Room] {
        guard state == .open else { return [] }
        self.loopRooms = loopRooms
        let new = rooms.isEmpty ? joined : joined.filter { !rooms.contains($0) }
        rooms = rooms.isEmpty ? joined : rooms + new
        return new
    }

    func forget(_ room: Room) -> Bool {
        guard let place = rooms.firstIndex(of: room) else { return false }
        rooms.remove(at: place)
        return true
    }

    func leaveRooms() {
        eventLoop.preconditionInEventLoop()
        let left = rooms
        rooms = []
        for room in left { loopRooms?.remove(self, from: room) }
    }
}

extension EventLoop {
    /// At once when already here: a thread of its own keeps its order either way.
    func run(_ task: @escaping @Sendable () -> Void) {
        if inEventLoop { task() } else { execute(task) }
    }
}
