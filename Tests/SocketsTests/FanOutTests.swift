import NIOConcurrencyHelpers
import NIOCore
import Testing

@testable import Sockets

@Suite("News for many", .timeLimit(.minutes(1)))
struct FanOutTests {
    @Test("every member of a room hears everything in one order, nobody else hears a thing")
    func order() async throws {
        try await TestServer.run { server in
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                for number in 0..<20 {
                    tasks.addTask {
                        try await Client.upgraded(on: server) { client in
                            let room = number % 2 == 0 ? "even" : "odd"
                            try await client.say("join \(room)")
                            _ = try await client.hear()
                            for expected in 0..<500 { #expect(try await client.hear() == "\(room) \(expected)") }
                        }
                    }
                }
                try await until { await server.rooms.count(Room("even")) + server.rooms.count(Room("odd")) >= 20 }
                for number in 0..<500 {
                    server.rooms.tell(Room("even"), Frame(text: "even \(number)"))
                    server.rooms.tell(Room("odd"), Frame(json: Array("odd \(number)".utf8)))
                }
                try await tasks.waitForAll()
            }
            try await until { await server.rooms.count(Room("even")) == 0 }
        }
    }

    @Test("who left hears no more")
    func leaving() async throws {
        try await TestServer.run { server in
            try await Client.upgraded(on: server) { client in
                try await client.say("join a")
                try await client.say("join b")
                try await client.say("leave a")
                for _ in 0..<3 { _ = try await client.hear() }
                server.rooms.tell(Room("a"), Frame(text: "a"))
                server.rooms.tell(Room("b"), Frame(text: "b"))
                #expect(try await client.hear() == "b")
                #expect(await server.rooms.count(Room("a")) == 0)
                #expect(await server.rooms.count(Room("b")) == 1)
            }
        }
    }

    @Test("a slow reader is dropped with 4008 and delays nobody")
    func slowReader() async throws {
        var configuration = SocketServer.Configuration()
        configuration.outboxBytes = 200_000
        configuration.closeTimeout = .minutes(1)
        try await TestServer.run(configuration) { server in
            let heard = NIOLockedValueBox(0)
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                tasks.addTask {
                    try await Client.upgraded(on: server, receiveBuffer: 4096) { client in
                        try await client.say("join all")
                        _ = try await client.hear()
                        try await until { heard.withLockedValue { $0 } >= 1000 }
                        #expect(try await client.closeFrame().code == 4008)
                    }
                }
                tasks.addTask {
                    try await Client.upgraded(on: server) { client in
                        try await client.say("join all")
                        _ = try await client.hear()
                        for number in 0..<3000 {
                            #expect(try await client.hear().hasPrefix("\(number) "))
                            heard.withLockedValue { $0 += 1 }
                        }
                    }
                }
                try await until { await server.rooms.count(Room("all")) >= 2 }
                for number in 0..<3000 {
                    try await until { heard.withLockedValue { $0 } >= number - 50 }
                    server.rooms.tell(Room("all"), Frame(text: "\(number) " + String(repeating: "x", count: 1000)))
                }
                try await tasks.waitForAll()
            }
        }
    }

    @Test("droppable news is skipped for a reader that lags, other news is not")
    func droppable() async throws {
        var configuration = SocketServer.Configuration()
        configuration.outboxBytes = 8 << 20
        try await TestServer.run(configuration) { server in
            try await Client.upgraded(on: server, receiveBuffer: 4096) { client in
                try await client.say("join all")
                _ = try await client.hear()
                let long = String(repeating: "x", count: 10_000)
                for number in 0..<700 {
                    server.rooms.tell(Room("all"), Frame(text: "kept \(number) " + long))
                    server.rooms.tell(Room("all"), Frame(text: "drop"), droppable: true)
                }
                var dropped = 700
                var kept = 0
                while kept < 700 {
                    let text = try await client.hear()
                    if text == "drop" { dropped -= 1 } else { kept += 1 }
                }
                #expect(dropped > 0)
            }
        }
    }

    @Test("a shutdown tells everybody 1001 and when to come back")
    func shutdown() async throws {
        try await TestServer.run { server in
            try await withThrowingTaskGroup(of: Client.Closed.self) { tasks in
                for _ in 0..<50 {
                    tasks.addTask {
                        try await Client.upgraded(on: server) { client in
                            try await client.say("join all")
                            _ = try await client.hear()
                            let closed = try await client.closeFrame()
                            try await client.send(Client.frame(8, [3, 0xE9]))
                            #expect(await client.isEnded())
                            return closed
                        }
                    }
                }
                try await until { await server.rooms.count(Room("all")) >= 50 }
                await server.group.triggerGracefulShutdown()
                for try await closed in tasks {
                    #expect(closed.code == 1001)
                    #expect(closed.reason.wholeMatch(of: /retry=\d{3,4}/) != nil)
                }
            }
        }
    }

    @Test("a socket that opens during the shutdown is told too")
    func openedDuringShutdown() async throws {
        try await TestServer.run { server in
            try await Client.connect(to: server.port) { client in
                try await client.send(Client.upgradeRequest("/slow-ws"))
                var arrived = server.requests.makeAsyncIterator()
                await arrived.next()
                await server.group.triggerGracefulShutdown()
                #expect(try await client.head().hasPrefix("HTTP/1.1 101 "))
                #expect(try await client.closeFrame().code == 1001)
            }
        }
    }
}
