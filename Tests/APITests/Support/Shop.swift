import API
import Core
import Files
import Foundation
import Hummingbird
import Logging
import NIOPosix
import Realtime
import Reception
import ServiceLifecycle
import Sockets
import Storage
import TestSupport

/// Moro at Löylymäki's: the whole house on a port of its own, a database in memory, a clock that stands still.
struct Shop: Sendable {
    let house: House
    let clock: Clock
    let port: Int
    let services: ServiceGroup

    static let origin = "http://moro.example"
    private static let assets = Result { try Assets(directory: web) }
    private static var web: URL {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../../../Web").standardizedFileURL
    }

    /// Opens the doors for as long as the visit takes. Nothing is limited unless the visit says so.
    static func open(
        baseURL: String = origin, messagesPerSession: Int = 0, requestsPerAddress: Int = 0, signInsPerAddress: Int = 0,
        sessionsPerAddress: Int = 0, trusts: @escaping @Sendable (String) -> Bool = { _ in false }, files: (any FileStore)? = nil,
        watched: @Sendable (any Engine) -> any Engine = { $0 }, _ visit: @Sendable (Shop) async throws -> Void
    ) async throws {
        let configuration = House.Configuration(
            baseURL: baseURL, trusts: trusts, messagesPerSession: messagesPerSession, requestsPerAddress: requestsPerAddress,
            signInsPerAddress: signInsPerAddress, sessionsPerAddress: sessionsPerAddress)
        let (clock, directory) = (Clock(), FileManager.default.temporaryDirectory.appendingPathComponent("moro-\(UUID())"))
        defer { try? FileManager.default.removeItem(at: directory) }
        let store = try await Store(watched(ScratchDatabase.make().open()), world: .fixed(clock))
        try await Cast.move(into: store)
        let hub = try await Hub(store: store, eventLoopGroup: MultiThreadedEventLoopGroup.singleton, baseURL: baseURL)
        let house = House(
            configuration: configuration, store: store, hub: hub, files: try files ?? DirectoryStore(directory), sockets: SocketServer(),
            assets: try assets.get())
        try await serve(house, clock, visit)
    }

    private static func serve(_ house: House, _ clock: Clock, _ visit: @Sendable (Shop) async throws -> Void) async throws {
        let (ports, running) = AsyncStream<Int>.makeStream()
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        let app = Application(
            router: house.router(), server: house.sockets.httpServer,
            configuration: .init(address: .hostname("127.0.0.1", port: 0), serverName: nil, backlog: SocketServer.backlog),
            services: [house.sockets], onServerRunning: { running.yield($0.localAddress?.port ?? 0) },
            eventLoopGroupProvider: .shared(MultiThreadedEventLoopGroup.singleton), logger: logger)
        let services = ServiceGroup(configuration: .init(services: [app], logger: logger))
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await services.run() }
            var iterator = ports.makeAsyncIterator()
            let shop = Shop(house: house, clock: clock, port: await iterator.next() ?? 0, services: services)
            let result: Result<Void, any Error>
            do { result = .success(try await visit(shop)) } catch { result = .failure(error) }
            await services.triggerGracefulShutdown()
            try await tasks.waitForAll()
            try result.get()
        }
    }
}

extension Shop {
    /// Asks the API; papers say who is asking.
    func ask(
        _ method: String, _ path: String, _ papers: Papers = .none, _ body: Value? = nil, headers: [String: String] = [:]
    ) async throws -> Answer {
        try await ask(method, path, papers, bytes: body?.bytes ?? [], headers: headers)
    }

    func ask(
        _ method: String, _ path: String, _ papers: Papers = .none, bytes: [UInt8], headers: [String: String] = [:]
    ) async throws -> Answer {
        try await page(method, "/api/v1" + path, bytes: bytes, headers: papers.headers.merging(headers) { $1 })
    }

    func page(_ path: String, headers: [String: String] = [:]) async throws -> Answer { try await page("GET", path, headers: headers) }

    /// Asks for anything under Moro's address.
    func page(_ method: String, _ path: String, bytes: [UInt8] = [], headers: [String: String] = [:]) async throws -> Answer {
        var lines = ["\(method) \(path) HTTP/1.1"]
        var all = ["Host": "moro.example", "Connection": "close"]
        if !bytes.isEmpty || method != "GET" { all["Content-Length"] = "\(bytes.count)" }
        lines += all.merging(headers) { $1 }.map { "\($0): \($1)" }
        return try await exchange(port: port, Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8) + bytes)
    }
}

extension Shop {
    /// A socket that has been greeted.
    func listen(_ papers: Papers, after seq: Int64? = nil) async throws -> Ear {
        var from = seq
        if from == nil { from = try await head() }
        let ear = try await Ear.open(port: port, "/api/v1/socket?after=\(from ?? 0)", papers.headers)
        _ = try await ear.hear("hello")
        return ear
    }
}
