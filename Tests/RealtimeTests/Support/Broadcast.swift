import Core
import Hummingbird
import Logging
import NIOCore
import NIOPosix
import Realtime
import ServiceLifecycle
import Sockets
import Storage
import TestSupport

struct ListeningContext: SocketRequestContext {
    var coreContext: CoreRequestContextStorage
    let channel: any Channel

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        channel = source.channel
    }
}

/// The shop on disk with its hub, and a real server that seats whoever comes: `/maija`, `/liisa` … `?after=<seq>`.
struct Broadcast: Sendable {
    let database: ScratchDatabase
    let store: Store
    let hub: Hub
    let port: Int
    /// What listeners said they type, and where.
    let typed: Notebook<String>

    static let seats: [String: Seat] = [
        "maija": .agent(Loylymaki.maija), "vieras": .agent(Loylymaki.stranger), "liisa": .visitor(Loylymaki.liisasPhone),
        "pekka": .visitor(Loylymaki.pekkasComputer),
    ]

    /// - Parameter prepare: what lies in the database before the hub looks at it.
    static func run(
        prepare: @Sendable (Store) async throws -> Void = { _ in }, _ test: @Sendable (Broadcast) async throws -> Void
    ) async throws {
        let database = try await ScratchDatabase.make(isShared: true)
        let store = try Store(database.open(), world: .fixed(Clock()))
        try await Loylymaki.move(into: store)
        try await prepare(store)
        let hub = try await Hub(store: store, eventLoopGroup: MultiThreadedEventLoopGroup.singleton, baseURL: "https://chat.example")
        let (sockets, typed) = (SocketServer(), Notebook<String>())
        let (ports, running) = AsyncStream<Int>.makeStream()
        var logger = Logger(label: "test")
        logger.logLevel = .error
        let app = Application(
            router: router(sockets, hub, typed), server: sockets.httpServer,
            configuration: .init(address: .hostname("127.0.0.1", port: 0), backlog: SocketServer.backlog), services: [sockets],
            onServerRunning: { running.yield($0.localAddress?.port ?? 0) }, logger: logger)
        let group = ServiceGroup(configuration: .init(services: [app], logger: logger))
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            var iterator = ports.makeAsyncIterator()
            let port = await iterator.next() ?? 0
            let result = await Result { try await test(Broadcast(database: database, store: store, hub: hub, port: port, typed: typed)) }
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
            try result.get()
        }
    }

    private static func router(_ sockets: SocketServer, _ hub: Hub, _ typed: Notebook<String>) -> Router<ListeningContext> {
        let router = Router(context: ListeningContext.self)
        router.get(":who") { request, context in
            guard let seat = seats[try context.parameters.require("who")] else { throw HTTPError(.notFound) }
            let after = request.uri.queryParameters.get("after", as: Int64.self) ?? 0
            let listener = Listener(hub, seat, after: after, host: KiuasHost(typed: typed))
            return try await sockets.upgrade(request, context: context, owner: listener)
        }
        return router
    }

    /// Someone comes to listen.
    func listen(_ who: String, after seq: Int64 = 0) async throws -> Ear { try await Ear.connect(to: port, "/\(who)?after=\(seq)") }

    /// Liisa's conversation begins, without a word.
    func start(_ id: Conversation.ID = "kiuas", of contact: Contact = Loylymaki.liisa) async throws {
        try await store.write { _ = try $0.start(Loylymaki.conversation(id: id, of: contact)) }
    }

    func head() async throws -> Int64 { try await store.read { try $0.head(of: Loylymaki.workspace.id) } }

    /// The numbers of all that a reader may hear.
    func log(for who: String, after seq: Int64 = 0) async throws -> [Int64] {
        guard let reader = Self.seats[who]?.reader else { return [] }
        return try await store.read { try $0.events(after: seq, for: reader, limit: 100_000).map(\.seq) }
    }
}

extension Result where Failure == any Error {
    fileprivate init(_ body: () async throws -> Success) async {
        do { self = .success(try await body()) } catch { self = .failure(error) }
    }
}

/// Whoever listens may write in the conversation about the stove.
private final class KiuasHost: Host {
    let typed: Notebook<String>

    init(typed: Notebook<String>) { self.typed = typed }

    func opened(_ socket: Socket) {}
    func closed(_ socket: Socket) {}

    func route(to conversation: Conversation.ID, of reader: Reader) async -> Listener.Route? {
        guard conversation == "kiuas" else { return nil }
        return .init { [typed] text, stopped in typed.write("\(text ?? "–")\(stopped ? ", stopped" : "")") }
    }
}
