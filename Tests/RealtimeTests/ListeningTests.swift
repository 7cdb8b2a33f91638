import Core
import Foundation
import Storage
import Testing
import TestSupport

@testable import Realtime

private let shop = Loylymaki.workspace.id

@Suite("Readers over a real socket", .timeLimit(.minutes(1)))
struct ListeningTests {
    @Test("Whoever joins at any moment of a flood hears every event once, in order", arguments: 1...3 as ClosedRange<UInt64>)
    func flood(seed: UInt64) async throws {
        try await Broadcast.run { broadcast in
            try await broadcast.start()
            try await broadcast.start("lauteet", of: Loylymaki.pekka)
            let last: Int64 = 2 + 4 * 100
            try await withThrowingTaskGroup(of: Void.self) { group in
                for writer in 0..<4 { group.addTask { try await Self.talk(writer, 100, broadcast) } }
                for reader in 0..<24 {
                    group.addTask {
                        var dice = Dice(seed: seed * 1_000 + UInt64(reader))
                        for _ in 0..<Int.random(in: 0..<40, using: &dice) { _ = try await broadcast.head() }
                        let after = Int64.random(in: 0...(try await broadcast.head()), using: &dice)
                        let ear = try await broadcast.listen("maija", after: after)
                        #expect(try await ear.seqs(upTo: last) == Array((after + 1)...last))
                        try await ear.hangUp()
                    }
                }
                try await group.waitForAll()
            }
        }
    }

    @Test("A customer who joins during the flood hears what is theirs, once, in order, and never what is internal")
    func customersInTheFlood() async throws {
        try await Broadcast.run { broadcast in
            try await broadcast.start()
            try await broadcast.start("lauteet", of: Loylymaki.pekka)
            let heard = try await withThrowingTaskGroup(of: (String, [Int64])?.self) { group in
                for writer in 0..<4 {
                    group.addTask {
                        try await Self.talk(writer, 60, broadcast)
                        return nil
                    }
                }
                for (who, conversation) in [("liisa", "kiuas"), ("pekka", "lauteet"), ("liisa", "kiuas"), ("pekka", "lauteet")] {
                    group.addTask {
                        let ear = try await broadcast.listen(who)
                        // The last word to each, said after all others.
                        var seqs: [Int64] = []
                        while let news = try await ear.next() {
                            guard let seq = news["seq"] as? Int, news["type"] as? String != "hello" else { continue }
                            seqs.append(Int64(seq))
                            if (news["message"] as? [String: any Sendable])?["text"] as? String == "loppu \(conversation)" { break }
                        }
                        return (who, seqs)
                    }
                }
                var heard: [(String, [Int64])] = []
                var writers = 0
                for try await result in group {
                    if let result { heard.append(result) } else { writers += 1 }
                    if result == nil, writers == 4 {
                        try await broadcast.store.write { tx in
                            for id in ["kiuas", "lauteet"] { try tx.say("loppu \(id)", by: .agent("maija"), in: .init(id)) }
                        }
                    }
                }
                return heard
            }
            #expect(heard.count == 4)
            for (who, seqs) in heard { #expect(seqs == (try await broadcast.log(for: who))) }
        }
    }

    @Test("Who falls away again and again and comes back by number hears everything once")
    func comingBack() async throws {
        try await Broadcast.run { broadcast in
            try await broadcast.start()
            try await broadcast.start("lauteet", of: Loylymaki.pekka)
            let last: Int64 = 2 + 2 * 150
            try await withThrowingTaskGroup(of: Void.self) { group in
                for writer in 0..<2 { group.addTask { try await Self.talk(writer, 150, broadcast) } }
                for reader in 0..<6 {
                    group.addTask {
                        var (dice, seen) = (Dice(seed: UInt64(reader)), [Int64]())
                        while seen.last ?? 0 < last {
                            let ear = try await broadcast.listen("maija", after: seen.last ?? 0)
                            let goal = min(last, (seen.last ?? 0) + Int64.random(in: 1...40, using: &dice))
                            seen += try await ear.seqs(upTo: goal)
                            try await ear.hangUp()
                        }
                        #expect(seen == Array(1...last))
                    }
                }
                try await group.waitForAll()
            }
        }
    }

    @Test("A hole of many pages is filled, also where something in it has been removed since")
    func manyPages() async throws {
        try await Broadcast.run(prepare: { store in
            try await store.write { tx in
                let reply = CannedReply(
                    id: "moi", workspace: shop, kind: .greeting, shortcut: "moi", title: "Tervehdys", texts: ["fi": "Moi!"])
                try tx.save(reply)
                try tx.append(.cannedReplyChanged(reply), of: shop)
                for _ in 0..<1_200 { try tx.append(.contactChanged(Loylymaki.liisa), of: shop) }
                try tx.delete(reply)
                try tx.append(.cannedReplyRemoved("moi"), of: shop)
            }
        }) { broadcast in
            for after in [0, 1, 600, 1_201] as [Int64] {
                let seqs = try await broadcast.listen("maija", after: after).seqs(upTo: 1_202)
                #expect(seqs == Array((after + 1)...1_202))
            }
        }
    }

    @Test("Who has been away too long, or has seen what isn't there, loads anew and goes on", arguments: [0, 30_001] as [Int64])
    func reset(after: Int64) async throws {
        try await Broadcast.run(prepare: { try await $0.run("UPDATE workspaces SET seq = 30000 WHERE id = 'loylymaki'") }) { broadcast in
            let ear = try await broadcast.listen("maija", after: after)
            #expect(try await ear.next()?["type"] as? String == "hello")
            let reset = try await ear.next { $0["type"] as? String == "reset" }
            #expect(reset?["seq"] as? Int == 30_000)
            try await broadcast.start()
            #expect(try await ear.seqs(upTo: 30_001) == [30_001])
        }
    }

    @Test("Another company and another customer hear nothing")
    func walls() async throws {
        try await Broadcast.run { broadcast in
            let (vieras, pekka) = (try await broadcast.listen("vieras"), try await broadcast.listen("pekka"))
            try await broadcast.start()
            try await broadcast.store.write { tx in
                try tx.say("Salaisuus", by: .contact("liisa"), in: "kiuas")
                try tx.append(.agentChanged(Loylymaki.stranger), of: Loylymaki.neighbour.id)
                try tx.append(.contactChanged(Loylymaki.pekka), of: shop)
            }
            #expect(try await vieras.seqs(upTo: 1) == [1])
            #expect(try await pekka.seqs(upTo: 3) == [3])
        }
    }

    @Test("What another process has written is told too, and in order")
    func otherProcess() async throws {
        try await Broadcast.run { broadcast in
            try await broadcast.start()
            let ear = try await broadcast.listen("maija")
            #expect(try await ear.seqs(upTo: 1) == [1])
            let other = try Store(broadcast.database.open(), world: .fixed(Clock(), seed: 2))
            try await other.write { _ = try $0.say("Toisesta prosessista", by: .agent("maija"), in: "kiuas") }
            broadcast.hub.lookAround()
            #expect(try await ear.seqs(upTo: 2) == [2])

            // Not looked for: found by the gap before our own next number.
            try await other.write { tx in for number in 0..<3 { try tx.say("\(number)", by: .agent("maija"), in: "kiuas") } }
            try await broadcast.store.write { _ = try $0.say("Omasta", by: .agent("maija"), in: "kiuas") }
            #expect(try await ear.seqs(upTo: 6) == [3, 4, 5, 6])
            broadcast.hub.lookAround()
            try await broadcast.store.write { _ = try $0.say("Vielä", by: .agent("maija"), in: "kiuas") }
            #expect(try await ear.seqs(upTo: 7) == [7])
            try other.close()
        }
    }

    /// Messages into two conversations in turn, every fifth a note.
    private static func talk(_ writer: Int, _ count: Int, _ broadcast: Broadcast) async throws {
        for number in 0..<count {
            try await broadcast.store.write { tx in
                let id: Conversation.ID = (writer + number).isMultiple(of: 2) ? "kiuas" : "lauteet"
                var conversation = try tx.conversation(id, of: shop)
                let text = "\(writer) \(number)"
                try tx.add(number % 5 == 0 ? .note(text, mentions: []) : .reply(text), by: .agent("maija"), to: &conversation)
            }
        }
    }
}
