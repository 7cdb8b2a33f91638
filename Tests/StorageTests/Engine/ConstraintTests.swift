import Core
import Storage
import Testing
import TestSupport

@Suite("What the database itself refuses")
struct ConstraintTests {
    static let nonsense: [(String, SQL)] = [
        ("a state that isn't one", "UPDATE conversations SET state = 'asleep'"),
        ("a snooze without an end", "UPDATE conversations SET state = 'snoozed'"),
        ("an end without a snooze", "UPDATE conversations SET snoozed_until = 5"),
        ("read past delivered", "UPDATE conversations SET contact_read = 5"),
        ("a fourth score", "UPDATE conversations SET rating = 4"),
        ("an agent who isn't", "UPDATE conversations SET agent = 'nobody'"),
        ("a contact who isn't", "UPDATE conversations SET contact = 'nobody'"),
        ("a conversation without a site", "UPDATE conversations SET site = NULL"),
        ("two messages under one number", "UPDATE messages SET seq = 2"),
        ("one client id for two messages of one author", "UPDATE messages SET client_id = 'c1'"),
        ("a message of no kind", "UPDATE messages SET kind = 'shout'"),
        ("a message without text", "UPDATE messages SET text = NULL"),
        ("a message of no conversation", "UPDATE messages SET conversation = 'nowhere'"),
        ("a half-internal message", "UPDATE messages SET internal = 2"),
        ("the same number twice in the log", "UPDATE events SET seq = 1"),
        ("a log of nobody", "UPDATE events SET workspace = 'nobody'"),
        ("a number that runs backwards", "UPDATE workspaces SET seq = -1"),
        ("an address in capitals", "UPDATE agents SET email = 'Maija@loylymaki.example' WHERE id = 'maija'"),
        ("one address for two agents", "UPDATE agents SET email = 'maija@loylymaki.example'"),
        ("a role that isn't one", "UPDATE agents SET role = 'god'"),
        ("a presence that isn't one", "UPDATE agents SET presence = 'sauna'"),
        ("an agent without a name", "UPDATE agents SET name = ''"),
        ("one customer number for two customers", "UPDATE contacts SET external_id = 'A-1'"),
        ("two teams of one name", "UPDATE teams SET name = 'Verstas'"),
        ("one session token for two", "UPDATE visitor_sessions SET token_hash = 'x'"),
        ("an empty tag", "INSERT INTO conversation_tags (workspace, conversation, tag) VALUES ('loylymaki', 'kiuas', '')"),
        ("a message gone from under its file", "DELETE FROM messages WHERE id = (SELECT message FROM attachments)"),
        ("a conversation gone from under its messages", "DELETE FROM conversations"),
        ("an agent gone from under their sessions", "DELETE FROM agents WHERE id = 'maija'"),
    ]

    @Test("Nonsense is refused and changes nothing", arguments: nonsense.map(\.0))
    func refused(what: String) async throws {
        let store = try await furnished()
        let statement = try #require(Self.nonsense.first { $0.0 == what }?.1)
        await #expect(throws: (any Error).self) { try await store.run(statement) }
        #expect(try await store.read { try $0.conversation("kiuas", of: Loylymaki.workspace.id).state } == .waiting)
    }

    private func furnished() async throws -> Store {
        let store = try await Store.withShop()
        try await store.write { tx in
            var conversation = try tx.start(Loylymaki.conversation())
            let message = try tx.add(.reply("Moi"), by: .contact("liisa"), to: &conversation, clientID: "c1")
            try tx.add(.reply("Hei"), by: .contact("liisa"), to: &conversation, clientID: "c2")
            let file = Core.Attachment(id: "kuitti", name: "kuitti.pdf", type: "application/pdf", size: 1, digest: "d", token: "t")
            try tx.insert(file, by: .contact("liisa"), of: Loylymaki.workspace.id)
            try tx.run("UPDATE attachments SET message = \(message.id)")
            try tx.insert(
                AgentSession(
                    id: "istunto", workspace: Loylymaki.workspace.id, agent: "maija", device: Device(userAgent: ""), startedAt: tx.now,
                    seenAt: tx.now, expiresAt: tx.now.adding(seconds: 60)), tokenHash: "h")
        }
        return store
    }
}
