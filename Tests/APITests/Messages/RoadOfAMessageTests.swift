import Core
import Storage
import TestSupport
import Testing

/// The road of a message, walked once from end to end: bytes of a request → decided → committed to the log → told → bytes of a frame.
@Suite("The road of a message", .timeLimit(.minutes(4)))
struct RoadOfAMessageTests {
    @Test("what Liisa writes is in the log before she is answered, under one number for everyone, and on Juhani's screen and hers")
    func road() async throws {
        try await Shop.open { shop in
            let (liisa, juhani) = (try await shop.visitor(), try await shop.agent())
            let ears = (liisa: try await shop.listen(liisa), juhani: try await shop.listen(juhani))

            let page: Value = ["url": "https://loylymaki.example/kiukaat", "title": "Kiukaat"]
            let answer = try await shop.ask("POST", "/conversations", liisa, ["clientId": "1", "text": "Riittääkö 6 kW?", "page": page])
            #expect(answer.status == 201)
            let message = answer.json.message

            let log = try await shop.house.store.read { try $0.events(after: 0, for: .agent(Loylymaki.workspace.id), limit: 10) }
            #expect(log.map(\.seq) == [1, 2])
            guard case .messageAdded(let kept)? = log.last?.kind else { throw Ear.Silence() }
            #expect(kept.message.seq == message.seq.asNumber && kept.message.id.text == message.id.asText)
            #expect(kept.message.text == "Riittääkö 6 kW?" && kept.message.author == .contact(Loylymaki.liisa.id))

            for ear in [ears.juhani, ears.liisa] {
                let started = try await ear.hear("conversation.started")
                #expect(started.seq == 1 && started.conversation.id == message.conversation)
                let added = try await ear.hear("message.added")
                #expect(added.seq == message.seq && added.conversation == message.conversation && added.message == message)
            }

            let reply = try await shop.ask(
                "POST", "/conversations/\(message.conversation.asText)/messages", juhani, ["clientId": "1", "text": "Riittää mainiosti!"])
            let joined = try await ears.liisa.hear("message.added")
            #expect(joined.message.event.kind == "joined" && joined.message.event.agent.name == "Juhani")
            #expect(try await ears.liisa.hear("message.added").message == reply.json.message)

            _ = try await shop.ask("PUT", "/conversations/\(message.conversation.asText)/marks", liisa, ["read": reply.json.message.seq])
            let marked = try await ears.juhani.hear("conversation.marked")
            #expect(marked.side == "contact" && marked.read == reply.json.message.seq && marked.delivered == reply.json.message.seq)
            let thread = try await shop.ask("GET", "/conversations/\(message.conversation.asText)/messages", liisa).json.messages.asList
            #expect(thread.map(\.text.asText) == ["Riittääkö 6 kW?", "", "Riittää mainiosti!"])
        }
    }
}
