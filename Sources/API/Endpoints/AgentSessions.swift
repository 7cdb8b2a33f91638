import Core
import Hummingbird
import Storage
import Wire

/// Signing in and out.
extension House {
    var agentSessionEndpoints: [Endpoint] {
        [
            Endpoint(.post, "/agent-sessions", [.anyone], "Sign in, by email and password or by a one-time link", signIn)
                .details("Sets the agent's cookie. `needsPassword`: came by a link and has yet to choose a password.")
                .answers(with: ["agent": .agent, "token": .text, "needsPassword": .flag])
                .refuses(.wrongCredentials, .tooManyAttempts, .linkUsed, .linkExpired, .notFound),
            Endpoint(.get, "/agent-sessions", [.agent], "Devices that are signed in", devices)
                .answers(with: [
                    "sessions": .list(
                        .object(["id": .text, "device": .device, "startedAt": .time, "seenAt": .time, "current": .flag]))
                ]),
            Endpoint(.delete, "/agent-sessions/current", [.agent], "Sign out here", signOut),
            Endpoint(.delete, "/agent-sessions/:id", [.agent], "Sign out one device", signOutDevice),
            Endpoint(.delete, "/agent-sessions", [.agent], "Sign out everywhere", signOutEverywhere),
        ]
    }

    private struct SignInBody: Body {
        static let fields: Fields = ["email?": .text, "password?": .text, "link?": .text]
        let email, password, link: String?
    }

    private struct SignedInShape: Encodable {
        let agent: AgentShape
        let token: String
        /// The agent came by a link and has yet to choose a password.
        let needsPassword: Bool
    }

    private func signIn(_ call: Call, _ body: SignInBody) async throws -> Response {
        try limits.take(.signIns, call.address, perMinute: configuration.signInsPerAddress)
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
        try await closeSignedOut(call.agent)
        return signedOut()
    }

    private func signOutDevice(_ call: Call) async throws -> Response {
        let id: AgentSession.ID = try call.id()
        guard try await agentDoor.sessions(of: call.agent).contains(where: { $0.id == id }) else { throw Refusal.notFound("session") }
        try await agentDoor.signOut(id, of: call.agent)
        try await closeSignedOut(call.agent)
        return .noContent
    }

    private func signOutEverywhere(_ call: Call) async throws -> Response {
        try await agentDoor.signOutEverywhere(call.agent)
        try await closeSignedOut(call.agent)
        return signedOut()
    }

    private func signedOut() -> Response {
        var response = Response.noContent
        response.setAgentCookie(nil, secure: configuration.isSecure)
        return response
    }
}
