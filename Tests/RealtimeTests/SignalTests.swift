import Core
import Sockets
import Storage
import Testing
import TestSupport
import Wire

@testable import Realtime

@Suite("Signals", .timeLimit(.minutes(1)))
struct SignalTests {
    @Test("A ping is answered, and what nobody understands is no harm")
    func ping() async throws {
        try await Broadcast.run { broadcast in
            let ear = try await broadcast.listen("liisa")
            for nonsense in [
                "", "{}", "[1]", "null", "\"", #"{"type":7}"#, #"{"type":"typing"}"#, #"{"type":"drop","conversation":"kiuas"}"#,
            ] {
                try await ear.say(nonsense)
            }
            try await ear.say(#"{"type":"ping"}"#)
            #expect(try await ear.next { $0["type"] as? String == "pong" } != nil)
            #expect(broadcast.typed.notes.isEmpty)
        }
    }

    @Test(
        "Typing is passed on at most about once a second, its end always, and what begins after it at once; not from where one may not write"
    )
    func typing() async throws {
        try await Broadcast.run { broadcast in
            let ear = try await broadcast.listen("liisa")
            try await ear.say(#"{"type":"typing","conversation":"kiuas","text":"Onko"}"#)
            try await ear.say(#"{"type":"typing","conversation":"kiuas","text":"Onko ki"}"#)
            try await ear.say(#"{"type":"typing","conversation":"kiuas","stopped":true}"#)
            try await ear.say(#"{"type":"typing","conversation":"kiuas","text":"Olisiko"}"#)
            try await ear.say(#"{"type":"typing","conversation":"kiuas","text":"Olisiko k"}"#)
            try await ear.say(#"{"type":"typing","conversation":"lauteet","stopped":true}"#)
            try await ear.say(#"{"type":"ping"}"#)
            _ = try await ear.next { $0["type"] as? String == "pong" }
            while broadcast.typed.notes.count < 3 { try await Task.sleep(for: .milliseconds(5)) }
            #expect(Set(broadcast.typed.notes) == ["Onko", "–, stopped", "Olisiko"])
        }
    }

    @Test("A signal reaches whoever sits in the room, on sockets and in long polls, and nobody else")
    func rooms() async throws {
        try await Broadcast.run { broadcast in
            try await broadcast.start()
            let (maija, liisa) = (try await broadcast.listen("maija"), try await broadcast.listen("liisa"))
            #expect(try await maija.seqs(upTo: 1) == [1])
            #expect(try await liisa.seqs(upTo: 1) == [1])
            let face = Face(.agent("maija"), name: "Maija")
            // Signals may be dropped while a reader is still being seated: said until heard.
            let saying = Task {
                while !Task.isCancelled {
                    broadcast.hub.signal(.typing(.typing, "kiuas", face, text: nil, stopped: false), to: .contact("liisa"))
                    broadcast.hub.signal(
                        .typing(.composing, "kiuas", face, text: nil, stopped: true), to: .agents(of: Loylymaki.workspace.id))
                    try await Task.sleep(for: .milliseconds(5))
                }
            }
            defer { saying.cancel() }
            let toLiisa = try await liisa.next { ["typing", "composing"].contains($0["type"] as? String) }
            #expect(toLiisa?["type"] as? String == "typing" && toLiisa?["stopped"] == nil)
            let toMaija = try await maija.next { ["typing", "composing"].contains($0["type"] as? String) }
            #expect(toMaija?["type"] as? String == "composing" && toMaija?["stopped"] as? Bool == true)
            let polled = try await broadcast.hub.poll(Broadcast.seats["liisa"]!, after: 1, seconds: 25)
            #expect(polled.missed.events.isEmpty && !polled.signals.isEmpty)
        }
    }

    @Test("When an agent comes, colleagues hear who, and visitors that somebody is there")
    func availability() async throws {
        try await Broadcast.run { broadcast in
            let shop = Loylymaki.workspace.id
            #expect(try await broadcast.hub.availability(of: shop) == AvailabilityShape(here: []))
            let (maija, liisa) = (try await seated("maija", broadcast), try await seated("liisa", broadcast))
            broadcast.hub.presence.connected("juhani", of: shop)
            _ = try #require(try await maija.next { $0["agent"] as? String == "juhani" && $0["presence"] as? String == "here" })
            _ = try #require(try await liisa.next { Self.state($0) == "open" })
            #expect(try await broadcast.hub.availability(of: shop) == AvailabilityShape(here: [Loylymaki.juhani]))
            #expect(try await broadcast.hub.availability(of: Loylymaki.neighbour.id) == AvailabilityShape(here: []))

            // On a break they are connected, but not there for customers.
            var juhani = Loylymaki.juhani
            juhani.presence = .break
            try await broadcast.store.write { [juhani] tx in
                try tx.save(juhani)
                try tx.append(.agentChanged(juhani), of: shop)
            }
            _ = try #require(try await liisa.next { Self.state($0) == "unattended" })
            #expect(try await broadcast.hub.availability(of: shop) == AvailabilityShape(here: []))
        }
    }

    private static func state(_ news: [String: any Sendable]) -> String? {
        (news["availability"] as? [String: any Sendable])?["state"] as? String
    }

    /// Somebody who sits in their rooms.
    private func seated(_ who: String, _ broadcast: Broadcast) async throws -> Ear {
        let ear = try await broadcast.listen(who)
        let room: Room = who == "maija" ? .agents(of: Loylymaki.workspace.id) : .contact("liisa")
        while await broadcast.hub.rooms.count(room) == 0 { await Task.yield() }
        return ear
    }
}
