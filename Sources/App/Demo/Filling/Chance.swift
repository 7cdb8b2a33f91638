import Core

/// Chance that can be repeated: the same seed and place give the same numbers (SplitMix64, Steele, Lea and Flood 2014).
struct Chance: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64, _ stream: UInt64, _ place: UInt64) {
        state = seed
        for word in [stream, place] { state = Self.mixed(state ^ (word &* 0x9E37_79B9_7F4A_7C15)) &+ word }
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        return Self.mixed(state)
    }

    mutating func happens(_ share: Double) -> Bool { Double(next() >> 11) * 0x1p-53 < share }
    mutating func number(_ range: ClosedRange<Int64>) -> Int64 { range.lowerBound + Int64(next() % UInt64(range.count)) }
    mutating func pick<Thing>(_ things: [Thing]) -> Thing { things[Int(next() % UInt64(things.count))] }
    mutating func id<Thing>(at moment: Moment) -> ID<Thing> { ID(at: moment, random: (next(), next())) }

    private static func mixed(_ word: UInt64) -> UInt64 {
        var word = word
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }
}
