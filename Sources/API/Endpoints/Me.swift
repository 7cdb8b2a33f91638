import Core
import Foundation
import Hummingbird
import Reception
import Storage
import Wire

/// The signed-in agent: everything the desk needs to start, presence, profile.
extension House {
    var meEndpoints: [Endpoint] {
        [
            Endpoint(.get, "/me", [.agent], "Everything the desk needs to start", me)
                .answers(with: [
                    "agent": .agent, "workspace": .object(["id": .text, "name": .text]), "agents": .list(.agent), "teams": .list(.team),
                    "sites": .list(.ownSite), "cannedReplies": .list(.cannedReply), "tags": .list(.text), "counts": .counts,
                    "settings": .map(.anything), "needsPassword": .flag, "seq": .whole, "release": .text,
                ]),
            Endpoint(.patch, "/me", [.agent], "Change oneself, or one's password", changeMe).answers(with: Self.myself),
            Endpoint(.put, "/me/presence", [.agent], "Be here, on a break, or away", setPresence).answers(with: Self.myself),
            Endpoint(.put, "/me/picture", [.agent], "Show a picture to customers", setPicture)
                .file("image/png", "image/jpeg", "image/webp", "image/gif", note: "The picture's bytes, at most 2 MB")
                .answers(with: Self.myself)
                .refuses(.uploadEmpty, .uploadTooLarge, .uploadTypeRefused, .invalidField, .filesUnavailable),
            Endpoint(.delete, "/me/picture", [.agent], "Show no picture", removePicture).answers(with: Self.myself),
        ]
    }

    private static let myself: Fields = ["agent": .agent, "settings": .map(.anything)]

    private struct MeShape: Encodable {
        struct WorkspaceShape: Encodable { let id, name: String }
        struct OwnSite: Encodable {
            let id: String
            let key, name: String
            let languages: [String]
            let peek: Bool
        }
        let agent: AgentShape
        let workspace: WorkspaceShape
        let agents: [AgentShape]
        let teams: [TeamShape]
        let sites: [OwnSite]
        let cannedReplies: [CannedReplyShape]
        let tags: [String]
        let counts: CountsShape
        let settings: RawJSON
        let needsPassword: Bool
        let seq: Int64
        let release: String
    }

    private func me(_ call: Call) async throws -> Response {
        let (agent, workspaceID) = (try call.agent, try call.agent.workspace)
        return try await store.read { tx in
            let workspace = try tx.workspace(workspaceID)
            return .json(
                MeShape(
                    agent: shape(agent), workspace: .init(id: workspace.id.text, name: workspace.name),
                    agents: try tx.agents(of: workspaceID).map(shape), teams: try tx.teams(of: workspaceID).map { TeamShape($0) },
                    sites: try tx.sites(of: workspaceID).map {
                        .init(id: $0.id.text, key: $0.key, name: $0.name, languages: $0.languages.map(\.rawValue), peek: $0.peek)
                    }, cannedReplies: try tx.cannedReplies(of: workspaceID).map(CannedReplyShape.init), tags: try tx.tags(of: workspaceID),
                    counts: CountsShape(try tx.inboxCounts(of: agent)), settings: RawJSON(agent.settings),
                    needsPassword: try tx.passwordHash(of: agent.id) == nil, seq: try tx.head(of: workspaceID), release: assets.release))
        }
    }

    func shape(_ agent: Agent) -> AgentShape { AgentShape(agent, presence: hub.presence.truth(of: agent)) }

    private struct ChangeBody: Body {
        struct Password: Decodable { let old: String?; let new: String }
        static let fields: Fields = [
            "name?": .text, "fullName?": .text, "language?": .language, "settings?": .map(.anything),
            "password?": .object(["old?": .text, "new": .text]),
        ]
        let name, fullName: String?
        let language: Language?
        let settings: RawJSON?
        let password: Password?
    }

    private struct AgentBox: Encodable {
        let agent: AgentShape
        let settings: RawJSON
    }

    private func changeMe(_ call: Call, _ body: ChangeBody) async throws -> Response {
        if let password = body.password {
            let agent = try call.agent
            try await agentDoor.setPassword(password.new, of: agent, knowing: password.old, keeping: call.agentSession.id)
            try await closeSignedOut(agent)
        }
        if let settings = body.settings, settings.text.utf8.count > 16_384 {
            throw Refusal.invalid(field: "settings", "Keep settings under 16 KB.")
        }
        return try await changed(call) { agent in
            agent.name = body.name ?? agent.name
            agent.fullName = body.fullName ?? agent.fullName
            agent.language = body.language ?? agent.language
            agent.settings = body.settings?.text ?? agent.settings
        }
    }

    private struct PresenceBody: Body {
        static let fields: Fields = ["presence": .presence]
        let presence: Agent.Presence
    }

    private func setPresence(_ call: Call, _ body: PresenceBody) async throws -> Response {
        return try await changed(call) { $0.presence = body.presence }
    }

    private func setPicture(_ call: Call) async throws -> Response {
        let bytes = try await call.file(upTo: 2 * 1024 * 1024)
        let agent = try call.agent
        let attachment = try await uploads.receive(bytes, name: "picture", by: .agent(agent.id), of: agent.workspace, pictureOnly: true)
        return try await changed(call) { $0.picture = "/pictures/\(attachment.token)" }
    }

    private func removePicture(_ call: Call) async throws -> Response { try await changed(call) { $0.picture = nil } }

    private func changed(_ call: Call, _ change: @escaping @Sendable (inout Agent) throws -> Void) async throws -> Response {
        let agent = try await office.change(call.agent.id, of: call.agent.workspace, change)
        return .json(AgentBox(agent: shape(agent), settings: RawJSON(agent.settings)))
    }
}

extension Schema {
    fileprivate static let ownSite = object(["id": .text, "key": .text, "name": .text, "languages": .list(.language), "peek": .flag])
}

/// A JSON object that only the desk reads: kept and sent as it is.
struct RawJSON: Codable, Sendable {
    private let object: [String: JSONValue]

    init(_ text: String) { object = (try? JSONDecoder().decode([String: JSONValue].self, from: Data(text.utf8))) ?? [:] }
    init(from decoder: any Decoder) throws { object = try [String: JSONValue](from: decoder) }
    func encode(to encoder: any Encoder) throws { try object.encode(to: encoder) }

    var text: String { (try? JSONEncoder().encode(object)).map { String(decoding: $0, as: UTF8.self) } ?? "{}" }
}
