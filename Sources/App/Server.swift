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

/// The whole of Moro in one process: puts the house together, serves until told to stop, and ends without losing anybody.
public struct Server: Sendable {
    private let settings: Settings

    public init(settings: Settings) { self.settings = settings }

    /// Runs until SIGTERM or SIGINT; sockets are told to come back, requests finish, the database is closed.
    public func run() async throws {
        var logger = Logger(label: "moro")
        logger.logLevel = settings.logLevel
        let meter = Meter()
        let store = try settings.openStore { MeasuredEngine($0, meter: meter) }
        let files = try settings.openFiles()
        let house = try await house(store, files, meter)
        let reactions = Reactions(desk: house.desk, hub: house.hub, store: store, files: files)
        let application = Application(
            router: house.router(), server: house.sockets.httpServer,
            configuration: .init(
                address: .hostname(settings.host, port: settings.port), serverName: nil, backlog: SocketServer.backlog, reuseAddress: true),
            services: [house.sockets, ReactionService(reactions: reactions)], eventLoopGroupProvider: .shared(Self.loops), logger: logger)
        try await house.hub.meetNodes()
        try await application.runService()
        try store.close()
    }

    private static let loops = MultiThreadedEventLoopGroup.singleton

    private func house(_ store: Store, _ files: any FileStore, _ meter: Meter) async throws -> House {
        let configuration = House.Configuration(
            baseURL: settings.baseURL, trusts: { [settings] in settings.trusts(proxy: $0) },
            messagesPerSession: settings.limits.messagesPerSession, requestsPerAddress: settings.limits.requestsPerAddress,
            signInsPerAddress: settings.limits.signInsPerAddress, sessionsPerAddress: settings.limits.sessionsPerAddress,
            readsMetrics: { [settings] in settings.showsMetrics(to: $0) })
        return House(
            configuration: configuration, store: store,
            hub: try await Hub(store: store, eventLoopGroup: Self.loops, baseURL: settings.baseURL), files: files,
            sockets: SocketServer(), assets: try Assets(directory: settings.web), meter: meter)
    }
}

private struct ReactionService: Service {
    let reactions: Reactions

    func run() async { await cancelWhenGracefulShutdown { try? await reactions.run() } }
}
