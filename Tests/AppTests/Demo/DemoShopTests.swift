import App
import Core
import Foundation
import Storage
import TestSupport
import Testing

@Suite("The demo shop")
struct DemoShopTests {
    @Test("Opening it again changes nothing")
    func idempotent() async throws {
        let place = try Place.underTest()
        #expect(try await DemoShop(settings: place.settings).open())
        let first = try await contents(of: place)
        #expect(try await !DemoShop(settings: place.settings).open())
        #expect(try await contents(of: place) == first)
    }

    @Test("What an agent has changed stays changed")
    func keepsChanges() async throws {
        let place = try Place.underTest()
        try await DemoShop(settings: place.settings).open()
        try await change(place) { tx, maija in
            var maija = maija
            (maija.name, maija.picture) = ("Maikki", "/pictures/own")
            try tx.save(maija)
        }
        try await DemoShop(settings: place.settings).open()
        #expect(
            try await place.texts("SELECT name || ' ' || picture AS answer FROM agents WHERE email = 'maija@loylymaki.example'") == [
                #"text("Maikki /pictures/own")"#
            ])
    }

    @Test("Everything has happened before the present moment, in the order of the log")
    func times() async throws {
        let place = try Place.underTest()
        let clock = Clock()
        try await DemoShop(settings: place.settings, world: .fixed(clock)).open()
        let late = try await place.texts("SELECT COUNT(*) AS answer FROM events WHERE at > \(clock.now)")
        #expect(late == ["integer(0)"])
        let disorder = try await place.texts(
            "SELECT COUNT(*) AS answer FROM events a JOIN events b ON b.seq = a.seq + 1 AND b.workspace = a.workspace WHERE b.at < a.at")
        #expect(disorder == ["integer(0)"])
    }

    @Test("There is work of every kind, in three languages")
    func variety() async throws {
        let place = try Place.underTest()
        try await DemoShop(settings: place.settings).open()
        let states = try await place.texts("SELECT DISTINCT state AS answer FROM conversations ORDER BY state")
        #expect(states == ["closed", "open", "snoozed", "waiting"].map { "text(\"\($0)\")" })
        #expect(try await place.texts("SELECT DISTINCT language AS answer FROM conversations").count == 3)
        #expect(try await place.texts("SELECT id AS answer FROM messages WHERE kind = 'note'").count > 3)
        #expect(try await place.texts("SELECT id AS answer FROM conversations WHERE rating IS NOT NULL").count > 3)
        #expect(try await place.texts("SELECT tag AS answer FROM conversation_tags").count > 5)
    }

    @Test("The people have faces that are there")
    func portraits() {
        let web = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../../../Web")
        for name in ["tuula", "maija", "juhani", "aino"] {
            #expect(FileManager.default.fileExists(atPath: web.appendingPathComponent("demo/portraits/\(name).svg").path))
        }
    }

    private func contents(of place: Place) async throws -> [String] {
        try await place.texts(
            """
            SELECT id AS answer FROM messages UNION ALL SELECT id FROM agents UNION ALL SELECT id FROM canned_replies
            UNION ALL SELECT id FROM contacts UNION ALL SELECT id || seq FROM workspaces ORDER BY 1
            """)
    }

    private func change(_ place: Place, _ body: @escaping @Sendable (Transaction, Agent) throws -> Void) async throws {
        let premises = try Premises.open(place.settings)
        defer { try? premises.close() }
        try await premises.store.write { tx in
            guard let maija = try tx.agent(email: "maija@loylymaki.example") else { throw Refusal.notFound("agent") }
            try body(tx, maija)
        }
    }
}
