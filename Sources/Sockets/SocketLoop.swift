import NIOCore

/// What may be said and how long to wait, for every socket of a server.
struct SocketLimits: Sendable {
    let maxFrame: Int
    let maxMessage: Int
    let outboxBytes: Int
    let pingInterval: TimeAmount
    let closeTimeout: TimeAmount
    let retryAfter: ClosedRange<Int>
}

/// A socket's place on its loop's ping wheel.
struct Seat {
    var slot: UInt8 = 0
    var position: UInt32 = 0
}

/// All sockets of one event loop: whom to flush at the end of this tick, whom to ping, whom to cut off.
///
/// Unchecked, because every use is on its own event loop.
final class SocketLoop: @unchecked Sendable {
    /// Milliseconds over which even a few are spread; each socket more adds one.
    private static let fewest = 500

    let eventLoop: any EventLoop
    let limits: SocketLimits

    private var wheel = [ContiguousArray<Socket>](repeating: [], count: 256)
    private var hand: UInt8 = 0
    private var nextSlot: UInt8 = 0
    private var count = 0
    private var ticking: RepeatedTask?
    private var waitingForFlush: ContiguousArray<Socket> = []
    private var leaving: [(deadline: NIODeadline, socket: Socket)] = []
    private var emptied: EventLoopPromise<Void>?
    private(set) var isEmptying = false
    /// Milliseconds: the more have to come back, the wider apart.
    private var spread = 0

    init(eventLoop: any EventLoop, limits: SocketLimits) {
        self.eventLoop = eventLoop
        self.limits = limits
    }

    /// Round robin over the wheel: sockets that came together are not pinged together.
    func add(_ socket: Socket) {
        nextSlot &+= 1
        socket.seat = Seat(slot: nextSlot, position: UInt32(wheel[Int(nextSlot)].count))
        wheel[Int(nextSlot)].append(socket)
        count += 1
        if ticking == nil { startTicking() }
    }

    func remove(_ socket: Socket) {
        let slot = Int(socket.seat.slot)
        let position = Int(socket.seat.position)
        guard wheel[slot].indices.contains(position), wheel[slot][position] === socket else { return }
        wheel[slot].swapAt(position, wheel[slot].count - 1)
        wheel[slot][position].seat.position = UInt32(position)
        wheel[slot].removeLast()
        count -= 1
        if count == 0 { stopTicking() }
    }

    func flushSoon(_ socket: Socket) {
        waitingForFlush.append(socket)
        guard waitingForFlush.count == 1 else { return }
        eventLoop.execute { self.flushAll() }
    }

    func cutOffLater(_ socket: Socket) {
        leaving.append((.now() + limits.closeTimeout, socket))
    }

    /// Jittered, so that a restarted server is not met by everybody at once.
    func sendAway(_ socket: Socket) {
        let soonest = limits.retryAfter.lowerBound
        let latest = max(soonest, min(limits.retryAfter.upperBound, soonest + Self.fewest + spread))
        socket.sayGoodbye(.goingAway, reason: "retry=\(Int.random(in: soonest...latest))")
    }

    /// Tells every socket that the server goes away; done when all are gone.
    func sendAllAway() -> EventLoopFuture<Void> {
        eventLoop.preconditionInEventLoop()
        isEmptying = true
        spread = count
        guard count > 0 else { return eventLoop.makeSucceededVoidFuture() }
        let emptied = emptied ?? eventLoop.makePromise()
        self.emptied = emptied
        for sockets in wheel {
            for socket in sockets { sendAway(socket) }
        }
        return emptied.futureResult
    }

    private func flushAll() {
        let sockets = waitingForFlush
        waitingForFlush.removeAll(keepingCapacity: sockets.count < 1024)
        for socket in sockets { socket.flush() }
    }

    private func startTicking() {
        let step = TimeAmount.nanoseconds(limits.pingInterval.nanoseconds / Int64(wheel.count))
        ticking = eventLoop.scheduleRepeatedTask(initialDelay: step, delay: step) { [weak self] _ in self?.tick() }
    }

    private func stopTicking() {
        ticking?.cancel()
        ticking = nil
        leaving = []
        emptied?.succeed()
        emptied = nil
    }

    private func tick() {
        hand &+= 1
        for socket in wheel[Int(hand)] { ping(socket) }
        cutOffOverdue()
    }

    /// Twice unanswered is gone.
    private func ping(_ socket: Socket) {
        guard socket.state == .open else { return }
        guard socket.unanswered < 2 else { return socket.cutOff() }
        socket.unanswered += 1
        socket.hear(.ping, droppable: true)
    }

    private func cutOffOverdue() {
        guard let first = leaving.first, first.deadline <= .now() else { return }
        let now = NIODeadline.now()
        let overdue = leaving.prefix { $0.deadline <= now }
        leaving.removeFirst(overdue.count)
        for (_, socket) in overdue where socket.state != .closed { socket.cutOff() }
    }
}
