import Crypto
import Testing

@testable import Sockets

@Suite("Plain HTTP works beside sockets", .timeLimit(.minutes(1)))
struct HTTPTests {
    @Test("for many requests on one connection")
    func keepAlive() async throws {
        try await TestServer.run { server in
            try await Client.connect(to: server.port) { client in
                for number in 100..<200 {
                    try await client.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\n\(number)")
                    #expect(try await client.answer().body == "\(number)")
                }
            }
        }
    }

    @Test("for requests that are pipelined")
    func pipelined() async throws {
        try await TestServer.run { server in
            try await Client.connect(to: server.port) { client in
                let requests = (100..<120).map { "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\n\($0)" }
                try await client.send(requests.joined())
                for number in 100..<120 { #expect(try await client.answer().body == "\(number)") }
            }
        }
    }

    @Test("for an upload of 25 MB, every byte")
    func upload() async throws {
        try await TestServer.run { server in
            try await Client.connect(to: server.port) { client in
                let part = (0..<65_536).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
                var sum = SHA256()
                try await client.send("POST /upload HTTP/1.1\r\nHost: a\r\nContent-Length: \(400 * part.count)\r\n\r\n")
                for _ in 0..<400 {
                    try await client.send(part)
                    sum.update(data: part)
                }
                #expect(try await client.answer().body == "\(sum.finalize())")
            }
        }
    }

    @Test("for a large answer to a slow reader")
    func largeAnswer() async throws {
        try await TestServer.run { server in
            try await Client.connect(to: server.port, receiveBuffer: 16_384) { client in
                try await client.send("GET /big HTTP/1.1\r\nHost: a\r\n\r\n")
                #expect(try await client.answer().body.utf8.count == 8 << 20)
            }
        }
    }

    @Test("and an idle connection is closed")
    func idle() async throws {
        var configuration = SocketServer.Configuration()
        configuration.idleTimeout = .seconds(2)
        try await TestServer.run(configuration) { server in
            try await Client.connect(to: server.port) { client in
                try await client.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nmoi")
                #expect(try await client.answer().body == "moi")
                #expect(await client.isEnded())
            }
        }
    }
}
