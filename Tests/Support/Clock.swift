import Core
import Synchronization

/// Time that stands still until a test moves it.
public final class Clock: Sendable {
    private let milliseconds: Mutex<Int64>

    /// - Parameter milliseconds: by default Saturday, 21 November 2026, nine in the morning UTC.
    public init(milliseconds: Int64 = 1_795_251_600_000) { self.milliseconds = Mutex(milliseconds) }

    public var now: Moment { Moment(milliseconds: milliseconds.withLock { $0 }) }

    public func advance(seconds: Int64) { milliseconds.withLock { $0 += seconds * 1000 } }
}

/// Chance that falls the same way every time (SplitMix64).
public final class Dice: Sendable, RandomNumberGenerator {
    private let state: Mutex<UInt64>

    public init(seed: UInt64) { state = Mutex(seed) }

    public func next() -> UInt64 {
        state.withLock { state in
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
    }
}

extension World {
    public static func fixed(_ clock: Clock, seed: UInt64 = 1) -> World {
        let dice = Dice(seed: seed)
        return World(now: { clock.now }, random: { dice.next() })
    }
}
