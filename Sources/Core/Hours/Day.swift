/// A day of the Gregorian calendar, wherever it is: how many days it lies after 1970-01-01.
public struct Day: Hashable, Comparable, Sendable {
    public let number: Int

    public init(number: Int) { self.number = number }

    /// Days are counted in years that begin in March, so that the leap day is the last of one.
    public init(year: Int, month: Int, day: Int) {
        let shifted = month > 2 ? (year, month - 3) : (year - 1, month + 9)
        let inYear = (153 * shifted.1 + 2) / 5 + day - 1
        number = 365 * shifted.0 + Self.leapDays(before: shifted.0) + inYear - Self.daysBefore1970
    }

    /// Nil unless the text is a day that exists, `2026-02-28`.
    public init?(iso text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        let isDigits = parts.allSatisfy { $0.allSatisfy { $0.isASCII && $0.isNumber } }
        guard isDigits, parts.map(\.count) == [4, 2, 2] else { return nil }
        let (year, month, day) = (Int(parts[0]) ?? 0, Int(parts[1]) ?? 0, Int(parts[2]) ?? 0)
        self.init(year: year, month: month, day: day)
        guard (1...12).contains(month), iso == text else { return nil }
    }

    public var year: Int { parts.year }
    /// 1 … 12.
    public var month: Int { parts.month }
    /// Of the month, 1 … 31.
    public var day: Int { parts.day }
    public var weekday: Weekday { Weekday.allCases[(((number + 3) % 7) + 7) % 7] }

    public var iso: String {
        let (year, month, day) = parts
        return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
    }

    public static func < (one: Self, other: Self) -> Bool { one.number < other.number }
    public static func + (day: Self, count: Int) -> Self { Self(number: day.number + count) }
    public static func - (day: Self, count: Int) -> Self { Self(number: day.number - count) }

    /// This day if it is such a weekday, else the next one that is.
    public func next(_ weekday: Weekday) -> Day {
        let days = Weekday.allCases
        let distance = (days.firstIndex(of: weekday) ?? 0) - (days.firstIndex(of: self.weekday) ?? 0)
        return self + (distance + 7) % 7
    }

    private var parts: (year: Int, month: Int, day: Int) {
        let days = number + Self.daysBefore1970
        var year = Self.floor(days * 400, 146_097)
        while 365 * year + Self.leapDays(before: year) > days { year -= 1 }
        while 365 * (year + 1) + Self.leapDays(before: year + 1) <= days { year += 1 }
        let inYear = days - 365 * year - Self.leapDays(before: year)
        let month = (5 * inYear + 2) / 153
        let day = inYear - (153 * month + 2) / 5 + 1
        return month < 10 ? (year, month + 3, day) : (year + 1, month - 9, day)
    }

    /// From March of the year 0 to the end of 1969.
    private static let daysBefore1970 = 719_468

    private static func leapDays(before year: Int) -> Int { floor(year, 4) - floor(year, 100) + floor(year, 400) }

    private static func floor(_ number: Int, _ divisor: Int) -> Int {
        number >= 0 ? number / divisor : -((-number + divisor - 1) / divisor)
    }

    private func padded(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}

/// Begins with Monday, as the week does in all the countries we know.
public enum Weekday: String, Sendable, CaseIterable, Codable {
    case monday, tuesday, wednesday, thursday, friday, saturday, sunday

    public var isWeekend: Bool { self == .saturday || self == .sunday }
}
