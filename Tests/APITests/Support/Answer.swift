import Foundation
import NIOCore
import NIOPosix

/// What the server said, byte for byte.
struct Answer: Sendable {
    struct Unreadable: Error { let bytes: String }

    let status: Int
    let headers: [(name: String, value: String)]
    let body: [UInt8]

    init(_ bytes: [UInt8]) throws {
        guard let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else {
            throw Unreadable(bytes: String(decoding: bytes.prefix(200), as: UTF8.self))
        }
        let lines = String(decoding: bytes[..<end.lowerBound], as: UTF8.self).components(separatedBy: "\r\n")
        status = lines[0].split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        headers = lines.dropFirst().map { line in
            let colon = line.firstIndex(of: ":") ?? line.endIndex
            return (line[..<colon].lowercased(), line[colon...].dropFirst().trimmingCharacters(in: .whitespaces))
        }
        body = Array(bytes[end.upperBound...])
    }

    subscript(header: String) -> String? { headers.first { $0.name == header.lowercased() }?.value }

    var text: String { String(decoding: body, as: UTF8.self) }
    var json: Value { (try? Value(parsing: body)) ?? .null }
    var isLetIn: Bool { (200..<300).contains(status) || status == 101 }
    /// The cookies set, as sent.
    var cookies: [String] { headers.filter { $0.name == "set-cookie" }.map(\.value) }
}

/// One request on a connection of its own, written byte for byte, so that what no client library would send can be sent.
func exchange(port: Int, _ bytes: [UInt8]) async throws -> Answer {
    let loop = MultiThreadedEventLoopGroup.singleton.next()
    let heard = loop.makePromise(of: [UInt8].self)
    let channel = try await ClientBootstrap(group: loop).channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture { try channel.pipeline.syncOperations.addHandler(WholeAnswer(heard)) }
    }.connect(host: "127.0.0.1", port: port).get()
    // A server that refuses early need not read to the end.
    channel.writeAndFlush(ByteBuffer(bytes: bytes), promise: nil)
    let limit = loop.scheduleTask(in: .seconds(40)) { channel.close(promise: nil) }
    defer { limit.cancel() }
    return try Answer(await heard.futureResult.get())
}

/// Collects until the server closes, or has agreed to speak something else than HTTP.
private final class WholeAnswer: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    private let heard: EventLoopPromise<[UInt8]>
    private var bytes: [UInt8] = []

    init(_ heard: EventLoopPromise<[UInt8]>) { self.heard = heard }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        bytes += unwrapInboundIn(data).readableBytesView
        if bytes.starts(with: Array("HTTP/1.1 101".utf8)), bytes.firstRange(of: Array("\r\n\r\n".utf8)) != nil {
            context.close(promise: nil)
        }
    }

    func channelInactive(context: ChannelHandlerContext) { heard.succeed(bytes) }
    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
