import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Watches an HTTP connection's answers; after an expected 101 it takes HTTP out of the pipeline and puts a socket in.
final class UpgradeHandler: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private let loop: SocketLoop
    private var http: [any RemovableChannelHandler]
    private var phase = Phase.http
    private var requests = 0
    private var answers = 0
    /// Which request offered an upgrade: earlier ones of the same connection may still wait for their answers.
    private var offer: Int?
    private var isInputClosed = false
    private var isQuiescing = false

    private enum Phase {
        case http
        /// The route said yes; its answer is on the way.
        case accepted(any SocketOwner)
        case answering(any SocketOwner)
        /// The connection closes when this answer is out.
        case refusing(EventLoopFuture<Void>?)
        case swapped
    }

    init(loop: SocketLoop, http: [any RemovableChannelHandler]) {
        self.loop = loop
        self.http = http
    }

    func accept(_ owner: any SocketOwner) { phase = .accepted(owner) }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if case .head(let head) = unwrapInboundIn(data) {
            requests += 1
            if head.headerFields[.upgrade] != nil { offer = offer ?? requests }
        }
        context.fireChannelRead(data)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case ChannelEvent.inputClosed: isInputClosed = true
        case is ChannelShouldQuiesceEvent: isQuiescing = true
        default: break
        }
        context.fireUserInboundEventTriggered(event)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch (unwrapOutboundIn(data), phase) {
        case (.head(let head), .accepted(let owner)) where head.status == .switchingProtocols:
            phase = .answering(owner)
            context.write(data, promise: promise)
        case (.head(let head), _) where offer == answers + 1 && head.status.kind != .informational:
            refuse(head, context: context, promise: promise)
        case (.end, .answering(let owner)):
            context.writeAndFlush(data, promise: promise)
            swap(to: owner, context: context)
        case (.end, .refusing):
            endRefusal(data, context: context, promise: promise)
        case (.end, _):
            answers += 1
            context.write(data, promise: promise)
        default:
            context.write(data, promise: promise)
        }
    }

    /// Hummingbird closes what it has done with. A socket lives on; a refusal goes out whole first.
    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        switch (phase, mode) {
        case (.swapped, .all):
            promise?.succeed()
            if !isQuiescing { context.pipeline.syncOperations.removeHandler(self, promise: nil) }
        case (.swapped, _), (.refusing(.some), .output):
            promise?.succeed()
        case (.refusing(let written?), .all):
            let context = NIOLoopBound(context, eventLoop: context.eventLoop)
            written.whenComplete { _ in context.value.close(promise: promise) }
        default:
            context.close(mode: mode, promise: promise)
        }
    }

    private func refuse(_ head: HTTPResponse, context: ChannelHandlerContext, promise: EventLoopPromise<Void>?) {
        phase = .refusing(nil)
        var head = head
        head.headerFields[.connection] = "close"
        context.write(wrapOutboundOut(.head(head)), promise: promise)
    }

    private func endRefusal(_ data: NIOAny, context: ChannelHandlerContext, promise: EventLoopPromise<Void>?) {
        let written = promise ?? context.eventLoop.makePromise()
        phase = .refusing(written.futureResult)
        context.writeAndFlush(data, promise: written)
    }

    private func swap(to owner: any SocketOwner, context: ChannelHandlerContext) {
        // A client that half-closed while it was looked up would stay as a zombie.
        guard !isInputClosed, context.channel.isActive else {
            phase = .http
            return context.close(promise: nil)
        }
        phase = .swapped
        do {
            try putSocket(with: owner, context: context)
        } catch {
            context.close(promise: nil)
        }
    }

    private func putSocket(with owner: any SocketOwner, context: ChannelHandlerContext) throws {
        let pipeline = context.pipeline.syncOperations
        let socket = Socket(channel: context.channel, loop: loop, owner: owner)
        try pipeline.addHandler(SocketHandler(socket), position: .before(self))
        try context.channel.syncOptions?.makeLean()
        loop.add(socket)
        // What an owner says at once must not meet HTTP's encoder; what came with the upgrade must not be heard before it.
        for handler in http.dropLast() { pipeline.removeHandler(handler, promise: nil) }
        owner.opened(socket)
        if isQuiescing || loop.isEmptying { loop.sendAway(socket) }
        if let decoder = http.last { pipeline.removeHandler(decoder, promise: nil) }
        http = []
        socket.context?.read()
    }
}

extension NIOSynchronousChannelOptions {
    fileprivate func makeLean() throws {
        // One read at a time also lets go of all receive buffers but one.
        try setOption(.maxMessagesPerRead, value: 1)
        try setOption(.recvAllocator, value: .small)
        // The handler reads for itself: HTTP's leftover tail would swallow automatic reads.
        try setOption(.autoRead, value: false)
        try setOption(.writeBufferWaterMark, value: .init(low: 16_384, high: 32_768))
        // A reader that stopped would otherwise cost megabytes of kernel memory.
        try setOption(.socketOption(.so_sndbuf), value: 65_536)
    }
}
