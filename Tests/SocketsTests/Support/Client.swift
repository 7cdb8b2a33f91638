import NIOCore
import NIOPosix
import Testing

/// A client that speaks bytes: whatever a browser would never send can be sent.
final class Client {
    struct Closed: Error, CustomStringConvertible {
        let code: UInt16?
        let reason: String
        var description: String { "closed with \(code.map(String.init) ?? "nothing") \(reason)" }
    }

    struct EndOfStream: Error {}

    let channel: any Channel
    private var inbound: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
    private let outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
    private var buffer = ByteBuffer()

    static func connect<Result: Sendable>(
        to port: Int, receiveBuffer: Int? = nil, isolation: isolated (any Actor)? = #isolation,
        _ body: (Client) async throws -> sending Result
    ) async throws -> sending Result {
        var bootstrap = ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelOption(.allowRemoteHalfClosure, value: true)
        if let receiveBuffer { bootstrap = bootstrap.channelOption(.socketOption(.so_rcvbuf), value: .init(receiveBuffer)) }
        let channel = try await bootstrap.connect(host: "127.0.0.1", port: port) { channel in
            channel.eventLoop.makeCompletedFuture {
                try NIOAsyncChannel<ByteBuffer, ByteBuffer>(
                    wrappingChannelSynchronously: channel, configuration: .init(isOutboundHalfClosureEnabled: true))
            }
        }
        return try await channel.executeThenClose { inbound, outbound in
            try await body(Client(channel.channel, inbound.makeAsyncIterator(), outbound))
        }
    }

    static func upgraded<Result: Sendable>(
        on server: TestServer, receiveBuffer: Int? = nil, isolation: isolated (any Actor)? = #isolation,
        _ body: (Client) async throws -> sending Result
    ) async throws -> sending Result {
        try await connect(to: server.port, receiveBuffer: receiveBuffer) { client in
            try await client.upgrade()
            return try await body(client)
        }
    }

    private init(
        _ channel: any Channel, _ inbound: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator,
        _ outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
    ) {
        self.channel = channel
        self.inbound = inbound
        self.outbound = outbound
    }

    // MARK: - Bytes

    func send(_ bytes: [UInt8]) async throws { try await outbound.write(ByteBuffer(bytes: bytes)) }
    func send(_ text: String) async throws { try await outbound.write(ByteBuffer(string: text)) }
    func finish() { outbound.finish() }

    private func more() async throws {
        guard var part = try await inbound.next() else { throw EndOfStream() }
        buffer.writeBuffer(&part)
    }

    func bytes(_ count: Int) async throws -> [UInt8] {
        while buffer.readableBytes < count { try await more() }
        return buffer.readBytes(length: count) ?? []
    }

    /// True when the server ends the connection without saying more.
    func isEnded() async -> Bool {
        do {
            while try await bytes(2) == [0x89, 0] {}
            return false
        } catch { return true }
    }

    // MARK: - HTTP

    static func upgradeRequest(_ path: String = "/ws", version: String = "13") -> String {
        "GET \(path) HTTP/1.1\r\nHost: shop.test\r\nConnection: keep-alive, Upgrade\r\nUpgrade: websocket\r\n"
            + "Sec-WebSocket-Version: \(version)\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
    }

    func upgrade(_ path: String = "/ws") async throws {
        try await send(Self.upgradeRequest(path))
        let head = try await head()
        #expect(head.hasPrefix("HTTP/1.1 101 "))
        #expect(head.contains("s3pPLMBiTxaQ9kYGzzhZRbK+xOo="))
    }

    func head() async throws -> String {
        while true {
            if let end = buffer.readableBytesView.firstRange(of: Array("\r\n\r\n".utf8)) {
                return buffer.readString(length: end.upperBound - buffer.readerIndex) ?? ""
            }
            try await more()
        }
    }

    func answer() async throws -> (head: String, body: String) {
        let head = try await head()
        let length = head.lowercased().split(separator: "\r\n").first { $0.hasPrefix("content-length: ") }
        let body = try await bytes(length.flatMap { Int($0.dropFirst(16)) } ?? 0)
        return (head, String(decoding: body, as: UTF8.self))
    }

    // MARK: - WebSocket

    static func frame(
        _ opcode: UInt8, _ payload: [UInt8], isFinal: Bool = true, masked: Bool = true, reserved: UInt8 = 0
    ) -> [UInt8] {
        var bytes = [(isFinal ? 0x80 : 0) | reserved | opcode]
        let mask: UInt8 = masked ? 0x80 : 0
        switch payload.count {
        case ...125: bytes.append(mask | UInt8(payload.count))
        case ...65535: bytes += [mask | 126, UInt8(payload.count >> 8), UInt8(payload.count & 0xFF)]
        default: bytes += [mask | 127] + (0..<8).reversed().map { UInt8(truncatingIfNeeded: payload.count >> ($0 * 8)) }
        }
        guard masked else { return bytes + payload }
        let key: [UInt8] = [0x37, 0xFA, 0x21, 0x3D]
        return bytes + key + payload.enumerated().map { $1 ^ key[$0 & 3] }
    }

    func say(_ text: String) async throws { try await send(Self.frame(1, Array(text.utf8))) }

    func frame() async throws -> (opcode: UInt8, payload: [UInt8]) {
        let head = try await bytes(2)
        #expect(head[0] & 0x80 != 0)
        #expect(head[1] & 0x80 == 0)
        var length = Int(head[1])
        if length >= 126 { length = try await bytes(length == 126 ? 2 : 8).reduce(0) { $0 << 8 | Int($1) } }
        return (head[0] & 0x0F, try await bytes(length))
    }

    /// The next text; pings are passed over, a close frame is thrown.
    func hear() async throws -> String {
        while true {
            let (opcode, payload) = try await frame()
            switch opcode {
            case 1: return String(decoding: payload, as: UTF8.self)
            case 8: throw Self.closed(payload)
            default: break
            }
        }
    }

    func pong() async throws -> [UInt8] {
        while true {
            let (opcode, payload) = try await frame()
            if opcode == 10 { return payload }
        }
    }

    func closeFrame() async throws -> Closed {
        while true {
            let (opcode, payload) = try await frame()
            if opcode == 8 { return Self.closed(payload) }
        }
    }

    private static func closed(_ payload: [UInt8]) -> Closed {
        let code = payload.count >= 2 ? UInt16(payload[0]) << 8 | UInt16(payload[1]) : nil
        return Closed(code: code, reason: String(decoding: payload.dropFirst(2), as: UTF8.self))
    }
}
