/// What rules may not reach for by themselves: the present moment and randomness. Handed in by the composition, fixed in tests.
public struct World: Sendable {
    public let now: @Sendable () -> Moment
    public let random: @Sendable () -> UInt64

    public init(now: @escaping @Sendable () -> Moment, random: @escaping @Sendable () -> UInt64) {
        self.now = now
        self.random = random
    }

    public func newID<Thing>(_ type: Thing.Type = Thing.self) -> ID<Thing> {
        ID(at: now(), random: (random(), random()))
    }

    /// An unguessable word for whatever leaves the house: 40 characters of base 32, 200 random bits.
    public func newToken() -> String {
        let digits = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)
        let words = (0..<4).map { _ in random() }
        return String(decoding: (0..<40).map { digits[Int((words[$0 / 10] >> UInt64(5 * ($0 % 10))) & 31)] }, as: UTF8.self)
    }
}
