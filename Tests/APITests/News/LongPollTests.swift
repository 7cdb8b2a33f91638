import Core
import NIOCore
import NIOPosix
@testable import Realtime
import TestSupport
import Testing

/// The same news for networks that break sockets, and for scripts.
@Suite("Long poll", .timeLimit(.minutes(4)))
struct LongPollTests {
    @Test("a long poll and a socket tell the same, word for word, to agent and customer")
    func sameAsSocket() async throws {
        try await Shop.open { shop in
            let (liisa, juhani, maija) = (try await shop.visitor(), try await shop.agent(), try await shop.agent(Loylymaki.maija))
            let id = try await shop.ask("POST", "/conversations", liisa, ["clientId": "1", "text": "Moi"]).json.conversation.id.asText
            try await shop.doEverythingInternal(to: ID(id), juhani, maija)
            _ = try await shop.ask("POST", "/conversations/\(id)/messages", juhani, ["clientId": "2", "text": "Hei"])
            _ = try await shop.ask("PUT", "/conversations/\(id)/marks", liisa, ["read": 100])
            for papers in [liisa, juhani] {
                let polled = try await shop.ask("GET", "/events?after=0&wait=0", papers).json
                #expect(polled.seq == .whole(try await shop.head()) && !polled.reset.isThere)
                let last = try #require(polled.events.asList.last)
                let ear = try await shop.listen(papers, after: 0)
                let heard = try await ear.hear { $0.seq == last.seq }.filter { $0.seq.isThere }
                #expect(heard == polled.events.asList)
                try await ear.leave()
            }
        }
    }

    @Test("a poll that waits is answered as soon as something is said, and at once when there is something already")
    func waiting() async throws {
        try await Shop.open { shop in
            let (liisa, juhani, id) = (try await shop.visitor(), try await shop.agent(), try await shop.conversation())
            try await shop.arrive()
            for (reader, writer) in [(liisa, juhani), (juhani, liisa)] {
                let head = try await shop.head()
                async let poll = shop.ask("GET", "/events?after=\(head)&wait=25", reader)
                let said = try await shop.ask("POST", "/conversations/\(id)/messages", writer, ["clientId": "1", "text": "Moi"])
                let news = try await poll.json
                #expect(news.events.asList.contains { $0.seq.asNumber > head })
                #expect(news.seq.asNumber > head)
                let rest = try await shop.ask("GET", "/events?after=\(head)&wait=25", reader).json.events.asList
                #expect(rest.contains { $0.message == said.json.message })
            }
        }
    }

    @Test("who hangs up waits no longer: an agent whose laptop closes is not here for the rest of the poll")
    func hangingUp() async throws {
        try await Shop.open { shop in
            let juhani = try await shop.agent()
            try await shop.arrive()
            let head = try await shop.head()
            let lines = ["GET /api/v1/events?after=\(head)&wait=25 HTTP/1.1", "Host: moro.example"] + juhani.headers.map { "\($0): \($1)" }
            let channel = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
                .connect(host: "127.0.0.1", port: shop.port).get()
            try await channel.writeAndFlush(ByteBuffer(string: lines.joined(separator: "\r\n") + "\r\n\r\n"))
            try await waited { !shop.house.hub.pollers.isEmpty }
            let begun = ContinuousClock.now
            try await channel.close()
            try await waited { shop.house.hub.pollers.isEmpty }
            // Not by its own end, which comes after 25 seconds.
            #expect(ContinuousClock.now - begun < .seconds(15))
        }
    }

    private func waited(until condition: () -> Bool) async throws {
        while !condition() { try await Task.sleep(for: .milliseconds(20)) }
    }

    @Test("a poll hears signals that come while it waits")
    func signals() async throws {
        try await Shop.open { shop in
            let (liisa, juhani, id) = (try await shop.visitor(), try await shop.agent(), try await shop.conversation())
            let head = try await shop.head()
            async let poll = shop.ask("GET", "/events?after=\(head)&wait=10", liisa)
            var told = false
            let typing = Task {
                while !Task.isCancelled {
                    _ = try await shop.ask("POST", "/signals", juhani, ["type": "typing", "conversation": "\(id)", "text": "salaisuus"])
                    try await Task.sleep(for: .milliseconds(50))
                }
            }
            defer { typing.cancel() }
            let news = try await poll.json
            for signal in news.signals.asList where signal.type == "typing" {
                told = true
                #expect(signal.author.name == "Juhani" && !signal.text.isThere)
            }
            #expect(told, "\(news)")
            #expect(news.events == [] && news.seq == .whole(head))
        }
    }
}
