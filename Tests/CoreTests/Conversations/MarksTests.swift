import Core
import Testing
import TestSupport

@Suite("How far each side has got")
struct MarksTests {
    struct Row: Sendable {
        let from: Conversation.Mark
        var delivered: Int64?
        var read: Int64?
        let to: Conversation.Mark?
    }

    // The newest message is number 10.
    static let table = [
        Row(from: .init(), delivered: 4, to: .init(delivered: 4, read: 0)),
        Row(from: .init(), read: 4, to: .init(delivered: 4, read: 4)),
        Row(from: .init(), delivered: 2, read: 4, to: .init(delivered: 4, read: 4)),
        Row(from: .init(), delivered: 99, read: 99, to: .init(delivered: 10, read: 10)),
        Row(from: .init(delivered: 6, read: 5), delivered: 5, read: 4, to: nil),
        Row(from: .init(delivered: 6, read: 5), delivered: 6, read: 5, to: nil),
        Row(from: .init(delivered: 6, read: 5), read: 6, to: .init(delivered: 6, read: 6)),
        Row(from: .init(delivered: 6, read: 5), delivered: 8, to: .init(delivered: 8, read: 5)),
        Row(from: .init(delivered: 6, read: 5), delivered: -3, read: .min, to: nil),
        Row(from: .init(delivered: 6, read: 5), to: nil),
        Row(from: .init(delivered: 10, read: 10), delivered: .max, read: .max, to: nil),
    ]

    @Test("A mark never goes back, nor past what has been said; what is read is delivered", arguments: table, [Side.contact, .agent])
    func mark(row: Row, side: Side) {
        var conversation = Loylymaki.conversation(lastSeq: 10)
        if side == .contact { conversation.contactMark = row.from } else { conversation.agentMark = row.from }
        let marked = conversation.mark(side, delivered: row.delivered, read: row.read)
        #expect((side == .contact ? marked?.contactMark : marked?.agentMark) == row.to)
        #expect((side == .contact ? marked?.agentMark : marked?.contactMark) == row.to.map { _ in .init() })
    }

    @Test("However marks come, each side's only grow, and read stays within delivered", arguments: 1...20 as ClosedRange<UInt64>)
    func anyOrder(seed: UInt64) {
        var dice = Dice(seed: seed)
        var conversation = Loylymaki.conversation(lastSeq: 50)
        for _ in 0..<100 {
            let old = conversation
            let side: Side = Bool.random(using: &dice) ? .contact : .agent
            let marks = (0..<2).map { _ in Bool.random(using: &dice) ? Int64.random(in: -5...60, using: &dice) : nil }
            conversation = conversation.mark(side, delivered: marks[0], read: marks[1]) ?? conversation
            for (before, after) in [(old.contactMark, conversation.contactMark), (old.agentMark, conversation.agentMark)] {
                #expect(after.delivered >= before.delivered && after.read >= before.read)
                #expect(after.read <= after.delivered && after.delivered <= 50)
            }
        }
    }

    @Test("A line in the thread is the newest, and unread by the other side")
    func adding() {
        let first = Loylymaki.conversation().adding(message(.reply("Moi!"), by: .contact(liisa), seq: 2))
        #expect(first.last == .init(text: "Moi!", author: .contact(liisa), at: now))
        #expect((first.lastSeq, first.unreadByAgent, first.unreadByContact) == (2, 1, 0))
        let second = first.adding(message(.reply("No moi!"), by: .agent(maija), seq: 3))
        #expect((second.lastSeq, second.unreadByAgent, second.unreadByContact) == (3, 1, 1))
    }

    @Test(
        "A note or what merely happened moves the number only",
        arguments: [
            Message.Content.note("Soitan", mentions: [maija]), .happening(.joined(maija)), .happening(.rated(score: 3, comment: nil)),
        ])
    func addingOther(content: Message.Content) {
        let added = Loylymaki.conversation().adding(message(content, by: .agent(maija), seq: 5))
        #expect(added.last == nil)
        #expect((added.lastSeq, added.unreadByAgent, added.unreadByContact) == (5, 0, 0))
    }

    @Test("A list shows the first 200 characters or 1,600 bytes, never half of one")
    func longLast() {
        let words = Loylymaki.conversation().adding(message(.reply(String(repeating: "ä", count: 300)), by: .contact(liisa), seq: 1))
        #expect(words.last?.text == String(repeating: "ä", count: 200))
        let family = String(repeating: "👩‍👩‍👧‍👦", count: 300)
        let families = Loylymaki.conversation().adding(message(.reply(family), by: .contact(liisa), seq: 1))
        #expect(families.last?.text == String(repeating: "👩‍👩‍👧‍👦", count: 1_600 / "👩‍👩‍👧‍👦".utf8.count))
        let tower = "a" + String(repeating: "\u{301}", count: 5_000)
        let towering = Loylymaki.conversation().adding(message(.reply(tower), by: .contact(liisa), seq: 1))
        #expect(towering.last?.text.unicodeScalars.count == 200)
    }

    private func message(_ content: Message.Content, by author: Author, seq: Int64) -> Message {
        Message(id: "viesti", conversation: "kiuas", author: author, content: content, at: now, seq: seq)
    }
}
