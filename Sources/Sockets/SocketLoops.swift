import NIOConcurrencyHelpers
import NIOCore

/// The server's sockets, found by event loop.
final class SocketLoops: Sendable {
    private let limits: SocketLimits
    private let byEventLoop = NIOLockedValueBox<[ObjectIdentifier: SocketLoop]>([:])

    init(limits: SocketLimits) { self.limits = limits }

    func of(_ eventLoop: any EventLoop) -> SocketLoop {
        byEventLoop.withLockedValue { loops in
            if let loop = loops[ObjectIdentifier(eventLoop)] { return loop }
            let loop = SocketLoop(eventLoop: eventLoop, limits: limits)
            loops[ObjectIdentifier(eventLoop)] = loop
            return loop
        }
    }

    func sendAllAway(within limit: TimeAmount) async {
        let loops = byEventLoop.withLockedValue { Array($0.values) }
        guard let first = loops.first?.eventLoop else { return }
        let gone = loops.map { loop in loop.eventLoop.flatSubmit { loop.sendAllAway() } }
        let done = first.makePromise(of: Void.self)
        let cap = first.scheduleTask(in: limit) { done.succeed() }
        EventLoopFuture.andAllComplete(gone, on: first).whenComplete { _ in
            cap.cancel()
            done.succeed()
        }
        try? await done.futureResult.get()
    }
}
