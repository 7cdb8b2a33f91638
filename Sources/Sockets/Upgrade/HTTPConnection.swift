import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1
import NIOHTTPTypes
import NIOHTTPTypesHTTP1

/// An ordinary HTTP connection, which an answer of 101 turns into a socket.
struct HTTPConnection: HTTPChannelHandler {
    typealias Value = NIOAsyncChannel<HTTPRequestPart, HTTPResponsePart>

    let responder: HTTPChannelHandler.Responder
    let idleTimeout: TimeAmount
    let loops: SocketLoops

    init(responder: @escaping HTTPChannelHandler.Responder, idleTimeout: TimeAmount, loops: SocketLoops) {
        self.responder = { request, writer, channel in
            try await responder(request, writer, channel)
            // Either a socket now, or closing: NIO's decoder reads no further after such an offer.
            if request.headers[.upgrade] != nil { throw ConnectionLeftHTTP() }
        }
        self.idleTimeout = idleTimeout
        self.loops = loops
    }

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        channel.eventLoop.makeCompletedFuture {
            try channel.syncOptions?.setOption(.recvAllocator, value: .small)
            try addHTTP(to: channel, logger: logger)
            return try Value(wrappingChannelSynchronously: channel, configuration: .init(isOutboundHalfClosureEnabled: true))
        }
    }

    func handle(value: Value, logger: Logger) async {
        await handleHTTP(asyncChannel: value, logger: logger)
    }

    private func addHTTP(to channel: any Channel, logger: Logger) throws {
        let encoder = HTTPResponseEncoder()
        let decoder = ByteToMessageHandler(
            HTTPRequestDecoder(leftOverBytesStrategy: .forwardBytes, limitConfiguration: .heads))
        let codec = HTTP1ToHTTPServerCodec(secure: false)
        let idle = HTTPConnectionStateHandler(idleTimeout: .nanoseconds(idleTimeout.nanoseconds), logger: logger)
        // The decoder goes last: leaving, it forwards the bytes that came with the upgrade request.
        let upgrade = UpgradeHandler(loop: loops.of(channel.eventLoop), http: [idle, codec, encoder, decoder])
        try channel.pipeline.syncOperations.addHandlers([encoder, decoder, codec, upgrade, idle])
    }
}

private struct ConnectionLeftHTTP: Error {}

extension NIOHTTPDecoderLimitConfiguration {
    /// A request's head is a few kilobytes with all its cookies; NIO's own limit of 2 MB would be held per connection.
    fileprivate static var heads: Self {
        var limits = Self()
        limits.maxHeaderFieldSize = 32 * 1024
        limits.maxHeaderListSize = 64 * 1024
        return limits
    }
}

extension RecvByteBufferAllocator where Self == AdaptiveRecvByteBufferAllocator {
    /// Most connections are idle and most reads are short; a stream grows its buffer within a few reads.
    static var small: Self { AdaptiveRecvByteBufferAllocator(minimum: 64, initial: 256, maximum: 65_536) }
}
