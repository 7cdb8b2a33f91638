import API
import Core
import Files
import Foundation
import Reception
import Storage
import TestSupport
import Testing

/// A day at the shop: every endpoint is asked by everyone who may, and what happens by itself happens.
extension Shop {
    func playDay() async throws {
        for endpoint in house.endpoints {
            let visit = try #require(Visit.all[endpoint.name], "\(endpoint.name) has no line in the matrix")
            for asker in [Asker.liisa, .maija] where asker.refusal(at: endpoint, about: visit.about) == nil {
                let things = try await things(for: visit)
                let answer = try await ask(
                    endpoint.method.rawValue, visit.address(of: endpoint, things), asker.papers(self), bytes: visit.bytes?(things) ?? [],
                    headers: visit.headers)
                #expect(answer.isLetIn, "\(asker) at \(endpoint.name): \(answer.text.prefix(300))")
            }
        }
        try await leafThroughInbox()
        try await sendFile()
        try await comeBackAsSomebodyKnown()
        try await handOver()
        try await letItHappen()
        try await talkAllAtOnce()
    }

    private func leafThroughInbox() async throws {
        let juhani = try await agent()
        for view in InboxView.allCases {
            try await expectAnswer("GET", "/conversations?view=\(view)&limit=1", juhani)
            try await expectAnswer(
                "GET", "/conversations?view=\(view)&after=\(view == .closed ? "1795251600000-kiuas" : "1")&limit=1", juhani)
        }
        let conversation = try await conversation()
        for papers in [juhani, try await visitor()] {
            try await expectAnswer("GET", "/conversations/\(conversation)/messages?before=5&limit=2", papers)
            try await expectAnswer("GET", "/events?after=1&wait=0", papers)
        }
        try await expectAnswer("GET", "/search?q=kiuas+avain", juhani)
    }

    private func sendFile() async throws {
        let (liisa, conversation) = (try await visitor(), try await conversation())
        let sent = try await ask("POST", "/uploads", liisa, bytes: Array("kuitti".utf8), headers: ["Moro-Filename": "kuitti.txt"])
        let message: Value = ["clientId": "kuitti", "text": "Tässä", "attachments": [sent.json.attachment.id]]
        try await expectAnswer("POST", "/conversations/\(conversation)/messages", liisa, message)
        try await expectAnswer("GET", "/conversations/\(conversation)/messages", liisa)
        #expect(try await page(sent.json.attachment.url.asText).isLetIn)
    }

    /// What was said before moves to whom they have proven to be.
    private func comeBackAsSomebodyKnown() async throws {
        for contact in [Loylymaki.liisa, Loylymaki.pekka] {
            let proof = try Loylymaki.shop.proof(of: "asiakas-7")
            let proven: Value = ["id": "asiakas-7", "hash": "\(proof)"]
            try await expectAnswer("PUT", "/sessions/current/identity", try await visitor(contact), proven)
        }
    }

    private func handOver() async throws {
        let (juhani, conversation) = (try await agent(), try await conversation(of: Cast.sirkka))
        let steps: [(String, Value)] = [
            ("assignment", ["agent": "juhani", "ifUnassigned": true]),
            ("assignment", ["agent": "maija", "team": "palvelu", "note": "Auta!"]),
            ("state", ["state": "snoozed", "until": .whole(clock.now.milliseconds + 60_000)]), ("state", ["state": "closed"]),
            ("state", ["state": "open"]), ("state", ["state": "snoozed", "until": .whole(clock.now.milliseconds + 60_000)]),
        ]
        for (what, body) in steps { try await expectAnswer("PUT", "/conversations/\(conversation)/\(what)", juhani, body) }
    }

    /// Timers, the sweeping of uploads nobody sent, the word index, and what is measured.
    private func letItHappen() async throws {
        let folder = try TemporaryFolder()
        let reactions = try Reactions(desk: house.desk, hub: house.hub, store: house.store, files: DirectoryStore(folder.url))
        try await house.store.write { try $0.schedule(.sweepUploads, "loylymaki", at: $0.now, of: Loylymaki.workspace.id) }
        clock.advance(seconds: 200_000)
        try await reactions.index()
        try await reactions.takeJobs()
        #expect(try await page("/metrics").isLetIn)
    }

    /// Many writers share a commit.
    private func talkAllAtOnce() async throws {
        let (liisa, conversation) = (try await visitor(), try await conversation())
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<40 {
                group.addTask {
                    let words: Value = ["clientId": "\(number)", "text": "Moi taas"]
                    try await expectAnswer("POST", "/conversations/\(conversation)/messages", liisa, words)
                }
            }
            try await group.waitForAll()
        }
    }

    private func expectAnswer(_ method: String, _ path: String, _ papers: Papers, _ body: Value? = nil) async throws {
        let answer = try await ask(method, path, papers, body)
        #expect(answer.isLetIn, "\(method) \(path): \(answer.text.prefix(300))")
    }
}
