import Core
import Reception
import Storage
import TestSupport
import Testing

/// A message sent again is the same message.
@Suite("Sent again", .timeLimit(.minutes(4)))
struct IdempotencyTests {
    @Test("said again, a message is not said twice: the same answer, and nothing in the log")
    func again() async throws {
        try await Shop.open { shop in
            for (papers, path) in [
                (try await shop.visitor(), "/conversations"),
                (try await shop.visitor(), "/conversations/\(try await shop.conversation())/messages"),
                (try await shop.agent(), "/conversations/\(try await shop.conversation())/messages"),
            ] {
                let body: Value = ["clientId": "\(path)", "text": "Onko kiuas varastossa?"]
                let first = try await shop.ask("POST", path, papers, body)
                let head = try await shop.head()
                let second = try await shop.ask("POST", path, papers, body)
                #expect((first.status, second.status) == (201, 200))
                #expect(first.json.message == second.json.message)
                #expect(try await shop.head() == head)
            }
        }
    }

    @Test("sent ten times at once, it is said once")
    func atOnce() async throws {
        try await Shop.open { shop in
            let liisa = try await shop.visitor()
            let ids = try await withThrowingTaskGroup(of: Answer.self) { group in
                for _ in 0..<10 { group.addTask { try await shop.ask("POST", "/conversations", liisa, ["clientId": "1", "text": "Moi"]) } }
                return try await group.reduce(into: [Value]()) { $0.append($1.json.message.id) }
            }
            #expect(ids.count == 10 && Set(ids.map(\.asText)).count == 1)
            let conversations = try await shop.ask("GET", "/conversations", liisa).json.conversations.asList
            #expect(conversations.count == 1)
        }
    }

    @Test("two tabs that begin at once meet in one conversation")
    func twoTabs() async throws {
        try await Shop.open { shop in
            let liisa = try await shop.visitor()
            async let one = shop.ask("POST", "/conversations", liisa, ["clientId": "1", "text": "Moi"])
            async let other = shop.ask("POST", "/conversations", liisa, ["clientId": "2", "text": "Hei", "new": true])
            let met = try await (one.json.message.conversation, other.json.message.conversation)
            #expect(met.0 == met.1 && met.0.isThere)
        }
    }

    @Test("a client id is its sender's own: the other side may use the same")
    func ownIDs() async throws {
        try await Shop.open { shop in
            let id = try await shop.conversation()
            for papers in [try await shop.visitor(), try await shop.agent(), try await shop.agent(Loylymaki.tuula)] {
                #expect(
                    try await shop.ask("POST", "/conversations/\(id)/messages", papers, ["clientId": "1", "text": "Moi"]).status == 201)
            }
        }
    }

    @Test("a retry that comes after the goodbye does not open the conversation again")
    func afterClosing() async throws {
        try await Shop.open { shop in
            let liisa = try await shop.visitor()
            let body: Value = ["clientId": "1", "text": "Moi"]
            let id = try await shop.ask("POST", "/conversations", liisa, body).json.conversation.id.asText
            _ = try await shop.ask("PUT", "/conversations/\(id)/state", liisa, ["state": "closed"])
            let again = try await shop.ask("POST", "/conversations", liisa, body)
            #expect(again.status == 200)
            #expect(again.json.conversation.state == "closed")
        }
    }

    @Test("two browsers that turn out to be one customer may have used the same client ids")
    func sameIDsOfOneCustomer() async throws {
        try await Shop.open { shop in
            let hash = try Loylymaki.shop.proof(of: "asiakas-7")
            for (contact, text) in [(Loylymaki.liisa, "Puhelimelta"), (Loylymaki.pekka, "Koneelta")] {
                let papers = try await shop.visitor(contact)
                #expect(try await shop.ask("POST", "/conversations", papers, ["clientId": "1", "text": "\(text)"]).status == 201)
                let proven = try await shop.ask("PUT", "/sessions/current/identity", papers, ["id": "asiakas-7", "hash": "\(hash)"])
                #expect(proven.status == 200, "\(proven.text)")
                let own = try await shop.ask("GET", "/conversations", papers).json.conversations.asList
                #expect(own.contains { $0.last.text == .string(text) })
            }
        }
    }
}
