/// A point in time: integer milliseconds since 1970 UTC, as stored and as sent.
public struct Moment: Hashable, Sendable, Comparable, Codable {
    public let milliseconds: Int64

    public init(milliseconds: Int64) { self.milliseconds = milliseconds }

    public init(from decoder: any Decoder) throws {
        milliseconds = try decoder.singleValueContainer().decode(Int64.self)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(milliseconds)
    }

    public func adding(seconds: Int64) -> Moment { Moment(milliseconds: milliseconds + seconds * 1000) }

    public static func < (one: Self, other: Self) -> Bool { one.milliseconds < other.milliseconds }
}
