import NIOCore
import NIOPosix

/// A socket's other end: hears news in order, says small things.
final class Ear: Sendable {
    struct Closed: Error, Equatable { let code: Int; let reason: String }
    struct Refused: Error { let answer: Answer }
    struct Silence: Error {}

    static let handshake = [
        "Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13", "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    ]

    /// The answer to the handshake.
    let welcome: Answer
    private let channel: any Channel
    private let inbox: SocketInbox

    private init(_ channel: any Channel, _ inbox: SocketInbox, _ welcome: Answer) {
        (self.channel, self.inbox, self.welcome) = (channel, inbox, welcome)
    }

    /// - Throws: `Refused` when the server does not answer 101.
    static func open(port: Int, _ target: String, _ headers: [String: String]) async throws -> Ear {
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        let inbox = SocketInbox(loop)
        let channel = try await ClientBootstrap(group: loop).channelInitializer { $0.pipeline.addHandler(inbox) }
            .connect(host: "127.0.0.1", port: port).get()
        let lines = handshake.merging(["Host": "moro.example"]) { $1 }.merging(headers) { $1 }.map { "\($0): \($1)" }
        let head = (["GET \(target) HTTP/1.1"] + lines).joined(separator: "\r\n") + "\r\n\r\n"
        try await channel.writeAndFlush(ByteBuffer(string: head))
        let welcome = try await inbox.welcome.futureResult.get()
        guard welcome.status == 101 else { throw Refused(answer: welcome) }
        return Ear(channel, inbox, welcome)
    }

    /// The next frame's JSON.
    /// - Throws: `Closed` at the goodbye, `Silence` when nothing comes for a long time.
    func hear() async throws -> Value {
        let text = try await channel.eventLoop.flatSubmit { self.inbox.next() }.get()
        return try Value(parsing: text)
    }

    /// What is heard up to and with the first that fits.
    func hear(until fits: (Value) -> Bool) async throws -> [Value] {
        var heard: [Value] = []
        while true {
            let news = try await hear()
            heard.append(news)
            if fits(news) { return heard }
        }
    }

    /// The next news of this type.
    func hear(_ type: String) async throws -> Value { try await hear { $0.type == .string(type) }.last ?? .null }

    /// The goodbye, whatever is told before it.
    func goodbye() async throws -> Closed {
        do {
            while true { _ = try await hear() }
        } catch let closed as Closed { return closed }
    }

    func say(_ value: Value) async throws {
        let payload = value.bytes
        var frame: [UInt8] = [0x81]
        frame += payload.count < 126 ? [0x80 | UInt8(payload.count)] : [0x80 | 126, UInt8(payload.count >> 8), UInt8(payload.count & 255)]
        // A mask of nothing is a mask.
        try await channel.writeAndFlush(ByteBuffer(bytes: frame + [0, 0, 0, 0] + payload))
    }

    func leave() async throws { try await channel.close() }
}

/// Unchecked, because all of it is touched on the socket's event loop only.
final class SocketInbox: ChannelInboundHandler, @unchecked Sendable {
    typealias InboundIn = ByteBuffer
    let welcome: EventLoopPromise<Answer>
    private let loop: any EventLoop
    private var bytes = ByteBuffer()
    private var isOpen = false
    private var heard: [Result<[UInt8], any Error>] = []
    private var waiting: EventLoopPromise<[UInt8]>?

    init(_ loop: any EventLoop) {
        self.loop = loop
        welcome = loop.makePromise()
    }

    func next() -> EventLoopFuture<[UInt8]> {
        let promise = loop.makePromise(of: [UInt8].self)
        if heard.isEmpty {
            waiting = promise
            let alarm = loop.scheduleTask(in: .seconds(8)) { promise.fail(Ear.Silence()) }
            promise.futureResult.whenComplete { _ in alarm.cancel() }
        } else {
            promise.completeWith(heard.removeFirst())
        }
        return promise.futureResult
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var part = unwrapInboundIn(data)
        bytes.writeBuffer(&part)
        if !isOpen { readWelcome() }
        if isOpen { while let frame = readFrame() { take(frame.opcode, frame.payload, context) } }
    }

    func channelInactive(context: ChannelHandlerContext) {
        if !isOpen { welcome.completeWith(Result { try Answer(Array(bytes.readableBytesView)) }) }
        tell(.failure(Ear.Closed(code: 1006, reason: "")))
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    private func readWelcome() {
        guard let end = bytes.readableBytesView.firstRange(of: Array("\r\n\r\n".utf8)),
            let answer = try? Answer(Array(bytes.readableBytesView[..<end.upperBound])), answer.status == 101
        else { return }
        bytes.moveReaderIndex(to: end.upperBound)
        isOpen = true
        welcome.succeed(answer)
    }

    private func readFrame() -> (opcode: UInt8, payload: [UInt8])? {
        let start = bytes.readerIndex
        guard let head = bytes.readBytes(length: 2) else { return nil }
        var length = Int(head[1] & 127)
        if length >= 126 {
            guard let more = bytes.readBytes(length: length == 126 ? 2 : 8) else { return back(to: start) }
            length = more.reduce(0) { $0 << 8 | Int($1) }
        }
        guard let payload = bytes.readBytes(length: length) else { return back(to: start) }
        return (head[0] & 15, payload)
    }

    private func back(to start: Int) -> (opcode: UInt8, payload: [UInt8])? {
        bytes.moveReaderIndex(to: start)
        return nil
    }

    private func take(_ opcode: UInt8, _ payload: [UInt8], _ context: ChannelHandlerContext) {
        switch opcode {
        case 1: tell(.success(payload))
        case 8:
            let code = payload.prefix(2).reduce(0) { $0 << 8 | Int($1) }
            tell(.failure(Ear.Closed(code: code, reason: String(decoding: payload.dropFirst(2), as: UTF8.self))))
            // A goodbye is answered, or the server waits for it.
            context.writeAndFlush(NIOAny(ByteBuffer(bytes: [0x88, 0x80 | 2, 0, 0, 0, 0] + payload.prefix(2))), promise: nil)
        default: break
        }
    }

    private func tell(_ news: Result<[UInt8], any Error>) {
        guard let waiting else { return heard.append(news) }
        self.waiting = nil
        waiting.completeWith(news)
    }
}
