import NIOCore

/// The only handler of an upgraded connection: bytes in, and word of its end.
final class SocketHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let socket: Socket
    private var reader: MessageReader

    init(_ socket: Socket) {
        self.socket = socket
        reader = MessageReader(maxFrame: socket.loop.limits.maxFrame, maxMessage: socket.loop.limits.maxMessage)
    }

    func handlerAdded(context: ChannelHandlerContext) { socket.context = context }

    func handlerRemoved(context: ChannelHandlerContext) {
        socket.ended()
        socket.context = nil
    }

    /// Goes no further: what HTTP left behind in the pipeline must not see it.
    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard socket.listens else { return }
        socket.unanswered = 0
        reader.append(unwrapInboundIn(data))
        do {
            while socket.listens, let incoming = try reader.next() { take(incoming) }
        } catch {
            socket.fail(error)
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) { context.read() }

    func channelWritabilityChanged(context: ChannelHandlerContext) { socket.drainOutbox() }

    func channelInactive(context: ChannelHandlerContext) {
        socket.ended()
        context.fireChannelInactive()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case is ChannelShouldQuiesceEvent: socket.loop.sendAway(socket)
        case ChannelEvent.inputClosed: socket.inputEnded()
        default: context.fireUserInboundEventTriggered(event)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    private func take(_ incoming: Incoming) {
        switch incoming {
        case .text(let text) where socket.state == .open: socket.owner?.received(text, from: socket)
        case .ping(let payload) where socket.state == .open: socket.hear(.pong(payload), droppable: false)
        case .close(let code): socket.heardGoodbye(code)
        case .text, .ping, .pong: break
        }
    }
}
