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
    private let memory = Mutex(Memory())

    private struct Memory {
        var visitors: [String: Known] = [:]
        /// How often everybody has been forgotten.
        var round = 0
    }

    init(world: World) { self.world = world }

    /// To be asked before a visitor is looked up in the database, and given when they are remembered.
    var round: Int { memory.withLock { $0.round } }

    func find(_ token: String, site key: String) -> VisitorSession? {
        let now = world.now()
        return memory.withLock { memory in memory.visitors[key + " " + token].flatMap { $0.until > now ? $0.session : nil } }
    }

    /// What was read before everybody was forgotten may be what has changed: it is not remembered.
    func remember(_ session: VisitorSession, _ token: String, site key: String, since round: Int) {
        let until = world.now().adding(seconds: Self.seconds)
        memory.withLock { memory in
            guard memory.round == round else { return }
            if memory.visitors.count >= Self.most { memory.visitors.removeAll() }
            memory.visitors[key + " " + token] = Known(session: session, until: until)
        }
    }

    /// Something about a visitor has changed: everybody is looked up anew, which costs little and forgets nobody.
    func forgetAll() {
        memory.withLock { memory in
            memory.visitors.removeAll()
            memory.round += 1
        }
    }
}
