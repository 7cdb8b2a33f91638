import Testing

@testable import Sockets

@Suite("A connection becomes a socket", .timeLimit(.minutes(1)))
struct UpgradeTests {
    @Test("on its first request")
    func firstRequest() async throws {
        try await TestServer.run { server in
            try await Client.upgraded(on: server) { client in
                try await client.say("moi")
                #expect(try await client.hear() == "moi")
            }
        }
    }

    @Test("on a later request of a keep-alive connection")
    func laterRequest() async throws {
        try await TestServer.run { server in
            try await Client.connect(to: server.port) { client in
                for text in ["one", "two"] {
                    try await client.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\n" + text)
                    #expect(try await client.answer().body == text)
                }
                try await client.upgrade()
                try await client.say("three")
                #expect(try await client.hear() == "three")
            }
        }
    }

    @Test("and hears what was sent together with the request")
    func framesWithRequest() async throws {
        try await TestServer.run { server in
            try await Client.connect(to: server.port) { client in
                let frames = ["a", "b", String(repeating: "c", count: 70_000)].flatMap { Client.frame(1, Array($0.utf8)) }
                try await client.send(Array(Client.upgradeRequest().utf8) + frames)
                _ = try await client.head()
                #expect(try await client.hear() == "a")
                #expect(try await client.hear() == "b")
                #expect(try await client.hear().utf8.count == 70_000)
            }
        }
    }

    @Test("and hears first what its owner says on opening, then the answers to what came with the request")
    func greeting() async throws {
        try await TestServer.run { server in
            try await Client.connect(to: server.port) { client in
                try await client.send(Array(Client.upgradeRequest("/greet").utf8) + Client.frame(1, Array("moi".utf8)))
                _ = try await client.head()
                #expect(try await client.hear() == "terve")
                #expect(try await client.hear() == "moi")
            }
        }
    }

    @Test("after the answers to requests sent before it")
    func pipelined() async throws {
        try await TestServer.run { server in
            try await Client.connect(to: server.port) { client in
                let first = "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\none"
                try await client.send(first + first + Client.upgradeRequest())
                for _ in 0..<2 {
                    let answer = try await client.answer()
                    #expect(answer.body == "one")
                    #expect(!answer.head.lowercased().contains("connection: close"))
                }
                #expect(try await client.head().hasPrefix("HTTP/1.1 101 "))
                try await client.say("moi")
                #expect(try await client.hear() == "moi")
            }
        }
    }

    @Test("and its owner is told: opened, heard, closed")
    func ownerIsTold() async throws {
        try await TestServer.run { server in
            try await Client.upgraded(on: server) { client in
                try await client.say("moi")
                _ = try await client.hear()
            }
            var owners = server.owners.makeAsyncIterator()
            let owner = try #require(await owners.next())
            var events: [Echo.Event] = []
            for await event in owner.events { events.append(event) }
            #expect(events == [.opened, .heard("moi"), .closed])
        }
    }

    @Test("answering the subprotocol, no body length, no HTTP after")
    func answer() async throws {
        try await TestServer.run { server in
            try await Client.connect(to: server.port) { client in
                try await client.send(Client.upgradeRequest())
                let head = try await client.head().lowercased()
                #expect(head.contains("sec-websocket-protocol: moro\r\n"))
                #expect(!head.contains("content-length"))
                #expect(!head.contains("transfer-encoding"))
            }
        }
    }

    @Test(
        "unless the handshake is wrong: then it is answered and closed",
        arguments: [
            (Client.upgradeRequest(version: "8"), "426"),
            (Client.upgradeRequest().replacing("dGhlIHNhbXBsZSBub25jZQ==", with: "short"), "400"),
            (Client.upgradeRequest().replacing("Upgrade: websocket", with: "Upgrade: h2c"), "426"),
            (Client.upgradeRequest("/nowhere"), "404"),
        ])
    func refused(request: String, status: String) async throws {
        try await TestServer.run { server in
            try await Client.connect(to: server.port) { client in
                try await client.send(request)
                let head = try await client.answer().head
                #expect(head.hasPrefix("HTTP/1.1 \(status) "))
                #expect(head.lowercased().contains("connection: close\r\n"))
                #expect(await client.isEnded())
            }
        }
    }

    @Test("unless it asks for no upgrade: then it is answered and stays")
    func plainRequest() async throws {
        try await TestServer.run { server in
            try await Client.connect(to: server.port) { client in
                try await client.send("GET /ws HTTP/1.1\r\nHost: a\r\n\r\n")
                let answer = try await client.answer()
                #expect(answer.head.hasPrefix("HTTP/1.1 426 "))
                #expect(answer.head.contains("websocket"))
                try await client.upgrade()
                try await client.say("moi")
                #expect(try await client.hear() == "moi")
            }
        }
    }

    @Test("unless the client half-closed while it was looked up")
    func halfClosedMeanwhile() async throws {
        try await TestServer.run { server in
            try await Client.connect(to: server.port) { client in
                try await client.send(Client.upgradeRequest("/slow-ws"))
                client.finish()
                _ = try? await client.head()
                #expect(await client.isEnded())
            }
        }
    }

    @Test("and an offer of HTTP/2 still gets a large answer whole")
    func largeAnswerToOffer() async throws {
        try await TestServer.run { server in
            try await Client.connect(to: server.port, receiveBuffer: 16_384) { client in
                try await client.send("GET /big HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n")
                #expect(try await client.answer().body.utf8.count == 8 << 20)
                #expect(await client.isEnded())
            }
        }
    }
}
