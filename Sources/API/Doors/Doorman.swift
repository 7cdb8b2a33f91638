import Core
import HTTPTypes
import Hummingbird
import NIOCore
import Reception
import Storage

/// Who is asking.
enum Caller: Sendable {
    case nobody
    case visitor(VisitorSession, token: String)
    case agent(Agent, AgentSession)
}

/// For whom an endpoint is. The matrix test asks every endpoint as everyone.
public enum Who: String, Sendable, CaseIterable { case anyone, visitor, agent, admin }

/// Looks at a request's papers.
struct Doorman: Sendable {
    let house: House

    /// - Throws: `notSignedIn`, `forbidden` or `foreignOrigin` when this request may not pass.
    func admit(_ request: Request, for who: Set<Who>) async throws -> Caller {
        if who.contains(.anyone) {
            if request.method != .get { try requireOwnOrigin(request) }
            return .nobody
        }
        if let site = request.siteKey {
            let caller = try await visitor(request, site: site)
            guard who.contains(.visitor) else { throw Refusal.forbidden("This is for agents. Leave out Moro-Site.") }
            return caller
        }
        guard who.contains(.agent) || who.contains(.admin) else {
            throw Refusal.forbidden("This is for visitors. Name your site in the header Moro-Site.")
        }
        let (agent, session) = try await agent(request)
        if !who.contains(.agent), !agent.mayAdminister { throw Refusal.forbidden("Only owners and admins may do this.") }
        return .agent(agent, session)
    }

    private func visitor(_ request: Request, site: String) async throws -> Caller {
        guard let token = try token(request, cookie: "moro_visitor_\(site)") else { throw Refusal.notSignedIn }
        let session = try await house.visitorDoor.find(token: token, site: site, writes: request.method != .get)
        return .visitor(session, token: token)
    }

    private func agent(_ request: Request) async throws -> (Agent, AgentSession) {
        guard let token = try token(request, cookie: "moro_agent") else { throw Refusal.notSignedIn }
        return try await house.agentDoor.find(token: token)
    }

    /// A bearer token is its own proof; a cookie is sent by the browser whoever asks, so its commands must come from our own pages.
    private func token(_ request: Request, cookie: String) throws -> String? {
        if let token = request.bearerToken { return token }
        guard let token = request.cookies[cookie]?.value else { return nil }
        if request.method != .get || request.headers[.upgrade] != nil { try requireOwnOrigin(request) }
        return token
    }

    private func requireOwnOrigin(_ request: Request) throws {
        guard let origin = request.headers[.origin] else {
            let site = request.headers[.secFetchSite] ?? "none"
            if site == "same-origin" || site == "none" { return }
            throw Refusal.foreignOrigin(site)
        }
        guard isOwn(origin, request) else { throw Refusal.foreignOrigin(origin) }
    }

    /// Ours is the public address, or the host that this very request was sent to.
    func isOwn(_ origin: String, _ request: Request) -> Bool {
        if origin == house.configuration.baseURL { return true }
        guard let host = request.head.authority, let place = origin.range(of: "://") else { return false }
        return origin[place.upperBound...] == host
    }
}

extension Request {
    var siteKey: String? { headers[.moroSite] ?? uri.queryParameters["site"].map(String.init) }

    var bearerToken: String? {
        if let header = headers[.authorization], header.hasPrefix("Bearer ") { return String(header.dropFirst(7)) }
        return subprotocols.first { $0.hasPrefix("token.") }.map { String($0.dropFirst(6)) }
    }

    /// What a browser's WebSocket offers: the only header it lets a page set.
    var subprotocols: [String] {
        (headers[.secWebSocketProtocol] ?? "").split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
    }
}

extension HTTPField.Name {
    static let moroSite = Self("Moro-Site")!
    static let moroFilename = Self("Moro-Filename")!
    static let secFetchSite = Self("Sec-Fetch-Site")!
    static let forwardedFor = Self("X-Forwarded-For")!
}
