import Crypto
import Hummingbird
import Logging
import NIOConcurrencyHelpers
import NIOCore
import NIOPosix
import ServiceLifecycle
@testable import Sockets

struct TestContext: SocketRequestContext {
    var coreContext: CoreRequestContextStorage
    let channel: any Channel

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        channel = source.channel
    }
}

/// Answers what it hears; "join X" joins a room, "bye" closes, and all that happens is told to the test.
final class Echo: SocketOwner {
    enum Event: Equatable { case opened, heard(String), closed }

    let rooms: Rooms
    let greeting: String?
    let events: AsyncStream<Event>
    private let tell: AsyncStream<Event>.Continuation
    private let current = NIOLockedValueBox<Socket?>(nil)

    var socket: Socket? { current.withLockedValue { $0 } }

    init(rooms: Rooms, greeting: String? = nil) {
        self.rooms = rooms
        self.greeting = greeting
        (events, tell) = AsyncStream.makeStream()
    }

    func opened(_ socket: Socket) {
        current.withLockedValue { $0 = socket }
        if let greeting { socket.send(Frame(text: greeting)) }
        tell.yield(.opened)
    }

    func received(_ text: String, from socket: Socket) {
        tell.yield(.heard(text))
        if text.hasPrefix("join ") { rooms.join(socket, [Room(String(text.dropFirst(5)))]) }
        if text.hasPrefix("leave ") { rooms.leave(socket, Room(String(text.dropFirst(6)))) }
        if text == "bye" { return socket.close(.unauthorized, reason: "not you") }
        socket.send(Frame(text: text))
    }

    func closed(_ socket: Socket) {
        current.withLockedValue { $0 = nil }
        tell.yield(.closed)
        tell.finish()
    }
}

/// A real server on a loopback port: `/ws` and `/slow-ws` upgrade, `/echo` and `/upload` are plain HTTP.
struct TestServer: Sendable {
    let port: Int
    let sockets: SocketServer
    let rooms: Rooms
    let owners: AsyncStream<Echo>
    /// One for each look-up of `/slow-ws` that has begun.
    let requests: AsyncStream<Void>
    let group: ServiceGroup

    static func run(
        _ configuration: SocketServer.Configuration = .init(), _ test: @Sendable (TestServer) async throws -> Void
    ) async throws {
        let sockets = SocketServer(configuration: configuration)
        let rooms = Rooms(eventLoopGroup: MultiThreadedEventLoopGroup.singleton)
        let (owners, newOwner) = AsyncStream<Echo>.makeStream()
        let (requests, newRequest) = AsyncStream<Void>.makeStream()
        let (ports, running) = AsyncStream<Int>.makeStream()
        var logger = Logger(label: "test")
        logger.logLevel = .error
        let app = Application(
            router: router(sockets, rooms, newOwner, newRequest), server: sockets.httpServer,
            configuration: .init(address: .hostname("127.0.0.1", port: 0), backlog: SocketServer.backlog),
            services: [sockets], onServerRunning: { running.yield($0.localAddress?.port ?? 0) }, logger: logger)
        let group = ServiceGroup(configuration: .init(services: [app], logger: logger))
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            var iterator = ports.makeAsyncIterator()
            let port = await iterator.next() ?? 0
            do {
                try await test(TestServer(port: port, sockets: sockets, rooms: rooms, owners: owners, requests: requests, group: group))
            } catch {
                await group.triggerGracefulShutdown()
                throw error
            }
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
        }
    }

    private static func router(
        _ sockets: SocketServer, _ rooms: Rooms, _ owners: AsyncStream<Echo>.Continuation,
        _ requests: AsyncStream<Void>.Continuation
    ) -> Router<TestContext> {
        let router = Router(context: TestContext.self)
        router.get("ws") { request, context in
            let owner = Echo(rooms: rooms)
            let response = try await sockets.upgrade(request, context: context, subprotocol: "moro", owner: owner)
            owners.yield(owner)
            return response
        }
        router.get("slow-ws") { request, context in
            requests.yield()
            try await Task.sleep(for: .milliseconds(300))
            let owner = Echo(rooms: rooms)
            owners.yield(owner)
            return try await sockets.upgrade(request, context: context, owner: owner)
        }
        router.get("greet") { request, context in
            try await sockets.upgrade(request, context: context, owner: Echo(rooms: rooms, greeting: "terve"))
        }
        router.post("echo") { request, _ in
            Response(status: .ok, body: .init(byteBuffer: try await request.body.collect(upTo: 1 << 20)))
        }
        router.post("upload") { request, _ in
            var sum = SHA256()
            for try await part in request.body { part.withUnsafeReadableBytes { sum.update(bufferPointer: $0) } }
            return "\(sum.finalize())"
        }
        router.get("big") { _, _ in
            Response(status: .ok, body: .init(byteBuffer: ByteBuffer(repeating: 0x61, count: 8 << 20)))
        }
        return router
    }
}

/// Looks again and again; the suite's time limit ends a wait in vain.
func until(_ condition: () async -> Bool) async throws {
    while await !condition() { try await Task.sleep(for: .milliseconds(1)) }
}
