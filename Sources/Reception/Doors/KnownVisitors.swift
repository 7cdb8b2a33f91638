import Core
import Synchronization

/// Visitors who have just been looked up: whoever writes fast is not looked up for every word.
///
/// Held for ten seconds, because another process may have proven a visitor to be somebody else meanwhile.
final class KnownVisitors: Sendable {
    private struct Known {
        let session: VisitorSession
        let until: Moment
    }

    private static let seconds: Int64 = 10
    private static let most = 50_000
    private let world: World
    private let visitors = Mutex<[String: Known]>([:])

    init(world: World) { self.world = world }

    func find(_ token: String, site key: String) -> VisitorSession? {
        let now = world.now()
        return visitors.withLock { visitors in visitors[key + " " + token].flatMap { $0.until > now ? $0.session : nil } }
    }

    func remember(_ session: VisitorSession, _ token: String, site key: String) {
        let until = world.now().adding(seconds: Self.seconds)
        visitors.withLock { visitors in
            if visitors.count >= Self.most { visitors.removeAll() }
            visitors[key + " " + token] = Known(session: session, until: until)
        }
    }

    /// Something about a visitor has changed: everybody is looked up anew, which costs little and forgets nobody.
    func forgetAll() { visitors.withLock { $0.removeAll() } }
}
