import Core
import Foundation
import Logging
import NIOCore
import Sockets
import Storage

/// One connected reader: first told what they missed, then seated in their rooms; hears small signals from them.
///
/// Unchecked, because all that changes is touched on the socket's event loop only.
public final class Listener: SocketOwner, @unchecked Sendable {
    /// Where a typing signal of this listener goes, found once per conversation.
    public struct Route: Sendable {
        public let tell: @Sendable (_ text: String?, _ stopped: Bool) -> Void
        public init(tell: @escaping @Sendable (_ text: String?, _ stopped: Bool) -> Void) { self.tell = tell }
    }

    private struct Up: Decodable {
        let type: String
        let conversation: Conversation.ID?
        let text: String?
        let stopped: Bool?
    }

    /// Where this listener wrote last.
    private final class Known: Sendable {
        let conversation: Conversation.ID
        let route: Route

        init(_ conversation: Conversation.ID, _ route: Route) { (self.conversation, self.route) = (conversation, route) }
    }

    private let hub: Hub
    private let host: any Host
    private let seat: Seat
    private var seq: Int64
    private var known: Known?
    private var lastTyping = NIODeadline.uptimeNanoseconds(0)

    /// - Parameter seq: what the reader has seen.
    public init(_ hub: Hub, _ seat: Seat, after seq: Int64, host: any Host) {
        (self.hub, self.host, self.seat, self.seq) = (hub, host, seat, seq)
    }

    public func opened(_ socket: Socket) {
        host.opened(socket)
        socket.send(Frame(text: #"{"type":"hello","seq":\#(seq)}"#))
        catchUp(socket, after: seq)
    }

    public func closed(_ socket: Socket) { host.closed(socket) }

    public func received(_ text: String, from socket: Socket) {
        guard let up = try? JSONDecoder().decode(Up.self, from: Data(text.utf8)) else { return }
        switch (up.type, up.conversation) {
        case ("ping", _): socket.send(Frame(text: #"{"type":"pong"}"#))
        case ("typing", let conversation?): typing(in: conversation, up.text, up.stopped ?? false, socket)
        default: break
        }
    }

    /// Reads page by page; then joins, unless more has been told meanwhile.
    private func catchUp(_ socket: Socket, after seq: Int64) {
        Task {
            do {
                let missed = try await hub.missed(after: seq, by: seat.reader)
                if missed.isReset { socket.send(Frame(text: #"{"type":"reset","seq":\#(missed.seq)}"#)) }
                for event in missed.events { socket.send(Frame(json: event)) }
                socket.eventLoop.execute { [self] in
                    guard missed.isComplete, hub.join(socket, seat, caughtUpTo: missed.seq) else {
                        return catchUp(socket, after: missed.seq)
                    }
                    hub.greet(socket, seat)
                }
            } catch {
                Logger(label: "moro.realtime").warning("catching up failed", metadata: ["error": "\(error)"])
                socket.close(.goingAway, reason: "retry=1000")
            }
        }
    }

    /// At most about one a second is passed on; who has stopped is always passed on, and may begin again at once.
    private func typing(in conversation: Conversation.ID, _ text: String?, _ stopped: Bool, _ socket: Socket) {
        guard stopped || .now() - lastTyping >= .milliseconds(700) else { return }
        lastTyping = stopped ? .uptimeNanoseconds(0) : .now()
        if let known, known.conversation == conversation { return known.route.tell(text, stopped) }
        Task {
            guard let route = await host.route(to: conversation, of: seat.reader) else { return }
            socket.eventLoop.execute { self.known = Known(conversation, route) }
            route.tell(text, stopped)
        }
    }
}

/// What the house does for those who listen. Held by each of ten thousand visitors, so all of them share one.
public protocol Host: AnyObject, Sendable {
    /// On the socket's loop.
    func opened(_ socket: Socket)
    func closed(_ socket: Socket)
    /// Where typing in a conversation goes; nil if this reader may not write there.
    func route(to conversation: Conversation.ID, of reader: Reader) async -> Listener.Route?
}
