import Core
import Synchronization

/// Token buckets: so many a minute, with room for a burst of a quarter of it.
///
/// A visitor's messages are counted by session, so that an office behind one address is not one person.
final class RateLimits: Sendable {
    enum Kind: String { case messages, requests, signIns, sessions }

    private struct Bucket {
        var tokens: Double
        var filledAt: Moment
    }

    private let world: World
    private let buckets = Mutex<[String: Bucket]>([:])
    private static let most = 200_000

    init(world: World) { self.world = world }

    /// - Throws: `tooManyRequests` with the seconds after which there is room again.
    func take(_ kind: Kind, _ who: String, perMinute: Int) throws {
        guard perMinute > 0 else { return }
        let now = world.now()
        let wait: Double? = buckets.withLock { buckets in
            if buckets.count > Self.most { Self.forgetFull(&buckets, now) }
            let key = "\(kind.rawValue) \(who)"
            let most = max(5, Double(perMinute) / 4)
            let perMillisecond = Double(perMinute) / 60_000
            var bucket = buckets[key] ?? Bucket(tokens: most, filledAt: now)
            bucket.tokens = min(most, bucket.tokens + Double(now.milliseconds - bucket.filledAt.milliseconds) * perMillisecond)
            bucket.filledAt = now
            let isFree = bucket.tokens >= 1
            if isFree { bucket.tokens -= 1 }
            buckets[key] = bucket
            return isFree ? nil : (1 - bucket.tokens) / perMillisecond / 1000
        }
        if let wait { throw Refusal.tooManyRequests(retryAfter: max(1, Int(wait.rounded(.up)))) }
    }

    /// Who has not come for a minute has a full bucket again, and needs none.
    private static func forgetFull(_ buckets: inout [String: Bucket], _ now: Moment) {
        buckets = buckets.filter { now.milliseconds - $0.value.filledAt.milliseconds < 60_000 }
        if buckets.count > most { buckets.removeAll() }
    }
}
