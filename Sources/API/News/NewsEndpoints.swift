import Core
import Foundation
import Hummingbird
import Realtime
import Reception
import Sockets
import Storage
import Wire

/// News: one socket, or the same by long poll for networks that break sockets and for scripts.
extension House {
    var newsEndpoints: [Endpoint] {
        let both: Set<Who> = [.visitor, .agent]
        return [
            Endpoint(.get, "/socket", both, "News by WebSocket", socket)
                .details("A bearer token may go as subprotocol: `moro, token.TOKEN`.")
                .query("after", .whole, "The highest seq seen")
                .query("site", .text, "A visitor's site, where no header can be sent")
                .answers(.switchingProtocols, with: nil)
                .refuses(.malformed),
            Endpoint(.get, "/events", both, "News by long poll", poll)
                .details("`reset`: too much was missed; load everything again and go on from `seq`.")
                .query("after", .whole, "The highest seq seen")
                .query("wait", .whole, "Seconds to wait for news, at most 25")
                .answers(with: ["events": .list(.event), "signals": .list(.signal), "seq": .whole, "reset?": .flag]),
            Endpoint(.post, "/signals", both, "A signal, for who listens by long poll", signal)
                .refuses(.notFound),
        ]
    }

    private func socket(_ call: Call) async throws -> Response {
        let after = try call.number("after", default: 0, in: 0...Int64.max)
        let listener = try listener(for: call, after: after)
        let subprotocol = call.request.subprotocols.contains("moro") ? "moro" : nil
        return try await sockets.upgrade(call.request, context: call.context, subprotocol: subprotocol, owner: listener)
    }

    private func listener(for call: Call, after: Int64) throws -> Listener {
        switch call.caller {
        case .agent(let agent, let session):
            Listener(hub, .agent(agent), after: after, host: AgentHost(house: self, agent: agent, session: session.id))
        case .visitor(let session, _): Listener(hub, hub.seat(of: session), after: after, host: visitors)
        case .nobody: throw Refusal.notSignedIn
        }
    }

    private func poll(_ call: Call) async throws -> Response {
        let after = try call.number("after", default: 0, in: 0...Int64.max)
        let wait = Int(try call.number("wait", default: 0, in: 0...25))
        guard wait > 0 else { return try await news(for: call, after: after, wait: 0) }
        var news = try await whileListening(to: call) { try await self.news(for: call, after: after, wait: wait) }
        // Who was signed out while they waited is told nothing more.
        _ = try await Doorman(house: self).admit(call.request, for: [.visitor, .agent])
        // Who watches a connection for its end has read past this request, and can't serve another on it.
        news.headers[.connection] = "close"
        return news
    }

    /// Whoever hangs up waits no longer, and an agent who does is not here any more.
    private func whileListening(to call: Call, _ wait: @escaping @Sendable () async throws -> Response) async throws -> Response {
        let waiting = Task { try await wait() }
        do {
            return try await call.request.body.consumeWithInboundCloseHandler { _ in
                try await withTaskCancellationHandler {
                    try await waiting.value
                } onCancel: {
                    waiting.cancel()
                }
            } onInboundClosed: {
                waiting.cancel()
            }
        } catch is CancellationError { return .noContent }
    }

    private func news(for call: Call, after: Int64, wait: Int) async throws -> Response {
        guard case .agent(let agent, _) = call.caller else { return try await news(for: .visitor(call.visitor), after: after, wait: wait) }
        hub.presence.connected(agent.id, of: agent.workspace)
        defer { hub.presence.disconnected(agent.id, of: agent.workspace) }
        return try await news(for: .agent(agent), after: after, wait: wait)
    }

    /// Put together from pieces that are JSON already.
    private func news(for seat: Seat, after: Int64, wait: Int) async throws -> Response {
        let (missed, signals) = try await hub.poll(seat, after: after, seconds: wait)
        var bytes = Array(#"{"events":["#.utf8)
        bytes += missed.events.joined(separator: Array(",".utf8))
        bytes += Array(#"],"signals":["#.utf8)
        bytes += signals.joined(separator: Array(",".utf8))
        bytes += Array(#"],"seq":\#(missed.seq)\#(missed.isReset ? #","reset":true"# : "")}"#.utf8)
        return Response(
            status: .ok, headers: [.contentType: "application/json; charset=utf-8", .cacheControl: "no-store"],
            body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    private struct SignalBody: Body {
        enum Kind: String, Decodable, CaseIterable { case typing }
        static let fields: Fields = ["type": .choice(of: Kind.self), "conversation": .text, "text?": .text, "stopped?": .flag]
        let type: Kind
        let conversation: Conversation.ID
        let text: String?
        let stopped: Bool?
    }

    private func signal(_ call: Call, _ body: SignalBody) async throws -> Response {
        guard let route = try await desk.typingRoute(in: body.conversation, of: call.inboundCaller.author, in: call.workspace) else {
            throw Refusal.notFound("conversation")
        }
        route.tell(body.text, body.stopped ?? false)
        return .noContent
    }
}
