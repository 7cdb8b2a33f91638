import Core
import Testing

@Suite("A queue")
struct QueueTests {
    @Test("Places move up as people are served, leave, and come back")
    func places() {
        var queue = Queue()
        for (number, name) in ["a", "b", "c", "d"].enumerated() { queue.note(.arrive(name), at: Double(number)) }
        queue.note(.arrive("a"), at: 9)
        #expect(["a", "b", "c", "d"].map { queue.place(of: $0) } == [1, 2, 3, 4])
        queue.note(.start("a", agent: "maija"), at: 10)
        queue.note(.leave("c"), at: 11)
        #expect(["a", "b", "c", "d"].map { queue.place(of: $0) } == [nil, 1, nil, 2])
        #expect(queue.waiting.first?.since == 1)
    }

    @Test("What is free is what those who are here can take, less what they have")
    func free() {
        var queue = Queue()
        queue.note(.agentOn("maija", capacity: 2), at: 0)
        queue.note(.agentOn("juhani", capacity: 1), at: 0)
        for name in ["a", "b"] { queue.note(.start(name, agent: "maija"), at: 1) }
        #expect(queue.free == 1)
        queue.note(.agentOff("juhani"), at: 2)
        #expect(queue.free == 0)
        // One who has more than they take at once, because they take fewer now, has no room; and takes none from others.
        queue.note(.agentOn("maija", capacity: 1), at: 3)
        queue.note(.agentOn("juhani", capacity: 1), at: 3)
        #expect(queue.free == 1)
        queue.note(.end("a"), at: 4)
        queue.note(.end("b"), at: 4)
        #expect(queue.free == 2)
    }
}
