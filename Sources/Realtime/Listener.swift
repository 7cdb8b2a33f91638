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

    private let hub: Hub
    private let seat: Seat
    private var seq: Int64
    private let route: @Sendable (Conversation.ID) async -> Route?
    private let onOpen: @Sendable (Socket) -> Void
    private let onClose: @Sendable (Socket) -> Void
    private var known: (conversation: Conversation.ID, route: Route)?
    private var lastTyping = NIODeadline.uptimeNanoseconds(0)

    /// - Parameters:
    ///   - seq: what the reader has seen.
    ///   - route: says where typing in a conversation goes, nil if this reader may not write there.
    public init(
        _ hub: Hub, _ seat: Seat, after seq: Int64, route: @escaping @Sendable (Conversation.ID) async -> Route?,
        onOpen: @escaping @Sendable (Socket) -> Void = { _ in }, onClose: @escaping @Sendable (Socket) -> Void = { _ in }
    ) {
        self.hub = hub
        self.seat = seat
        self.seq = seq
        self.route = route
        self.onOpen = onOpen
        self.onClose = onClose
    }

    public func opened(_ socket: Socket) {
        onOpen(socket)
        socket.send(Frame(text: #"{"type":"hello","seq":\#(seq)}"#))
        catchUp(socket, after: seq)
    }

    public func closed(_ socket: Socket) { onClose(socket) }

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

    /// At most about one a second is passed on; who has stopped is always passed on.
    private func typing(in conversation: Conversation.ID, _ text: String?, _ stopped: Bool, _ socket: Socket) {
        guard stopped || .now() - lastTyping >= .milliseconds(700) else { return }
        lastTyping = .now()
        if let known, known.conversation == conversation { return known.route.tell(text, stopped) }
        Task {
            guard let route = await route(conversation) else { return }
            socket.eventLoop.execute { self.known = (conversation, route) }
            route.tell(text, stopped)
        }
    }
}
