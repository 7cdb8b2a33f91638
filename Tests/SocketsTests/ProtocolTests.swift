import Testing

@testable import Sockets

@Suite("Frames on the wire", .timeLimit(.minutes(1)))
struct ProtocolTests {
    @Test("a message in fragments, with a ping between, is heard whole")
    func fragments() async throws {
        try await TestServer.run { server in
            try await Client.upgraded(on: server) { client in
                let tapa = Array("hyvää".utf8)
                try await client.send(Client.frame(1, Array(tapa[..<4]), isFinal: false))
                try await client.send(Client.frame(9, [1, 2, 3]))
                try await client.send(Client.frame(0, Array(tapa[4..<5]), isFinal: false))
                try await client.send(Client.frame(0, Array(tapa[5...])))
                #expect(try await client.pong() == [1, 2, 3])
                #expect(try await client.hear() == "hyvää")
            }
        }
    }

    @Test("a frame byte by byte is heard whole")
    func byteByByte() async throws {
        try await TestServer.run { server in
            try await Client.upgraded(on: server) { client in
                for byte in Client.frame(1, Array(String(repeating: "ä", count: 80).utf8)) { try await client.send([byte]) }
                #expect(try await client.hear() == String(repeating: "ä", count: 80))
            }
        }
    }

    struct Breach: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let code: UInt16
        let bytes: [UInt8]

        init(_ description: String, _ code: UInt16, _ frames: [UInt8]...) {
            testDescription = description
            self.code = code
            bytes = Array(frames.joined())
        }
    }

    static let breaches: [Breach] = {
        let part = [UInt8](repeating: 0x6D, count: 100_000)
        return [
            Breach("text that is not UTF-8", 1007, Client.frame(1, [0x6D, 0xFF, 0x6F])),
            Breach("unmasked", 1002, Client.frame(1, [0x6D], masked: false)),
            Breach("reserved bit", 1002, Client.frame(1, [0x6D], reserved: 0x40)),
            Breach("unknown opcode", 1002, Client.frame(3, [])),
            Breach("binary", 1003, Client.frame(2, [1])),
            Breach("fragmented ping", 1002, Client.frame(9, [], isFinal: false)),
            Breach("long ping", 1002, Client.frame(9, Array(part[..<126]))),
            Breach("continuation of nothing", 1002, Client.frame(0, [0x6D])),
            Breach("message inside another", 1002, Client.frame(1, [0x6D], isFinal: false), Client.frame(1, [0x6D])),
            Breach("length not minimal", 1002, [0x81, 0xFE, 0, 1, 0, 0, 0, 0, 0x6D]),
            Breach("frame too big", 1009, Client.frame(1, [UInt8](repeating: 0x6D, count: 1 << 20))),
            Breach("length of 2^63", 1009, [0x81, 0xFF, 0x80, 0, 0, 0, 0, 0, 0, 0]),
            Breach(
                "message too big", 1009, Client.frame(1, part, isFinal: false), Client.frame(0, part, isFinal: false),
                Client.frame(0, part)),
            Breach("close of one byte", 1002, Client.frame(8, [3])),
            Breach("close code that never travels", 1002, Client.frame(8, [3, 0xED])),
            Breach("close reason that is not UTF-8", 1007, Client.frame(8, [3, 0xE8, 0xFF])),
        ]
    }()

    @Test("what breaks the rules is closed with its code", arguments: breaches)
    func violations(breach: Breach) async throws {
        try await TestServer.run { server in
            try await Client.upgraded(on: server) { client in
                try await client.send(breach.bytes)
                #expect(try await client.closeFrame().code == breach.code)
                #expect(await client.isEnded())
            }
            var owners = server.owners.makeAsyncIterator()
            let owner = try #require(await owners.next())
            for await event in owner.events { if event == .closed { return } }
            Issue.record("never closed")
        }
    }

    @Test("the client's close is answered with its code, then the connection ends")
    func clientCloses() async throws {
        try await TestServer.run { server in
            for (payload, code) in [([UInt8](), nil), ([3, 0xE8], UInt16(1000)), ([0x0F, 0xA0] + Array("hei".utf8), 4000)] {
                try await Client.upgraded(on: server) { client in
                    try await client.send(Client.frame(8, payload))
                    #expect(try await client.closeFrame().code == code)
                    #expect(await client.isEnded())
                }
            }
        }
    }

    @Test("the server's close comes after what was said, and waits for the answer")
    func serverCloses() async throws {
        try await TestServer.run { server in
            try await Client.upgraded(on: server) { client in
                try await client.say("first")
                try await client.say("bye")
                #expect(try await client.hear() == "first")
                let close = try await client.closeFrame()
                #expect(close.code == 4001)
                #expect(close.reason == "not you")
                try await client.send(Client.frame(8, [0x0F, 0xA1]))
                #expect(await client.isEnded())
            }
        }
    }

    @Test("a goodbye that stays unanswered ends all the same")
    func unansweredGoodbye() async throws {
        var configuration = SocketServer.Configuration()
        configuration.pingInterval = .seconds(2)
        configuration.closeTimeout = .milliseconds(100)
        try await TestServer.run(configuration) { server in
            try await Client.upgraded(on: server) { client in
                try await client.say("bye")
                #expect(try await client.closeFrame().code == 4001)
                #expect(await client.isEnded())
            }
        }
    }

    @Test("a half-closed client is let go")
    func halfClose() async throws {
        try await TestServer.run { server in
            try await Client.upgraded(on: server) { client in
                try await client.say("moi")
                #expect(try await client.hear() == "moi")
                client.finish()
                #expect(await client.isEnded())
            }
        }
    }

    @Test("whoever answers pings stays, whoever does not is cut off")
    func pings() async throws {
        var configuration = SocketServer.Configuration()
        // Long enough that a machine busy with all other tests does not pass for a client that is gone.
        configuration.pingInterval = .seconds(3)
        try await TestServer.run(configuration) { server in
            try await Client.upgraded(on: server) { client in
                for _ in 0..<3 {
                    let ping = try await client.frame()
                    #expect(ping.opcode == 9)
                    try await client.send(Client.frame(10, ping.payload))
                }
                #expect(try await client.frame().opcode == 9)
                #expect(try await client.frame().opcode == 9)
                #expect(await client.isEnded())
            }
        }
    }
}
