import Core
import Files
import Foundation
import NIOPosix
import Realtime
import Reception
import Storage
import TestSupport

/// The whole reception of the shop over a database in memory: time stands still, chance falls the same way every time.
final class House: Sendable {
    let clock: Clock
    let store: Store
    let hub: Hub
    let desk: FrontDesk
    let visitors: VisitorDoor
    let agents: AgentDoor
    let office: Office
    let uploads: Uploads
    let reactions: Reactions
    private let folder: TemporaryFolder

    /// - Parameters:
    ///   - database: one that is shared with other nodes; the first of them moves the shop in.
    ///   - files: where they are kept; in a folder of its own unless said otherwise.
    ///   - seed: of its chance, different on each node; the first has 1.
    init(_ database: ScratchDatabase? = nil, clock: Clock = Clock(), seed: UInt64 = 1, files: (any FileStore)? = nil) async throws {
        self.clock = clock
        let engine = if let database { try database.open() } else { try await ScratchDatabase.make().open() }
        store = try Store(engine, world: .fixed(clock, seed: seed))
        if seed == 1 { try await Loylymaki.move(into: store) }
        hub = try await Hub(store: store, eventLoopGroup: MultiThreadedEventLoopGroup.singleton, baseURL: "https://chat.loylymaki.example")
        desk = FrontDesk(store: store, hub: hub)
        visitors = VisitorDoor(store: store, hub: hub)
        agents = AgentDoor(store: store)
        office = Office(store: store)
        folder = try TemporaryFolder()
        let files = try files ?? DirectoryStore(folder.url)
        uploads = Uploads(store: store, files: files)
        reactions = Reactions(desk: desk, hub: hub, store: store, files: files)
    }

    // MARK: What people do

    @discardableResult
    func says(
        _ session: VisitorSession, _ text: String, id: String, in matter: Inbound.Matter = .site(page: nil, startsNew: false),
        attachments: [Core.Attachment.ID] = []
    ) async throws -> Receipt {
        try await does(session, .say(Words(clientID: id, text: text, attachments: attachments)), matter)
    }

    @discardableResult
    func does(_ session: VisitorSession, _ act: Inbound.Act, _ matter: Inbound.Matter) async throws -> Receipt {
        try await desk.receive(Inbound(.visitor(session), matter, act))
    }

    @discardableResult
    func does(_ agent: Agent, _ act: Inbound.Act, _ conversation: Conversation.ID) async throws -> Receipt {
        try await desk.receive(Inbound(.agent(agent), .conversation(conversation), act))
    }

    @discardableResult
    func answers(_ agent: Agent, _ text: String, id: String, in conversation: Conversation.ID) async throws -> Receipt {
        try await does(agent, .say(Words(clientID: id, text: text)), conversation)
    }

    /// Liisa has asked something: her conversation.
    func question(_ text: String = "Onko kiuas tullut?", id: String = "l1") async throws -> Conversation.ID {
        guard let view = try await says(Loylymaki.liisasPhone, text, id: id).conversation else { throw Refusal.notFound("conversation") }
        return view.conversation.id
    }

    // MARK: What is known

    func conversation(_ id: Conversation.ID) async throws -> Conversation {
        try await store.read { try $0.conversation(id, of: Loylymaki.workspace.id) }
    }

    func thread(_ id: Conversation.ID, withInternal: Bool = true) async throws -> [Message] {
        try await store.read { try $0.messages(of: id, before: .max, limit: 1_000, withInternal: withInternal) }
    }

    func head() async throws -> Int64 { try await store.read { try $0.head(of: Loylymaki.workspace.id) } }

    func events(after seq: Int64 = 0) async throws -> [Event] {
        try await store.read { try $0.events(after: seq, for: .agent(Loylymaki.workspace.id), limit: 1_000) }
    }

    /// The JSON objects that a reader who has seen everything up to a number would be sent.
    func news(for reader: Reader, after seq: Int64 = 0) async throws -> [[String: any Sendable]] {
        try await hub.missed(after: seq, by: reader).events.map { try json($0) }
    }
}

func json(_ bytes: [UInt8]) throws -> [String: any Sendable] {
    try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: any Sendable] ?? [:]
}

extension Message {
    /// A line as people see it: what was said, or what happened.
    var line: String {
        switch content {
        case .reply(let text): text
        case .note(let text, _): "note: \(text)"
        case .happening(let happening): String("\(happening)".prefix { $0 != "(" })
        }
    }
}
