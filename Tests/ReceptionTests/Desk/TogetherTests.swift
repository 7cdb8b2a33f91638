import Core
import Dispatch
import Reception
import Storage
import Testing
import TestSupport

private let liisa = Loylymaki.liisasPhone
private let pekka = Loylymaki.pekkasComputer
private let maija = Loylymaki.maija

/// Whatever comes while a commit is under way shares the next one: looked up together, written together, and yet each as if alone.
@Suite("Those who write together")
struct TogetherTests {
    let house: House
    let told = Notebook<Event>()

    init() async throws {
        house = try await House()
        house.store.tell { [told] in told.write($0) }
    }

    @Test("A crowd's messages are each said once, numbered without a hole, and the conversations are as if they had come alone")
    func crowd() async throws {
        let talks = [try await house.question(), try #require(try await house.says(pekka, "Moi", id: "p1").conversation?.conversation.id)]
        let answers = await together(240) { [house] number in
            let (talk, session) = (talks[number % 2], [liisa, pekka][number % 2])
            // Every tenth is one that another says at the same moment under the same client id.
            let id = "\(number % 10 == 8 ? number - 2 : number)"
            return switch number % 6 {
            case 0, 1, 2: try await house.says(session, "Sana \(id)", id: id, in: .conversation(talk))
            case 3: try await house.answers(maija, "Vastaus \(id)", id: id, in: talk)
            case 4: try await house.does(session, .mark(delivered: nil, read: .max), .conversation(talk))
            default: try await house.does(maija, .note(Words(clientID: id, text: "Muistiin \(id)"), mentions: []), talk)
            }
        }
        let receipts = try answers.map { try $0.get() }
        let said = receipts.compactMap(\.message).map(\.message)
        let repeated = receipts.filter(\.isRepeated).count
        // Four in six say something, each said by one and repeated by nobody or some.
        #expect(said.count == 200)
        #expect(repeated == said.count - Set(said.map(\.id)).count)
        for talk in talks { try await isRight(talk, said.filter { $0.conversation == talk }) }
        #expect(told.notes.map(\.seq) == Array(1...(try await house.head())))
    }

    @Test("Who is refused among them takes nothing along, and sees nothing that is not theirs")
    func refused() async throws {
        let id = try await house.question()
        let answers = await together(90) { [house] number in
            switch number % 3 {
            case 0: try await house.says(liisa, "Sana \(number)", id: "\(number)", in: .conversation(id))
            case 1: try await house.says(pekka, "Sana \(number)", id: "\(number)", in: .conversation(id))
            default: try await house.answers(Loylymaki.stranger, "Sana \(number)", id: "\(number)", in: id)
            }
        }
        for (number, answer) in answers.enumerated() {
            if number % 3 == 0 {
                #expect(try answer.get().message?.message.text == "Sana \(number)")
            } else {
                #expect(throws: Refusal.notFound("conversation")) { try answer.get() }
            }
        }
        try await isRight(id, answers.compactMap { try? $0.get().message?.message })
        #expect(told.notes.map(\.seq) == Array(1...(try await house.head())))
    }

    @Test("Who asks for nonsense among them spoils it for nobody else")
    func nonsense() async throws {
        let id = try await house.question()
        let answers = await together(60) { [house] number in
            switch number % 3 {
            case 0: try await house.says(liisa, "Sana \(number)", id: "\(number)\0", in: .conversation(id))
            case 1: try await house.answers(maija, "Vastaus \(number)", id: "\(number)", in: ID("\(id)\0"))
            default: try await house.says(liisa, "Sana \(number)", id: "\(number)", in: .conversation(id))
            }
        }
        for (number, answer) in answers.enumerated() where number % 3 == 2 { #expect(answer.isSuccess) }
        #expect(answers.indices.filter { $0 % 3 == 1 && answers[$0].isSuccess }.isEmpty)
        try await isRight(id, answers.compactMap { try? $0.get().message?.message })
    }

    @Test("Two who take the same free conversation in one commit: one has it, and the other is told who")
    func taking() async throws {
        let id = try await house.question()
        let answers = await together(2) { [house] number in
            try await house.does([maija, Loylymaki.juhani][number], .take(onlyIfFree: true), id)
        }
        let holder = try await house.conversation(id).agent
        #expect(answers.filter(\.isSuccess).count == 1)
        let winner = answers[0].isSuccess ? maija.id : Loylymaki.juhani.id
        #expect(holder == winner)
    }

    /// The row says what the thread says.
    private func isRight(_ id: Conversation.ID, _ said: [Message]) async throws {
        let (conversation, thread) = (try await house.conversation(id), try await house.thread(id))
        #expect(Set(said.map(\.id)).isSubset(of: thread.map(\.id)))
        let asked = thread.filter { $0.clientID != nil }
        #expect(Set(asked.map { "\($0.author) \($0.clientID ?? "")" }).count == asked.count)
        #expect(conversation.lastSeq == thread.last?.seq)
        #expect(conversation.last?.text == thread.last { if case .reply = $0.content { true } else { false } }?.text)
        for (side, unread, mark) in [
            (Side.contact, conversation.unreadByContact, conversation.contactMark),
            (.agent, conversation.unreadByAgent, conversation.agentMark),
        ] {
            let missed = thread.filter { message in
                guard case .reply = message.content else { return false }
                return message.author.side != side && message.seq > mark.read
            }
            #expect(unread == missed.count)
        }
    }

    /// - Returns: what each was answered, in their order.
    private func together(
        _ count: Int, _ body: @escaping @Sendable (Int) async throws -> Receipt
    ) async -> [Result<Receipt, any Error>] {
        let gate = DispatchSemaphore(value: 0)
        await withCheckedContinuation { entered in
            Task { [house] in
                try await house.store.write { _ in
                    entered.resume()
                    gate.wait()
                }
            }
        }
        let arrived = Notebook<Int>()
        return await withTaskGroup(of: (Int, Result<Receipt, any Error>).self) { group in
            for number in 0..<count {
                group.addTask {
                    arrived.write([number])
                    if arrived.notes.count == count { gate.signal() }
                    do { return (number, .success(try await body(number))) } catch { return (number, .failure(error)) }
                }
            }
            let answers = await group.reduce(into: [Int: Result<Receipt, any Error>]()) { $0[$1.0] = $1.1 }
            return (0..<count).compactMap { answers[$0] }
        }
    }
}

extension Result {
    fileprivate var isSuccess: Bool { if case .success = self { true } else { false } }
}
