import Core
import TestSupport
import Testing

/// Every code of the manual is told when it should be, with the status that the manual gives it.
@Suite("The manual's codes", .timeLimit(.minutes(4)))
struct ContractTests {
    /// Told only when something here is broken or full.
    private static let ofFaults: Set = ["busy", "files_unavailable", "internal"]

    @Test("each code is told for what it stands for, and none is missing")
    func codes() async throws {
        try await Shop.open(messagesPerSession: 20) { shop in
            let told = try await codesOfDoors(shop) + codesOfConversations(shop) + codesOfUploads(shop) + codesOfPeople(shop)
            for (code, answer) in told {
                answer.expectProblem(code)
                #expect(answer.json.code == "\(code)" && answer.status == Contract.codes[code], "\(code): \(answer.text)")
            }
            #expect(Set(told.map(\.0)).union(Self.ofFaults) == Set(Contract.codes.keys))
        }
    }

    private typealias Told = [(String, Answer)]

    private func codesOfDoors(_ shop: Shop) async throws -> Told {
        let wrong: Value = ["email": "juhani@loylymaki.example", "password": "väärä salasana"]
        func signIn(_ body: Value) async throws -> Answer { try await shop.ask("POST", "/agent-sessions", .none, body) }
        let (used, late) = (
            try await shop.house.agentDoor.makeLink(for: Loylymaki.juhani),
            try await shop.house.agentDoor.makeLink(for: Loylymaki.juhani, seconds: -1)
        )
        _ = try await signIn(["link": "\(used)"])
        var told: Told = [
            ("not_signed_in", try await shop.ask("GET", "/me")), ("link_used", try await signIn(["link": "\(used)"])),
            ("link_expired", try await signIn(["link": "\(late)"])),
            ("malformed", try await shop.ask("POST", "/sessions", .none, bytes: [0])),
            ("unknown_site", try await shop.ask("POST", "/sessions", .none, ["site": "tuntematon"])),
            (
                "foreign_origin",
                try await shop.ask("POST", "/sessions", .none, ["site": "huolto"], headers: ["Origin": "https://evil.example"])
            ),
            ("wrong_credentials", try await signIn(wrong)),
        ]
        for _ in 1...4 { told.append(("too_many_attempts", try await signIn(wrong))) }
        return told.filter { $0.0 != "too_many_attempts" } + told.suffix(1)
    }

    private func codesOfConversations(_ shop: Shop) async throws -> Told {
        let (id, liisa, juhani) = (try await shop.conversation(), try await shop.visitor(), try await shop.agent())
        func say(_ text: String) async throws -> Answer {
            try await shop.ask("POST", "/conversations/\(id)/messages", liisa, ["clientId": "1", "text": "\(text)"])
        }
        let early = try await shop.ask("PUT", "/conversations/\(id)/rating", liisa, ["score": 3])
        let take: (String) -> Value = { ["agent": "\($0)", "ifUnassigned": true] }
        _ = try await shop.ask("PUT", "/conversations/\(id)/assignment", juhani, take("juhani"))
        let taken = try await shop.ask("PUT", "/conversations/\(id)/assignment", try await shop.agent(Loylymaki.tuula), take("tuula"))
        #expect(taken.json.title.asText.contains("Juhani"))
        var told: Told = [
            ("conflict", early), ("already_taken", taken), ("message_empty", try await say(" ")),
            ("message_too_long", try await say(String(repeating: "x", count: Message.longestText + 1))),
            ("invalid_field", try await shop.ask("PUT", "/conversations/\(id)/state", juhani, ["state": "snoozed"])),
            ("not_found", try await shop.ask("GET", "/conversations/\(id)", try await shop.visitor(Loylymaki.pekka))),
        ]
        for _ in 1...4 { told.append(("too_many_requests", try await say(" "))) }
        return told.filter { $0.0 != "too_many_requests" } + told.suffix(1)
    }

    private func codesOfUploads(_ shop: Shop) async throws -> Told {
        let liisa = try await shop.visitor()
        func upload(_ bytes: [UInt8]) async throws -> Answer { try await shop.ask("POST", "/uploads", liisa, bytes: bytes) }
        return [
            ("upload_empty", try await upload([])), ("upload_type_refused", try await upload(Array("MZ".utf8))),
            ("upload_too_large", try await upload([UInt8](repeating: 1, count: Attachment.largest + 1))),
        ]
    }

    private func codesOfPeople(_ shop: Shop) async throws -> Told {
        let claim: Value = ["id": "asiakas-7", "hash": "arvaus"]
        return [
            ("forbidden", try await shop.ask("POST", "/teams", try await shop.agent(), ["name": "Uusi"])),
            ("identity_not_proven", try await shop.ask("PUT", "/sessions/current/identity", try await shop.visitor(), claim)),
        ]
    }
}
