import Core
import Reception
import Storage
import Testing
import TestSupport
import Wire

private let shop = Loylymaki.workspace.id

/// The road that docs/a-message.md describes, walked.
@Suite("The road of a message")
struct RoadTests {
    let house: House
    let told = Notebook<Event>()

    init() async throws {
        house = try await House()
        house.store.tell { [told] in told.write($0) }
    }

    @Test("From what a visitor says to what a socket would be sent, under one number")
    func walk() async throws {
        // Said.
        let receipt = try await house.says(Loylymaki.liisasPhone, "Onko kiuas tullut?", id: "c1")
        let message = try #require(receipt.message?.message)

        // Stored: the row, under the number that the log gave.
        let row = try #require(try await house.store.read { try $0.row("SELECT * FROM messages WHERE id = \(message.id)") })
        #expect(try row.text("text") == "Onko kiuas tullut?")
        #expect(try row.text("author") == "contact:liisa")
        #expect(try row.integer("seq") == message.seq)
        #expect(try await house.head() == message.seq)

        // Told: the same number, once, after what began it.
        #expect(told.notes.map(\.seq) == [1, 2])
        guard case .messageAdded(let view) = told.notes[1].kind else { return #expect(Bool(false), "\(told.notes[1])") }
        #expect(view.message == message)

        // Sent: to the agent and to the customer.
        for audience in [Audience.agent, .contact] {
            let sent = try sent(told.notes[1], to: audience)
            #expect(sent["type"] as? String == "message.added")
            #expect(sent["seq"] as? Int == Int(message.seq))
            #expect(sent["conversation"] as? String == message.conversation.text)
            let body = try #require(sent["message"] as? [String: any Sendable])
            #expect(body["text"] as? String == "Onko kiuas tullut?")
            #expect(body["clientId"] as? String == "c1")
            #expect((body["author"] as? [String: any Sendable])?["name"] as? String == "Liisa Rantanen")
        }
    }

    @Test("What is told live and what is read later are the same, for agent and customer")
    func liveAndLater() async throws {
        try await wholeConversation()
        for (reader, audience) in [(Reader.agent(shop), Audience.agent), (.contact("liisa", shop), .contact)] {
            let live = try told.notes.filter { audience == .agent || ($0.contact == "liisa" && !$0.isInternal) }.map {
                try sent($0, to: audience)
            }
            let later = try await house.news(for: reader)
            #expect(live.map { $0["seq"] as? Int } == later.map { $0["seq"] as? Int })
            #expect(live.map { $0["type"] as? String } == later.map { $0["type"] as? String })
            #expect(live.map { text($0["message"]) } == later.map { text($0["message"]) })
        }
    }

    @Test("Notes, tags, ratings' comments, snoozes and who was asked never reach the customer")
    func secrets() async throws {
        try await wholeConversation()
        let agents = try await house.hub.missed(after: 0, by: .agent(shop)).events.map { String(decoding: $0, as: UTF8.self) }.joined()
        let customers = try await house.hub.missed(after: 0, by: .contact("liisa", shop)).events.map { String(decoding: $0, as: UTF8.self) }
            .joined()
        let live = try told.notes.filter { $0.contact == "liisa" && !$0.isInternal }
            .map { String(decoding: try wireJSON(shape($0, for: .contact)), as: UTF8.self) }.joined()
        let secrets = [
            "Hankala tapaus", "vaikea-asiakas", "Osaatko auttaa", "snoozed", "\"until\"", "\"woken\"", "\"assigned\"", "\"tags\"",
            "\"rated\"",
        ]
        for secret in secrets {
            #expect(agents.contains(secret), "\(secret)")
            #expect(!customers.contains(secret), "\(secret)")
            #expect(!live.contains(secret), "\(secret)")
        }
        for shown in ["Onko kiuas tullut?", "Katsotaan!", "Siirrän verstaalle", "transferred", "closed"] {
            #expect(customers.contains(shown), "\(shown)")
        }
    }

    @Test("Another customer and another company are sent nothing of it")
    func others() async throws {
        try await wholeConversation()
        #expect(try await house.news(for: .contact("pekka", shop)).isEmpty)
        #expect(try await house.news(for: .agent(Loylymaki.neighbour.id)).isEmpty)
        #expect(told.notes.map(\.seq) == Array(1...Int64(told.notes.count)))
    }

    private func wholeConversation() async throws {
        let id = try await house.question()
        try await house.does(Loylymaki.maija, .assign(to: "juhani", team: nil, word: "Osaatko auttaa?"), id)
        try await house.answers(Loylymaki.maija, "Katsotaan!", id: "m1", in: id)
        try await house.does(Loylymaki.maija, .note(Words(clientID: "m2", text: "Hankala tapaus"), mentions: ["tuula"]), id)
        try await house.does(Loylymaki.maija, .tag("vaikea-asiakas"), id)
        try await house.answers(Loylymaki.maija, "Siirrän verstaalle", id: "m3", in: id)
        try await house.does(Loylymaki.maija, .assign(to: "tuula", team: "verstas", word: nil), id)
        try await house.does(Loylymaki.tuula, .snooze(until: house.clock.now.adding(seconds: 60)), id)
        try await house.says(Loylymaki.liisasPhone, "Kiitos!", id: "l2")
        try await house.does(Loylymaki.tuula, .mark(delivered: nil, read: 99), id)
        try await house.does(Loylymaki.tuula, .close, id)
        try await house.does(Loylymaki.liisasPhone, .rate(score: 3, comment: "Hyvin meni"), .conversation(id))
    }

    private func sent(_ event: Event, to audience: Audience) throws -> [String: any Sendable] {
        try json(wireJSON(shape(event, for: audience)))
    }

    private func shape(_ event: Event, for audience: Audience) -> EventShape {
        EventShape(event, for: audience, baseURL: "https://chat.loylymaki.example", presence: { _ in .away })
    }

    private func text(_ message: (any Sendable)?) -> String? { (message as? [String: any Sendable])?["text"] as? String }
}
