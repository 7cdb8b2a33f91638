import Foundation
import NIOCore
import NIOPosix
import Synchronization

/// A WebSocket client that listens: every text in the order it came.
final class Ear: Sendable {
    private let channel: any Channel
    private let texts: AsyncStream<String>

    private init(_ channel: any Channel, _ texts: AsyncStream<String>) {
        self.channel = channel
        self.texts = texts
    }

    static func connect(to port: Int, _ path: String) async throws -> Ear {
        let (texts, heard) = AsyncStream<String>.makeStream()
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try channel.pipeline.syncOperations.addHandler(Hearing(heard)) }
            }
            .connect(host: "127.0.0.1", port: port).get()
        let request = """
            GET \(path) HTTP/1.1\r\nHost: shop.test\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n
            """
        try await channel.writeAndFlush(ByteBuffer(string: request))
        return Ear(channel, texts)
    }

    /// Says a short text, masked with nothing.
    func say(_ text: String) async throws {
        let payload = Array(text.utf8)
        let length = payload.count < 126 ? [0x80 | UInt8(payload.count)] : [0xFE, UInt8(payload.count >> 8), UInt8(payload.count & 0xFF)]
        try await channel.writeAndFlush(ByteBuffer(bytes: [0x81] + length + [0, 0, 0, 0] + payload))
    }

    func hangUp() async throws { try await channel.close() }

    /// The next text, nil when the connection has ended.
    func next() async throws -> [String: any Sendable]? {
        for await text in texts {
            return try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: any Sendable] ?? [:]
        }
        return nil
    }

    /// All the numbers heard, up to one.
    func seqs(upTo last: Int64) async throws -> [Int64] {
        var seqs: [Int64] = []
        guard last > 0 else { return [] }
        while let event = try await next() {
            guard event["type"] as? String != "hello", let seq = event["seq"] as? Int else { continue }
            seqs.append(Int64(seq))
            if seq >= last { break }
        }
        return seqs
    }

    /// The next news that is looked for; what comes before is passed over.
    func next(_ isLookedFor: ([String: any Sendable]) -> Bool) async throws -> [String: any Sendable]? {
        while let news = try await next() {
            if isLookedFor(news) { return news }
        }
        return nil
    }
}

/// Passes over the answer's head, then takes whole unmasked frames apart.
private final class Hearing: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let heard: AsyncStream<String>.Continuation
    private var buffer = ByteBuffer()
    private var isUpgraded = false

    init(_ heard: AsyncStream<String>.Continuation) { self.heard = heard }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var part = unwrapInboundIn(data)
        buffer.writeBuffer(&part)
        if !isUpgraded, let end = buffer.readableBytesView.firstRange(of: Array("\r\n\r\n".utf8)) {
            buffer.moveReaderIndex(to: end.upperBound)
            isUpgraded = true
        }
        while isUpgraded, let (opcode, text) = frame() { if opcode == 1 { heard.yield(text) } }
        buffer.discardReadBytes()
    }

    func channelInactive(context: ChannelHandlerContext) { heard.finish() }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    private func frame() -> (UInt8, String)? {
        var ahead = buffer
        guard let opcode = ahead.readInteger(as: UInt8.self), let short = ahead.readInteger(as: UInt8.self) else { return nil }
        var length = Int(short)
        if short == 126 { length = ahead.readInteger(as: UInt16.self).map(Int.init) ?? .max }
        if short == 127 { length = ahead.readInteger(as: UInt64.self).map(Int.init) ?? .max }
        guard length <= ahead.readableBytes, let text = ahead.readString(length: length) else { return nil }
        buffer = ahead
        return (opcode & 0x0F, text)
    }
}
