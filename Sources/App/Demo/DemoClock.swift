import Core
import Synchronization

/// A clock that is set by hand, so that what was said yesterday stands at yesterday's time.
final class DemoClock: Sendable {
    private let milliseconds: Mutex<Int64>

    init(_ moment: Moment) { milliseconds = Mutex(moment.milliseconds) }

    var now: Moment { Moment(milliseconds: milliseconds.withLock { $0 }) }
    func set(_ moment: Moment) { milliseconds.withLock { $0 = moment.milliseconds } }

    func world(random: @escaping @Sendable () -> UInt64) -> World { World(now: { self.now }, random: random) }
}
