import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// A server that gives prepared answers: a status with S3's code or, at 200, a body; `cut` hangs up, `silence` says nothing.
final class ScriptedBucket: Sendable {
    struct Asked: Sendable {
        let line: String
        let headers: [String: String]
        var body = Data()
    }

    let port: Int
    private let state: Shared

    var asked: [Asked] { state.script.withLock { $0.asked } }

    fileprivate struct Script: Sendable {
        var answers: [String]
        var asked: [Asked] = []
    }

    fileprivate final class Shared: Sendable {
        let script: Mutex<Script>
        init(_ answers: [String]) { script = Mutex(Script(answers: answers)) }
    }

    static func open(_ answers: [String], _ visit: (ScriptedBucket) async throws -> Void) async throws {
        let state = Shared(answers)
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.pipeline.configureHTTPServerPipeline().flatMapThrowing {
                    try channel.pipeline.syncOperations.addHandler(Answering(state))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        let result: Result<Void, any Error>
        do { result = .success(try await visit(ScriptedBucket(channel.localAddress?.port ?? 0, state))) } catch { result = .failure(error) }
        try await channel.close()
        try result.get()
    }

    private init(_ port: Int, _ state: Shared) { (self.port, self.state) = (port, state) }

    private final class Answering: ChannelInboundHandler {
        typealias InboundIn = HTTPServerRequestPart
        typealias OutboundOut = HTTPServerResponsePart

        private let state: Shared
        private var request: Asked?

        init(_ state: Shared) { self.state = state }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            switch unwrapInboundIn(data) {
            case .head(let head):
                let headers = Dictionary(head.headers.map { ($0.lowercased(), $1) }) { $1 }
                request = Asked(line: "\(head.method) \(head.uri)", headers: headers)
            case .body(let part): request?.body.append(contentsOf: part.readableBytesView)
            case .end: answer(context)
            }
        }

        private func answer(_ context: ChannelHandlerContext) {
            let answer = state.script.withLock { script in
                script.asked += [request].compactMap(\.self)
                return script.answers.isEmpty ? "500 NothingPrepared" : script.answers.removeFirst()
            }
            if answer == "cut" { return context.close(promise: nil) }
            if answer == "silence" { return }
            let words = answer.split(separator: " ", maxSplits: 1).map(String.init)
            let status = Int(words[0]) ?? 500
            let rest = words.count > 1 ? words[1] : ""
            let body =
                status == 200 || rest.isEmpty
                ? rest : "<?xml version=\"1.0\"?><Error><Code>\(rest)</Code><Message>Ei käy.</Message></Error>"
            let isHead = request?.line.hasPrefix("HEAD") == true
            let head = HTTPResponseHead(
                version: .http1_1, status: .init(statusCode: status), headers: ["content-length": "\(body.utf8.count)"])
            context.write(wrapOutboundOut(.head(head)), promise: nil)
            if !isHead { context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(string: body)))), promise: nil) }
            context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        }
    }
}
