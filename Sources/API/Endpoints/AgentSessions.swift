import Core
import Hummingbird
import Storage
import Wire

/// Signing in and out.
extension House {
    var agentSessionEndpoints: [Endpoint] {
        [
            Endpoint(.post, "/agent-sessions", [.anyone], signIn),
            Endpoint(.get, "/agent-sessions", [.agent], devices),
            Endpoint(.delete, "/agent-sessions/current", [.agent], signOut),
            Endpoint(.delete, "/agent-sessions/:id", [.agent], signOutDevice),
            Endpoint(.delete, "/agent-sessions", [.agent], signOutEverywhere),
        ]
    }

    private struct SignInBody: Body {
        static let fields: Set = ["email", "password", "link"]
        let email, password, link: String?
    }

    private struct SignedInShape: Encodable {
        let agent: AgentShape
        let token: String
        /// The agent came by a link and has yet to choose a password.
        let needsPassword: Bool
    }

    private func signIn(_ call: Call) async throws -> Response {
        try Doorman(house: self).requireOwnOrigin(call.request)
        try limits.take(.signIns, call.address, perMinute: configuration.signInsPerAddress)
        let body = try await call.body(SignInBody.self)
        let device = Device(userAgent: call.request.headers[.userAgent] ?? "")
        let (agent, token) = try await signIn(body, device)
        let needsPassword = try await !agentDoor.hasPassword(agent)
        var response = Response.json(
            SignedInShape(agent: AgentShape(agent, presence: hub.presence.truth(of: agent)), token: token, needsPassword: needsPassword))
        response.setAgentCookie(token, secure: configuration.isSecure)
        return response
    }

    private func signIn(_ body: SignInBody, _ device: Device) async throws -> (agent: Agent, token: String) {
        if let link = body.link { return try await agentDoor.signIn(link: link, device: device) }
        guard let email = body.email, let password = body.password else {
            throw Refusal.invalid(field: body.email == nil ? "email" : "password", "Give email and password, or link.")
        }
        return try await agentDoor.signIn(email: email, password: password, device: device)
    }

    private struct DeviceShape: Encodable {
        let id: String
        let device: Device
        let startedAt, seenAt: Int64
        let current: Bool
    }

    private struct DevicesShape: Encodable { let sessions: [DeviceShape] }

    private func devices(_ call: Call) async throws -> Response {
        let current = try call.agentSession.id
        let sessions = try await agentDoor.sessions(of: call.agent)
        return .json(
            DevicesShape(
                sessions: sessions.map {
                    DeviceShape(
                        id: $0.id.text, device: $0.device, startedAt: $0.startedAt.milliseconds, seenAt: $0.seenAt.milliseconds,
                        current: $0.id == current)
                }))
    }

    private func signOut(_ call: Call) async throws -> Response {
        try await agentDoor.signOut(call.agentSession.id, of: call.agent)
        signedIn.close(try call.agentSession.id)
        return signedOut()
    }

    private func signOutDevice(_ call: Call) async throws -> Response {
        let id: AgentSession.ID = try call.id()
        guard try await agentDoor.sessions(of: call.agent).contains(where: { $0.id == id }) else { throw Refusal.notFound("session") }
        try await agentDoor.signOut(id, of: call.agent)
        signedIn.close(id)
        return .noContent
    }

    private func signOutEverywhere(_ call: Call) async throws -> Response {
        try await agentDoor.signOutEverywhere(call.agent)
        signedIn.close(agent: try call.agent.id)
        return signedOut()
    }

    private func signedOut() -> Response {
        var response = Response.noContent
        response.setAgentCookie(nil, secure: configuration.isSecure)
        return response
    }
}
