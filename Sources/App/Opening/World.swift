import Core
import Foundation

extension World {
    /// The clock on the wall and the machine's randomness.
    public static let real = World(
        now: { Moment(milliseconds: Int64((Date().timeIntervalSince1970 * 1000).rounded(.down))) },
        random: {
            var generator = SystemRandomNumberGenerator()
            return generator.next()
        })
}
