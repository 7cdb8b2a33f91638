import HTTPTypes
import Hummingbird
import HummingbirdCore
import NIOConcurrencyHelpers
import NIOCore
import ServiceLifecycle

/// A request's context that knows its connection.
public protocol SocketRequestContext: RequestContext {
    var channel: any Channel { get }
}

/// Serves HTTP and WebSocket on one port: give `httpServer` to the `Application`, answer a route with `upgrade`, and add
/// the server itself to the application's services, so that sockets are told when it shuts down.
public final class SocketServer: Service {
    public struct Configuration: Sendable {
        /// Payload bytes of one frame that a client may send.
        public var maxFrame = 128 * 1024
        /// Bytes of a whole message, fragments joined.
        public var maxMessage = 256 * 1024
        /// Bytes that may wait for a slow reader.
        public var outboxBytes = 1024 * 1024
        public var pingInterval = TimeAmount.seconds(30)
        /// How long a goodbye may stay unanswered.
        public var closeTimeout = TimeAmount.seconds(5)
        /// How long a plain HTTP connection may be idle.
        public var idleTimeout = TimeAmount.seconds(60)
        /// Milliseconds after which clients are told to come back when the server goes away; the upper end is for thousands of them.
        public var retryAfter = 300...2500
        /// How long a shutdown waits for the last socket.
        public var farewell = TimeAmount.seconds(8)

        public init() {}
    }

    /// Connections that may wait to be accepted. For `ServerConfiguration`; 256, the default there, is few after a restart.
    public static let backlog = 4096

    public let configuration: Configuration
    private let loops: SocketLoops

    public init(configuration: Configuration = Configuration()) {
        self.configuration = configuration
        loops = SocketLoops(limits: configuration.limits)
    }

    /// Serves HTTP/1.1 that can be upgraded.
    public var httpServer: HTTPServerBuilder {
        HTTPServerBuilder { [configuration, loops] responder in
            HTTPConnection(responder: responder, idleTimeout: configuration.idleTimeout, loops: loops)
        }
    }

    /// Answers 101; once that is written, the connection is a socket of `owner`.
    ///
    /// - Parameter subprotocol: one of those the client offered, or nil.
    /// - Throws: `UpgradeRefusal` when the request is no proper WebSocket handshake.
    public func upgrade(
        _ request: Request, context: some SocketRequestContext, subprotocol: String? = nil, owner: any SocketOwner
    ) async throws -> Response {
        var headers: HTTPFields = [
            .upgrade: "websocket", .connection: "Upgrade", .secWebSocketAccept: try Handshake.accept(request.head),
        ]
        headers[.secWebSocketProtocol] = subprotocol
        let channel = context.channel
        try await channel.eventLoop.submit {
            try channel.pipeline.syncOperations.handler(type: UpgradeHandler.self).accept(owner)
        }.get()
        return Response(status: .switchingProtocols, headers: headers)
    }

    /// Waits for a graceful shutdown, then tells every socket 1001 with `retry=<ms>` and waits, not for ever, until they are gone.
    public func run() async throws {
        try? await gracefulShutdown()
        await loops.sendAllAway(within: configuration.farewell)
    }
}

extension SocketServer.Configuration {
    fileprivate var limits: SocketLimits {
        SocketLimits(
            maxFrame: maxFrame, maxMessage: maxMessage, outboxBytes: outboxBytes,
            pingInterval: pingInterval, closeTimeout: closeTimeout, retryAfter: retryAfter)
    }
}
