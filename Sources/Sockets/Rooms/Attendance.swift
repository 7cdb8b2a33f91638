import NIOConcurrencyHelpers

/// Which event loops have members of a room, for all threads to see: waking a loop in vain costs more than a look here.
///
/// A loop is noted before its first member hears anything, so who joins and then reads the log misses nothing.
final class Attendance: Sendable {
    /// One bit an event loop.
    struct Loops {
        fileprivate var bits: UInt64 = 0

        /// The last bit stands for all loops from the 64th on.
        fileprivate static func bit(_ index: Int) -> UInt64 { 1 << UInt64(min(index, 63)) }

        func contains(_ index: Int) -> Bool { bits & Self.bit(index) != 0 }
    }

    private let rooms = NIOLockedValueBox<[Room: Loops]>([:])

    func loops(of room: Room) -> Loops { rooms.withLockedValue { $0[room] ?? Loops() } }

    func note(_ room: Room, on index: Int) {
        rooms.withLockedValue { $0[room, default: Loops()].bits |= Loops.bit(index) }
    }

    func forget(_ room: Room, on index: Int) {
        rooms.withLockedValue { rooms in
            // A shared bit stays: another loop may still need it.
            guard index < 63, let place = rooms.index(forKey: room) else { return }
            rooms.values[place].bits &= ~Loops.bit(index)
            if rooms.values[place].bits == 0 { rooms.remove(at: place) }
        }
    }
}
