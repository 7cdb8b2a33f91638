import Core
import Realtime
import Reception
import Storage
import Testing
import TestSupport

private let shop = Loylymaki.workspace.id

@Suite("Who sees whom type")
struct TypingTests {
    let house: House
    let id: Conversation.ID

    init() async throws {
        house = try await House()
        id = try await house.question()
    }

    @Test("Agents see what a visitor is typing if the site says so, else only that they type", arguments: [true, false])
    func peek(isOn: Bool) async throws {
        _ = try await house.office.change(Loylymaki.shop.id, of: shop) { $0.peek = isOn }
        let signals = try await heard(by: .agent(Loylymaki.maija), from: .contact("liisa"), typing: String(repeating: "ä", count: 3_000))
        #expect(signals.count == 1)
        #expect((signals.first?["text"] as? String)?.count == (isOn ? 2_000 : nil))
        #expect(signals.first?["type"] as? String == "typing")
    }

    @Test("A customer sees that an agent writes, never what; colleagues see it too")
    func agentTypes() async throws {
        let customer = try await heard(by: .visitor(Loylymaki.liisasPhone), from: .agent("maija"), typing: "En tiedä")
        #expect(customer.map { $0["type"] as? String } == ["typing"])
        #expect(customer[0]["text"] == nil)
        let colleagues = try await heard(by: .agent(Loylymaki.juhani), from: .agent("maija"), typing: "En tiedä")
        #expect(colleagues.map { $0["type"] as? String } == ["composing"])
        #expect(colleagues[0]["text"] == nil)
    }

    @Test("Nobody types into another's conversation, nor another company's")
    func walls() async throws {
        #expect(await house.desk.typingRoute(in: id, of: .contact("pekka"), in: shop) == nil)
        #expect(await house.desk.typingRoute(in: id, of: .agent("vieras"), in: Loylymaki.neighbour.id) == nil)
        #expect(await house.desk.typingRoute(in: "olematon", of: .contact("liisa"), in: shop) == nil)
        #expect(await house.desk.typingRoute(in: id, of: .bot, in: shop) == nil)
    }

    @Test("Another customer hears nothing of it")
    func others() async throws {
        #expect(try await heard(by: .visitor(Loylymaki.pekkasComputer), from: .agent("maija"), typing: "Moi", seconds: 1).isEmpty)
    }

    /// What a long poll of a seat brings when somebody types.
    private func heard(by seat: Seat, from author: Author, typing text: String, seconds: Int = 25) async throws -> [[String: any Sendable]]
    {
        let route = try #require(await house.desk.typingRoute(in: id, of: author, in: shop))
        let head = try await house.head()
        async let answer = house.hub.poll(seat, after: head, seconds: seconds)
        // The waiting begins at its own time: typed until it is over.
        let typing = Task {
            while !Task.isCancelled {
                route.tell(text, false)
                try await Task.sleep(for: .milliseconds(5))
            }
        }
        defer { typing.cancel() }
        return Array(try await answer.signals.map { try json($0) }.prefix(1))
    }
}
