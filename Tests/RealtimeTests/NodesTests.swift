import Core
import NIOPosix
import Sockets
import Storage
import Synchronization
import Testing
import TestSupport
import Wire

@testable import Realtime

private let shop = Loylymaki.workspace.id

@Suite("Two nodes on one database", .timeLimit(.minutes(1)))
struct NodesTests {
    let line = PartyLine()
    let database: ScratchDatabase
    let here, there: Node

    struct Node {
        let store: Store
        let hub: Hub

        init(_ database: ScratchDatabase, _ line: PartyLine, seed: UInt64) async throws {
            let engine = ConnectedEngine(inner: try database.open(), end: line.end())
            store = try Store(engine, world: .fixed(Clock(), seed: seed))
            if seed == 1 { try await Loylymaki.move(into: store) }
            hub = try await Hub(store: store, eventLoopGroup: MultiThreadedEventLoopGroup.singleton, baseURL: "https://chat.example")
        }

        func say(_ text: String) async throws { try await store.write { _ = try $0.say(text, by: .contact("liisa"), in: "kiuas") } }

        func poll(_ seat: Seat, after seq: Int64) async throws -> (missed: Missed, signals: [[UInt8]]) {
            try await hub.poll(seat, after: seq, seconds: 20)
        }
    }

    init() async throws {
        database = try await ScratchDatabase.make(isShared: true)
        here = try await Node(database, line, seed: 1)
        there = try await Node(database, line, seed: 2)
        try await here.store.write { _ = try $0.start(Loylymaki.conversation()) }
    }

    @Test("What is written on one is told on the other, in one order and without a gap")
    func told() async throws {
        async let heard = everything(upTo: 41)
        for number in 0..<20 {
            try await here.say("Täältä \(number)")
            try await there.say("Sieltä \(number)")
        }
        #expect(try await heard == Array(1...41))
    }

    @Test("Typing on one is seen on the other")
    func typing() async throws {
        let seat = Seat.agent(Loylymaki.maija)
        async let heard = there.poll(seat, after: 1)
        let face = Face(.contact("liisa"), name: "Liisa")
        while there.hub.pollers.isEmpty { try await Task.sleep(for: .milliseconds(2)) }
        let saying = Task { [here] in
            while !Task.isCancelled {
                here.hub.signal(.typing(.typing, "kiuas", face, text: "Onko\n “kiuas”", stopped: false), to: .agents(of: shop))
                try await Task.sleep(for: .milliseconds(50))
            }
        }
        defer { saying.cancel() }
        let signal = try #require(try await heard.signals.first)
        #expect(String(decoding: signal, as: UTF8.self).contains(#""text":"Onko\n “kiuas”""#))
    }

    @Test("Who is connected to one is here on both; what another node says sends away nobody who is connected here")
    func presence() async throws {
        var maija = Loylymaki.maija
        maija.presence = .here
        here.hub.presence.connected("maija", of: shop)
        try await until { there.hub.presence.truth(of: maija) == .here }
        here.hub.presence.heard("maija", of: shop, on: "somebody else", isHere: true)
        here.hub.presence.heard("maija", of: shop, on: "somebody else", isHere: false)
        #expect(here.hub.presence.isConnected("maija"))
    }

    @Test("A node that comes later has heard who is here before its doors open")
    func latecomer() async throws {
        here.hub.presence.connected("maija", of: shop)
        let late = try await Node(database, line, seed: 3)
        try await late.hub.meetNodes()
        #expect(late.hub.presence.isConnected("maija"))
    }

    @Test("A node that comes while its agents are on their way from another that has ended has heard of them from a third")
    func hearsay() async throws {
        here.hub.presence.heard("maija", of: shop, on: "one-that-has-ended", isHere: true)
        let late = try await Node(database, line, seed: 3)
        try await until { late.hub.presence.isConnected("maija") }
        #expect(!late.hub.presence.isConnected("juhani"))
    }

    @Test("After the line was cut, everybody finds out what they have missed")
    func cut() async throws {
        line.isCut.withLock { $0 = true }
        here.hub.presence.connected("juhani", of: shop)
        async let heard = everything(upTo: 2)
        try await here.say("Kuuluuko?")
        line.mend()
        if ScratchDatabase.isPostgres { there.hub.lookAround() }
        #expect(try await heard == [1, 2])
        try await until { there.hub.presence.isConnected("juhani") }
    }

    @Test("What one no longer knows by heart, the other forgets")
    func changed() async throws {
        let forgotten = Mutex<[String]>([])
        there.hub.onNodes(changed: "visitors") { id in forgotten.withLock { $0.append(id) } }
        // Said until heard: the other may still be on its way to the line.
        while forgotten.withLock({ $0.isEmpty }) {
            here.hub.tellNodes(changed: "visitors", "liisa")
            try await Task.sleep(for: .milliseconds(10))
        }
        #expect(forgotten.withLock { $0.first } == "liisa")
    }

    @Test("A line is read as it was called; one of another release is passed over")
    func lines() {
        let calls: [Nodes.Call] = [
            .log("kauppa", 7), .signal(.agents(of: shop), json: #"{"text":"a  b"}"#), .changed(what: "session", id: "s1"),
            .presence("maija", shop, node: "n1", isHere: true), .presence("maija", shop, node: "n1", isHere: false), .hello(node: "n1"),
            .stay("maija", shop, node: "n1"),
        ]
        for call in calls { #expect(Nodes.Call(line: call.line) == call) }
        for line in [
            "", "log", "log kauppa", "log kauppa x", "signal 12 {}", "here maija", "tomorrow a b c",
            "signal " + String(repeating: "z", count: 32) + " {}",
        ] {
            #expect(Nodes.Call(line: line) == nil)
        }
    }

    /// The numbers an agent hears on the other node, up to one.
    private func everything(upTo last: Int64) async throws -> [Int64] {
        var (numbers, seq) = ([Int64](), Int64(0))
        while seq < last {
            let missed = try await there.poll(.agent(Loylymaki.maija), after: seq).missed
            for event in missed.events {
                let text = String(decoding: event, as: UTF8.self)
                if let number = text.firstMatch(of: #/"seq":(\d+)/#).flatMap({ Int64($0.1) }) { numbers.append(number) }
            }
            seq = missed.seq
        }
        return numbers
    }

    private func until(_ holds: () -> Bool) async throws {
        while !holds() { try await Task.sleep(for: .milliseconds(5)) }
    }
}

@Suite("Who is elsewhere")
struct ElsewhereTests {
    @Test("A node that has been silent for too long is taken for dead, with all who were there; another's word still holds")
    func silence() async throws {
        let elsewhere = Elsewhere(patience: .milliseconds(40))
        elsewhere.note("maija", shop, on: "one")
        elsewhere.note("juhani", shop, on: "one")
        elsewhere.note("juhani", shop, on: "two")
        #expect(elsewhere.has("maija") && elsewhere.expire().isEmpty)
        try await Task.sleep(for: .milliseconds(60))
        elsewhere.note("juhani", shop, on: "two")
        #expect(elsewhere.expire().map(\.0) == ["maija"])
        #expect(!elsewhere.has("maija") && elsewhere.has("juhani"))
        elsewhere.forget("juhani", on: "two")
        #expect(!elsewhere.has("juhani"))
    }

    @Test("What others say of a node makes nobody stay longer than it said itself")
    func hearsay() async throws {
        let elsewhere = Elsewhere(patience: .milliseconds(40))
        elsewhere.note("maija", shop, on: "one")
        try await Task.sleep(for: .milliseconds(60))
        elsewhere.noteIfNew("maija", shop, on: "one")
        elsewhere.noteIfNew("juhani", shop, on: "one")
        #expect(elsewhere.expire().map(\.0) == ["maija"])
        #expect(elsewhere.stays.map(\.agent) == ["juhani"])
    }
}
