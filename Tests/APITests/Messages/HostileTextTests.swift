import Core
import Foundation
import Storage
import TestSupport
import Testing

/// Whatever is written comes back byte for byte, to everyone who may read it, and as nothing but text.
@Suite("Hostile texts", .timeLimit(.minutes(4)))
struct HostileTextTests {
    @Test("said by a visitor, it comes back exactly to both sides, over HTTP and socket", arguments: HostileTexts.all.map(\.name))
    func messages(_ name: String) async throws {
        let text = HostileTexts[name]
        try await Shop.open { shop in
            let (liisa, juhani, id) = (try await shop.visitor(), try await shop.agent(), try await shop.conversation())
            let ear = try await Ear.open(port: shop.port, "/api/v1/socket?after=\(try await shop.head())", juhani.headers)
            _ = try await ear.hear("hello")
            let said = try await shop.ask("POST", "/conversations/\(id)/messages", liisa, ["clientId": "1", "text": "\(text)"])
            #expect(said.status == 201)
            expect(said.json.message.text, text)
            expect(try await ear.hear("message.added").message.text, text)
            for papers in [liisa, juhani] {
                let page = try await shop.ask("GET", "/conversations/\(id)/messages", papers)
                #expect(page["Content-Type"] == "application/json; charset=utf-8")
                expect(page.json.messages[1].text, text)
                let shown = try await shop.ask("GET", "/conversations/\(id)", papers).json.conversation.last.text
                #expect(!shown.asText.isEmpty && text.utf8.starts(with: shown.asText.utf8) && shown.asText.utf8.count <= 1_600)
            }
            try await ear.leave()
        }
    }

    @Test("said by an agent as reply, note and word to a colleague, it comes back exactly", arguments: HostileTexts.all.map(\.name))
    func agentsWords(_ name: String) async throws {
        let text = HostileTexts[name]
        try await Shop.open { shop in
            let (juhani, id) = (try await shop.agent(), try await shop.conversation())
            for kind in ["reply", "note"] {
                let body: Value = ["clientId": "\(kind)", "text": "\(text)", "kind": "\(kind)"]
                expect(try await shop.ask("POST", "/conversations/\(id)/messages", juhani, body).json.message.text, text)
            }
            _ = try await shop.ask("PUT", "/conversations/\(id)/assignment", juhani, ["agent": "tuula", "note": "\(text)"])
            let texts = try await shop.ask("GET", "/conversations/\(id)/messages", juhani).json.messages.asList.map(\.text.asText)
            #expect(texts.filter { Array($0.utf8) == Array(text.utf8) }.count == 3)
        }
    }

    @Test(
        "in names, comments, tags, canned replies and page titles it comes back as far as it fits", arguments: HostileTexts.all.map(\.name))
    func elsewhere(_ name: String) async throws {
        // Forms trim the edges of what they are given.
        let text = HostileTexts[name].trimmingCharacters(in: .whitespacesAndNewlines)
        try await Shop.open { shop in
            let (liisa, juhani, id) = (try await shop.visitor(), try await shop.agent(), try await shop.conversation())
            func expect(_ answer: Answer, _ told: Value) {
                if answer.status == 422 {
                    return #expect(
                        text.count > 30 || text.utf8.count > 200 || text.contains { $0.isWhitespace || $0 == "/" }, "\(answer.text)")
                }
                #expect(answer.isLetIn, "\(answer.text)")
                self.expect(told, text)
            }
            let named = try await shop.ask(
                "PUT", "/sessions/current/identity", liisa, ["name": "\(text)", "attributes": ["syy": "\(text)"]])
            expect(named, named.json.contact.name)
            if named.isLetIn { expect(named, named.json.contact.attributes.syy) }
            let renamed = try await shop.ask("PATCH", "/contacts/liisa", juhani, ["name": "\(text)"])
            expect(renamed, renamed.json.contact.name)
            let me = try await shop.ask("PATCH", "/me", juhani, ["fullName": "\(text)", "settings": ["x": "\(text.prefix(200))"]])
            expect(me, me.json.agent.fullName)
            let canned = try await shop.ask("POST", "/canned-replies", juhani, ["shortcut": "x", "title": "X", "texts": ["fi": "\(text)"]])
            expect(canned, canned.json.cannedReply.texts.fi)
            let moved = try await shop.ask(
                "PATCH", "/sessions/current", liisa, ["page": ["url": "https://loylymaki.example/", "title": "\(text)"]])
            #expect(moved.status == 204)
            let title = try await shop.ask("GET", "/contacts/liisa", juhani).json.contact.sessions.asList.compactMap {
                $0.page.title.asText
            }.first { !$0.isEmpty }
            #expect(title.map { text.utf8.starts(with: $0.utf8) && $0.count <= 300 && $0.utf8.count <= 2_400 } == true)
            _ = try await shop.ask("PUT", "/conversations/\(id)/state", liisa, ["state": "closed"])
            let rated = try await shop.ask("PUT", "/conversations/\(id)/rating", liisa, ["score": 1, "comment": "\(text)"])
            if text.utf8.count <= 8_192 { expect(rated, rated.json.conversation.rating.comment) } else { #expect(rated.status == 422) }
        }
    }

    @Test("NUL is left out, wherever it stands; the rest stays")
    func nul() async throws {
        try await Shop.open { shop in
            let (liisa, id) = (try await shop.visitor(), try await shop.conversation())
            let said = try await shop.ask(
                "POST", "/conversations/\(id)/messages", liisa, ["clientId": "1", "text": "\u{0}ki\u{0}\u{0}uas\u{301}\u{0}"])
            expect(said.json.message.text, "kiuas\u{301}")
            let named = try await shop.ask("PUT", "/sessions/current/identity", liisa, ["name": "Lii\u{0}sa"])
            #expect(named.status == 422 && named.json.field == "name")
        }
    }

    @Test("a pair of surrogates is its letter; half a pair is refused, and nothing of it is stored")
    func surrogates() async throws {
        try await Shop.open { shop in
            let (liisa, id) = (try await shop.visitor(), try await shop.conversation())
            func say(_ text: String, as clientID: String) async throws -> Answer {
                try await shop.ask(
                    "POST", "/conversations/\(id)/messages", liisa, bytes: Array(#"{"clientId":"\#(clientID)","text":"\#(text)"}"#.utf8))
            }
            expect(try await say(#"\ud83d\udd25"#, as: "pair").json.message.text, "🔥")
            let before = try await shop.head()
            for half in [#"\ud83d"#, #"\udd25"#, #"\ud83dkiuas"#, #"\udd25\ud83d"#, #"\ud83d\n"#] {
                try await say(half, as: "half").expectProblem(half)
            }
            #expect(try await shop.head() == before)
        }
    }

    @Test("tags are small and plain, whatever is in them")
    func tags() async throws {
        try await Shop.open { shop in
            let (juhani, id) = (try await shop.agent(), try await shop.conversation())
            for (address, tag) in [
                ("%3Cb%3Ekiuas%3C%2Fb%3E", "<b>kiuas</b>"), ("100%25", "100%"), ("%2541", "%41"), ("VIP%20%20asiakas", "vip asiakas"),
                ("%F0%9F%94%A5", "🔥"), ("a+b", "a+b"), ("%E4%B8%AD", "中"),
            ] {
                let answer = try await shop.ask("PUT", "/conversations/\(id)/tags/\(address)", juhani)
                #expect(answer.json.conversation.tags.asList.contains(.string(tag)), "\(address): \(answer.text)")
                let untagged = try await shop.ask("DELETE", "/conversations/\(id)/tags/\(address)", juhani)
                #expect(!untagged.json.conversation.tags.asList.contains(.string(tag)), "\(address): \(untagged.text)")
            }
            for address in ["%20", "%00", "a%00b", String(repeating: "x", count: 51)] {
                try await shop.ask("PUT", "/conversations/\(id)/tags/\(address)", juhani).expectProblem(address)
            }
        }
    }

    @Test("a search shows it as plain pieces that add up to the text, with the hits among them")
    func snippets() async throws {
        try await Shop.open { shop in
            let juhani = try await shop.agent()
            let text = "<b>Kiuas</b> & \"kivet\" <script>alert('kiuas')</script> \u{202E}löyly"
            _ = try await shop.conversation(saying: text)
            _ = try await shop.house.store.write { try $0.indexWords(of: Loylymaki.workspace.id, batch: 500) }
            let found = try await shop.ask("GET", "/search?q=kiuas%20script", juhani).json.messages[0]
            #expect(found.snippet.asList.map(\.text.asText).joined() == text)
            #expect(
                found.snippet.asList.filter { $0.hit == true }.map { $0.text.asText.lowercased() } == [
                    "kiuas", "script", "kiuas", "script",
                ])
        }
    }

    @Test("however long and odd the texts, a search shows a glimpse of each")
    func glimpses() async throws {
        try await Shop.open { shop in
            for (_, text) in HostileTexts.all {
                _ = try await shop.conversation(saying: "Kiuas sihisee \(text.prefix(30_000).beginning(4_000))")
            }
            while try await shop.house.store.write({ try $0.indexWords(of: Loylymaki.workspace.id, batch: 500) }) {}
            let found = try await shop.ask("GET", "/search?q=KIUAS%20sihisee&limit=50", try await shop.agent()).json.messages.asList
            #expect(found.count == HostileTexts.all.count)
            for message in found {
                #expect(message.snippet.asList.filter { $0.hit == true }.map(\.text.asText).prefix(2) == ["Kiuas", "sihisee"])
                #expect(message.snippet.asList.map(\.text.asText.utf8.count).reduce(0, +) < 4_096)
            }
        }
    }

    @Test(
        "a search for anything is a search, and finds nothing foreign",
        arguments: [
            "%3Cscript%3E", "%22", "%22kiuas", "*", "kiuas*", "NEAR(", "kiuas%20OR%20avain", "NOT", "(", "%5E", "-kiuas", "a:b", "%00", "'",
            "%25", "%F0%9F%94%A5", "+", "",
        ])
    func queries(_ query: String) async throws {
        try await Shop.open { shop in
            _ = try await shop.conversation(saying: "Kiuas ja avain")
            _ = try await shop.house.store.write { try $0.indexWords(of: Loylymaki.workspace.id, batch: 500) }
            #expect(try await shop.ask("GET", "/search?q=\(query)", try await shop.agent()).status == 200)
            let vieras = try await shop.agent(Loylymaki.stranger)
            #expect(try await shop.ask("GET", "/search?q=\(query)", vieras).json.messages.asList.isEmpty)
        }
    }

    /// Byte for byte: to Swift, two strings are the same when they only look the same.
    private func expect(_ value: Value, _ text: String, sourceLocation: SourceLocation = #_sourceLocation) {
        #expect(Array(value.asText.utf8) == Array(text.utf8), sourceLocation: sourceLocation)
    }
}
