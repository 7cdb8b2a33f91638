/// A typed, time-ordered identifier: 26 characters of Crockford base 32 in lower case, the first ten of them
/// milliseconds since 1970, so that newer rows sort after older ones (the layout of ULID).
public struct ID<Thing>: Hashable, Sendable, Comparable, CustomStringConvertible {
    public let text: String

    public init(_ text: String) { self.text = text }

    /// Makes a new identifier from the present moment and 80 random bits.
    public init(at now: Moment, random: (UInt64, UInt64)) {
        let digits = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)
        text = String(unsafeUninitializedCapacity: 26) { buffer in
            for place in 0..<10 { buffer[place] = digits[Int((now.milliseconds >> (5 * (9 - place))) & 31)] }
            for place in 0..<8 { buffer[10 + place] = digits[Int((random.0 >> (5 * place)) & 31)] }
            for place in 0..<8 { buffer[18 + place] = digits[Int((random.1 >> (5 * place)) & 31)] }
            return 26
        }
    }

    public var description: String { text }

    public static func < (one: Self, other: Self) -> Bool { one.text < other.text }
}

extension ID: Codable {
    public init(from decoder: any Decoder) throws { text = try decoder.singleValueContainer().decode(String.self) }
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}
