import Core
import Sockets
import Storage
import Testing
import TestSupport

@testable import Realtime

private let liisa = Seat.visitor(Loylymaki.liisasPhone)

@Suite("Long poll", .timeLimit(.minutes(1)))
struct LongPollTests {
    @Test("What has been missed is answered at once")
    func atOnce() async throws {
        try await Broadcast.run { broadcast in
            try await broadcast.start()
            let answer = try await broadcast.hub.poll(liisa, after: 0, seconds: 25)
            #expect(answer.missed.events.count == 1 && answer.missed.seq == 1)
        }
    }

    @Test("Who waits is woken by the first event they may hear")
    func woken() async throws {
        try await Broadcast.run { broadcast in
            try await broadcast.start()
            async let answer = broadcast.hub.poll(liisa, after: 1, seconds: 25)
            try await broadcast.store.write { _ = try $0.say("Moi!", by: .agent("maija"), in: "kiuas") }
            let missed = try await answer.missed
            #expect(missed.events.count == 1 && missed.seq == 2)
        }
    }

    @Test("Polling on by number during a flood misses nothing and hears nothing twice")
    func flood() async throws {
        try await Broadcast.run { broadcast in
            try await broadcast.start()
            let seat = Seat.agent(Loylymaki.maija)
            async let talking: Void = {
                for number in 0..<200 {
                    try await broadcast.store.write { _ = try $0.say("\(number)", by: .agent("maija"), in: "kiuas") }
                }
            }()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<5 {
                    group.addTask {
                        var (after, count) = (Int64(0), 0)
                        while after < 201 {
                            let missed = try await broadcast.hub.poll(seat, after: after, seconds: 25).missed
                            #expect(missed.seq >= after && !missed.isReset)
                            count += missed.events.count
                            after = missed.seq
                        }
                        #expect(count == 201)
                    }
                }
                try await group.waitForAll()
            }
            try await talking
        }
    }

    @Test("What is internal wakes no customer; when the time is up the answer says how far the log has come")
    func quiet() async throws {
        try await Broadcast.run { broadcast in
            try await broadcast.start()
            async let answer = broadcast.hub.poll(liisa, after: 1, seconds: 1)
            try await broadcast.store.write { tx in
                var conversation = try tx.conversation("kiuas", of: Loylymaki.workspace.id)
                try tx.add(.note("Ei asiakkaalle", mentions: []), by: .agent("maija"), to: &conversation)
            }
            let missed = try await answer.missed
            #expect(missed.events.isEmpty && missed.seq == 2 && !missed.isReset)
        }
    }

    @Test("What somebody has read before its news reach the room does not end their next wait")
    func toldLate() {
        let (pollers, room) = (Pollers(), Room.contact("liisa"))
        let waiting = [1, 2].map(Pollers.Poller.init(after:))
        for poller in waiting { pollers.add(poller, to: [room]) }
        pollers.wake(room, 1)
        #expect(waiting.map(\.isWoken) == [false, false])
        pollers.wake(room, 2)
        #expect(waiting.map(\.isWoken) == [true, false])
    }

    @Test("Nobody is left waiting in a room after they have been answered")
    func noLeak() async throws {
        try await Broadcast.run { broadcast in
            try await broadcast.start()
            for _ in 0..<3 { _ = try await broadcast.hub.poll(liisa, after: 0, seconds: 25) }
            let waiting = Task { try await broadcast.hub.poll(liisa, after: 1, seconds: 25) }
            waiting.cancel()
            _ = await waiting.result
            #expect(broadcast.hub.pollers.isEmpty)
        }
    }
}
