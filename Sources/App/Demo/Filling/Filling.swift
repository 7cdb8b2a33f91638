import Core
import Foundation
import Storage
import Synchronization

/// Fills the demo shop with a year of conversations: believable, many, and the same for the same seed and moment.
///
/// Rules decide as they always do; only the way to the disk is wider than the front desk, a few hundred conversations at a time.
public struct Filling: Sendable {
    public struct Count: Sendable, Equatable, Encodable {
        public var conversations = 0
        public var messages = 0
    }

    public struct Progress: Sendable {
        public let done: Count
        public let of: Int
        public let seconds: Double
        public var isLast: Bool { done.conversations == of }

        public var sentence: String {
            "\(done.conversations) of \(of) conversations, \(Int(Double(done.messages) / max(seconds, 0.001))) messages a second"
        }
    }

    private static let batch = 250

    private let settings: Settings
    private let conversations: Int
    private let seed: UInt64
    private let world: World

    public init(settings: Settings, conversations: Int, seed: UInt64, world: World = .real) {
        (self.settings, self.conversations, self.seed, self.world) = (settings, conversations, seed, world)
    }

    /// - Parameter tell: hears how far it has got.
    public func run(_ tell: (Progress) -> Void = { _ in }) async throws -> Count {
        let clock = DemoClock(world.now())
        let premises = try Premises.open(settings, world: clock.world(random: Self.fast(from: world.random())))
        do {
            let count = try await fill(premises.store, clock, try await imagination(premises.store), tell)
            try premises.close()
            return count
        } catch {
            try? premises.close()
            throw error
        }
    }

    /// Ids by the million: asking the system for each of their random words would cost more than writing some rows.
    private static func fast(from seed: UInt64) -> @Sendable () -> UInt64 {
        let chance = Mutex(Chance(seed: seed, 0, 0))
        return { chance.withLock { $0.next() } }
    }

    private func imagination(_ store: Store) async throws -> Imagination {
        let (seed, count, ending) = (seed, conversations, world.now())
        return try await store.read { tx in
            let site = try tx.site(key: DemoShop.siteKey)
            let agents = try tx.agents(of: site.workspace).filter { $0.isActive && $0.role != .owner }
            guard !agents.isEmpty else { throw Failure("nobody answers customers here. Add somebody with “moro agent add”.") }
            return Imagination(seed: seed, count: count, ending: ending, site: site, agents: agents.map(\.id))
        }
    }

    /// While one batch is being written the next is imagined.
    private func fill(_ store: Store, _ clock: DemoClock, _ imagination: Imagination, _ tell: (Progress) -> Void) async throws -> Count {
        let (begun, batch, total) = (ContinuousClock.now, Self.batch, conversations)
        let imagine = { @Sendable (from: Int) in (from..<min(from + batch, total)).map(imagination.conversation) }
        var (count, next) = (Count(), Task { imagine(0) })
        for start in stride(from: 0, to: total, by: batch) {
            let imagined = await next.value
            next = Task { imagine(min(start + batch, total)) }
            count.messages += try await store.write { tx in
                let messages = try tx.store(imagined, imagination.site, clock)
                _ = try tx.indexWords(of: imagination.site.workspace, batch: .max)
                return messages
            }
            count.conversations += imagined.count
            tell(Progress(done: count, of: total, seconds: (ContinuousClock.now - begun) / .seconds(1)))
        }
        return count
    }
}
