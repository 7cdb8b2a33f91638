import Core
import TestSupport
import Testing

/// Who takes what, and for which team.
@Suite("Assignment", .timeLimit(.minutes(4)))
struct AssignmentTests {
    @Test("who was slower is told which colleague has the conversation")
    func holder() async throws {
        try await Shop.open { shop in
            let path = "/conversations/\(try await shop.conversation())/assignment"
            let taken = try await shop.ask("PUT", path, try await shop.agent(), ["agent": "juhani", "ifUnassigned": true])
            #expect(taken.status == 200)
            for body: Value in [
                ["agent": "tuula", "ifUnassigned": true], ["agent": "tuula", "ifUnassigned": true, "team": "palvelu"],
            ] {
                let late = try await shop.ask("PUT", path, try await shop.agent(Loylymaki.tuula), body)
                #expect(late.status == 409 && late.json.code == "already_taken")
                #expect(late.json.agent == ["id": "juhani", "name": "Juhani"])
                #expect(late.json.title == "Juhani was quicker")
            }
        }
    }

    @Test("who takes a conversation for a team has both, and who takes without one leaves the team as it is")
    func ownTeam() async throws {
        try await Shop.open { shop in
            let (juhani, tuula) = (try await shop.agent(), try await shop.agent(Loylymaki.tuula))
            let path = "/conversations/\(try await shop.conversation())/assignment"
            let own = try await shop.ask("PUT", path, juhani, ["agent": "juhani", "team": "palvelu", "ifUnassigned": true])
            #expect(own.status == 200)
            #expect(own.json.conversation.agent.id == "juhani" && own.json.conversation.team.id == "palvelu", "\(own.text)")
            let other = try await shop.ask("PUT", path, tuula, ["agent": "tuula"])
            #expect(other.json.conversation.agent.id == "tuula" && other.json.conversation.team.id == "palvelu")
            let none = try await shop.ask("PUT", path, tuula, ["agent": "tuula", "team": nil])
            #expect(none.json.conversation.agent.id == "tuula" && !none.json.conversation.team.isThere)
        }
    }
}
