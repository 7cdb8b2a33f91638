import Hummingbird
import NIOCore
import Sockets

/// A request's context: its connection, so that it can become a socket.
public struct MoroContext: SocketRequestContext {
    public var coreContext: CoreRequestContextStorage
    public let channel: any Channel

    public init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        channel = source.channel
    }
}
