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
            Endpoint(.get, "/me", [.agent], me),
            Endpoint(.patch, "/me", [.agent], changeMe),
            Endpoint(.put, "/me/presence", [.agent], setPresence),
            Endpoint(.put, "/me/picture", [.agent], setPicture),
            Endpoint(.delete, "/me/picture", [.agent], removePicture),
        ]
    }

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
        static let fields: Set = ["name", "fullName", "language", "settings", "password"]
        static let inner: [String: Set<String>] = ["password": ["old", "new"]]
        let name, fullName: String?
        let language: Language?
        let settings: RawJSON?
        let password: Password?
    }

    private struct AgentBox: Encodable {
        let agent: AgentShape
        let settings: RawJSON
    }

    private func changeMe(_ call: Call) async throws -> Response {
        let body = try await call.body(ChangeBody.self)
        if let password = body.password {
            let agent = try call.agent
            try await agentDoor.setPassword(password.new, of: agent, knowing: password.old, keeping: call.agentSession.id)
            signedIn.close(agent: agent.id, except: try call.agentSession.id)
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
        static let fields: Set = ["presence"]
        let presence: Agent.Presence
    }

    private func setPresence(_ call: Call) async throws -> Response {
        let body = try await call.body(PresenceBody.self)
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

/// A JSON object that only the desk reads: kept and sent as it is.
struct RawJSON: Codable, Sendable {
    private enum Value: Codable, Sendable {
        case object([String: Value]), list([Value]), text(String), flag(Bool), number(Double), null

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if container.decodeNil() {
                self = .null
            } else if let flag = try? container.decode(Bool.self) {
                self = .flag(flag)
            } else if let number = try? container.decode(Double.self) {
                self = .number(number)
            } else if let text = try? container.decode(String.self) {
                self = .text(text)
            } else if let list = try? container.decode([Value].self) {
                self = .list(list)
            } else {
                self = .object(try container.decode([String: Value].self))
            }
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            switch self {
            case .object(let object): try container.encode(object)
            case .list(let list): try container.encode(list)
            case .text(let text): try container.encode(text)
            case .flag(let flag): try container.encode(flag)
            case .number(let number): try container.encode(number)
            case .null: try container.encodeNil()
            }
        }
    }

    private let object: [String: Value]

    init(_ text: String) { object = (try? JSONDecoder().decode([String: Value].self, from: Data(text.utf8))) ?? [:] }
    init(from decoder: any Decoder) throws { object = try [String: Value](from: decoder) }
    func encode(to encoder: any Encoder) throws { try object.encode(to: encoder) }

    var text: String { (try? JSONEncoder().encode(object)).map { String(decoding: $0, as: UTF8.self) } ?? "{}" }
}
