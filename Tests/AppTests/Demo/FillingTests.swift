import App
import Core
import Foundation
import Storage
import TestSupport
import Testing

@Suite("Filling the demo shop")
struct FillingTests {
    @Test("The same seed and moment make the same conversations")
    func deterministic() async throws {
        let (one, other) = (try await filled(60, seed: 7), try await filled(60, seed: 7))
        #expect(try await said(in: one) == said(in: other))
    }

    @Test("Another seed makes other conversations")
    func seeded() async throws {
        let (one, other) = (try await filled(20, seed: 7), try await filled(20, seed: 8))
        #expect(try await said(in: one) != said(in: other))
    }

    @Test("The log has no hole, and every message stands in it once")
    func gapless() async throws {
        let place = try await filled(80)
        let holes = try await place.texts(
            "SELECT w.seq - COUNT(*) AS answer FROM workspaces w JOIN events e ON e.workspace = w.id GROUP BY w.id HAVING MAX(e.seq) = w.seq"
        )
        #expect(holes == ["integer(0)"])
        let strays = try await place.texts(
            """
            SELECT COUNT(*) AS answer FROM messages m LEFT JOIN events e ON e.workspace = m.workspace AND e.seq = m.seq
                AND e.kind = 'message.added' AND e.subject = m.id WHERE e.seq IS NULL
            """)
        #expect(strays == ["integer(0)"])
    }

    @Test("What is counted as unread is unread, and the newest line is the newest")
    func consistent() async throws {
        let place = try await filled(120)
        let premises = try Premises.open(place.settings)
        defer { try? premises.close() }
        try await premises.store.read { tx in
            for row in try tx.rows("SELECT id, workspace FROM conversations") {
                let conversation = try tx.conversation(row.id("id"), of: row.id("workspace"))
                #expect(try tx.unread(in: conversation, by: .agent) == conversation.unreadByAgent)
                #expect(try tx.unread(in: conversation, by: .contact) == conversation.unreadByContact)
                let thread = try tx.messages(of: conversation.id, before: .max, limit: 100, withInternal: true)
                #expect(thread.last?.seq == conversation.lastSeq)
                let newest = thread.last { if case .reply = $0.content { true } else { false } }
                #expect(newest?.text.prefix(200) == conversation.last?.text[...])
                #expect(thread.map(\.at) == thread.map(\.at).sorted())
            }
        }
    }

    @Test("Nothing lies in the future, and what is asleep will be woken")
    func times() async throws {
        let place = try await filled(400, seed: 3)
        #expect(try await place.texts("SELECT COUNT(*) AS answer FROM events WHERE at > \(Loylymaki.opened)") == ["integer(0)"])
        let asleep = try await place.texts(
            "SELECT c.id AS answer FROM conversations c LEFT JOIN jobs j ON j.subject = c.id AND j.kind = 'wake' WHERE c.state = 'snoozed' AND j.id IS NULL"
        )
        #expect(asleep.isEmpty)
    }

    @Test("What was said can be searched at once")
    func searchable() async throws {
        let place = try await filled(100)
        let premises = try Premises.open(place.settings)
        defer { try? premises.close() }
        let found = try await premises.store.read { tx in
            let workspace = try tx.site(key: DemoShop.siteKey).workspace
            #expect(try tx.indexedSeq(of: workspace) == tx.head(of: workspace))
            return try tx.searchMessages("leppoisia löylyjä", of: workspace, limit: 5)
        }
        #expect(!found.isEmpty)
    }

    @Test("A second filling adds to the first")
    func again() async throws {
        let place = try await filled(30)
        let later = Clock(milliseconds: Loylymaki.opened.milliseconds + 60_000)
        _ = try await Filling(settings: place.settings, conversations: 30, seed: 1, world: .fixed(later)).run()
        #expect(try await place.texts("SELECT COUNT(*) AS answer FROM visitor_sessions WHERE token_hash LIKE 'fill:%'") != ["integer(0)"])
    }

    private func filled(_ conversations: Int, seed: UInt64 = 1) async throws -> Place {
        let place = try Place.underTest()
        let world = World.fixed(Clock())
        try await DemoShop(settings: place.settings, world: world).open()
        let count = try await Filling(settings: place.settings, conversations: conversations, seed: seed, world: .fixed(Clock())).run()
        #expect(count.conversations == conversations)
        return place
    }

    private func said(in place: Place) async throws -> [String] {
        try await place.texts(
            """
            SELECT m.at || m.text || COALESCE(co.name, '') AS answer FROM messages m JOIN conversations c ON c.id = m.conversation
                JOIN contacts co ON co.id = c.contact ORDER BY m.seq
            """)
    }
}
