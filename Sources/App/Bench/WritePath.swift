import Core
import Foundation
import NIOPosix
import Realtime
import Reception
import Storage

/// How many messages a second the front desk takes in, without HTTP before it or sockets behind it: every one decided, numbered and
/// on disk before the next of the same writer.
public struct WritePath: Sendable {
    public struct Count: Sendable, Equatable, Encodable {
        public let messages: Int
        public let seconds: Double
        public var perSecond: Double { Double(messages) / seconds }

        enum CodingKeys: CodingKey { case messages, seconds, perSecond }

        public func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(messages, forKey: .messages)
            try container.encode(seconds, forKey: .seconds)
            try container.encode(perSecond, forKey: .perSecond)
        }
    }

    private let settings: Settings
    private let seconds: Double
    private let writers: Int

    /// - Parameter writers: so many write at once, each in a conversation of their own.
    public init(settings: Settings, seconds: Double, writers: Int) {
        (self.settings, self.seconds, self.writers) = (settings, seconds, writers)
    }

    /// Writes to the demo shop of the data directory, which is made if it is missing.
    public func run() async throws -> Count {
        try await DemoShop(settings: settings).open()
        let premises = try Premises.open(settings)
        let count = try await write(to: premises.store)
        try premises.close()
        return count
    }

    private func write(to store: Store) async throws -> Count {
        let hub = try await Hub(store: store, eventLoopGroup: MultiThreadedEventLoopGroup.singleton, baseURL: settings.baseURL)
        // Nobody listens, so nothing is encoded for anybody.
        store.tell { _ in }
        let (desk, door) = (FrontDesk(store: store, hub: hub), VisitorDoor(store: store, hub: hub))
        let agent = try await store.read { try $0.agents(of: $0.site(key: DemoShop.siteKey).workspace)[0] }
        var talks: [Talk] = []
        for number in 0..<writers { talks.append(try await begin(number, desk, door, agent)) }
        let (begun, end) = (ContinuousClock.now, ContinuousClock.now + .seconds(seconds))
        let messages = try await withThrowingTaskGroup(of: Int.self) { group in
            for talk in talks { group.addTask { try await talk.go(on: desk, until: end) } }
            return try await group.reduce(0, +)
        }
        return Count(messages: messages, seconds: (ContinuousClock.now - begun) / .seconds(1))
    }

    private func begin(_ number: Int, _ desk: FrontDesk, _ door: VisitorDoor, _ agent: Agent) async throws -> Talk {
        let welcome = try await door.enter(
            site: DemoShop.siteKey, token: nil, page: nil, languages: ["fi"],
            device: Device(browser: "Firefox", os: "Linux", kind: .desktop))
        let run = UUID().uuidString
        let words = Words(clientID: "\(run)-0", text: "Hei! Onko teillä kiukaita varastossa?")
        let receipt = try await desk.receive(Inbound(.visitor(welcome.session), .site(page: nil, startsNew: true), .say(words)))
        guard let conversation = receipt.message?.message.conversation else { throw Failure("no conversation began.") }
        return Talk(run: run, visitor: welcome.session, agent: agent, conversation: conversation)
    }
}

/// A visitor and an agent who answer each other as fast as they are heard.
private struct Talk: Sendable {
    let run: String
    let visitor: VisitorSession
    let agent: Agent
    let conversation: Conversation.ID

    func go(on desk: FrontDesk, until end: ContinuousClock.Instant) async throws -> Int {
        var count = 0
        while ContinuousClock.now < end {
            count += 1
            let words = Words(
                clientID: "\(run)-\(count)", text: "Kiuas on varastossa, ja se ehtii perille perjantaina klo 12–16. (\(count))")
            let caller: Inbound.Caller = count % 2 == 0 ? .visitor(visitor) : .agent(agent)
            _ = try await desk.receive(Inbound(caller, .conversation(conversation), .say(words)))
        }
        return count
    }
}
