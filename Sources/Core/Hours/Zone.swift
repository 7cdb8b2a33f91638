import Foundation

/// A time zone by its name, `Europe/Helsinki`: when a clock on a wall there shows what.
public struct Zone: Hashable, Sendable {
    public let name: String
    private let zone: TimeZone

    /// Nil for a name that nobody knows.
    public init?(_ name: String) {
        guard name == "UTC" || name.contains("/"), let zone = TimeZone(identifier: name) else { return nil }
        self.name = name
        self.zone = zone
    }

    public static func == (one: Self, other: Self) -> Bool { one.name == other.name }
    public func hash(into hasher: inout Hasher) { hasher.combine(name) }

    /// The day and the minute after midnight that clocks show.
    public func local(_ moment: Moment) -> (day: Day, minute: Int) {
        let seconds = floorDivided(moment.milliseconds, 1000) + offset(at: floorDivided(moment.milliseconds, 1000))
        let day = floorDivided(seconds, 86_400)
        return (Day(number: Int(day)), Int(seconds - day * 86_400) / 60)
    }

    /// When clocks first show this time or, if they leap over it, the moment they leap. 24:00 is the next day's midnight.
    public func first(_ day: Day, minute: Int) -> Moment { candidates(day, minute).first }

    /// When clocks show this time for the last time: in autumn an hour later than for the first.
    public func last(_ day: Day, minute: Int) -> Moment { candidates(day, minute).last }

    private func candidates(_ day: Day, _ minute: Int) -> (first: Moment, last: Moment) {
        let wall = Int64(day.number) * 86_400 + Int64(minute) * 60
        let offsets = [offset(at: wall - 86_400), offset(at: wall + 86_400)]
        let fitting = offsets.map { wall - $0 }.filter { $0 + offset(at: $0) == wall }
        guard let first = fitting.min(), let last = fitting.max() else {
            let leap = leap(after: wall - 86_400, before: wall + 86_400)
            return (leap, leap)
        }
        return (Moment(seconds: first), Moment(seconds: last))
    }

    private func leap(after start: Int64, before end: Int64) -> Moment {
        var (low, high) = (start, end)
        let before = offset(at: low)
        while high - low > 1 {
            let middle = (low + high) / 2
            if offset(at: middle) == before { low = middle } else { high = middle }
        }
        return Moment(seconds: high)
    }

    private func offset(at seconds: Int64) -> Int64 {
        Int64(zone.secondsFromGMT(for: Date(timeIntervalSince1970: TimeInterval(seconds))))
    }

    private func floorDivided(_ number: Int64, _ divisor: Int64) -> Int64 {
        number >= 0 ? number / divisor : -((-number + divisor - 1) / divisor)
    }
}

extension Moment {
    fileprivate init(seconds: Int64) { self.init(milliseconds: seconds * 1000) }
}
