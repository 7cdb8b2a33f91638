/// When people are there to answer, as a company has decided for a site or a team.
///
/// What is more particular wins: a closure over everything, an exception for a day over holidays, holidays over the week.
public struct OpeningHours: Sendable, Equatable {
    /// From one time of a day to another, in minutes after midnight. One that ends when or before it begins ends on the next day.
    public struct Period: Sendable, Hashable {
        public let from: Int
        public let to: Int

        /// - Parameters:
        ///   - from: 0 … 1439.
        ///   - to: 0 … 1440.
        public init(_ from: Int, _ to: Int) {
            self.from = from
            self.to = to
        }
    }

    /// Whether holidays change anything, and where.
    public struct Holidays: Sendable, Equatable {
        public var country: Country
        public var region: String?
        /// Whether the eves on which most companies are closed are days off here.
        public var closesOnEves: Bool
        /// Minutes after midnight at which short days end; nil where they are days like any other.
        public var shortDayEnds: Int?

        public init(_ country: Country, region: String? = nil, closesOnEves: Bool = true, shortDayEnds: Int? = nil) {
            self.country = country
            self.region = region
            self.closesOnEves = closesOnEves
            self.shortDayEnds = shortDayEnds
        }
    }

    /// One day that is different. Without periods it is closed.
    public struct Exception: Sendable, Equatable {
        public var periods: [Period]
        public var note: String

        public init(periods: [Period] = [], note: String = "") {
            self.periods = periods
            self.note = note
        }
    }

    /// Closed from one moment to another, whatever the week says: a fire drill, a broken telephone exchange.
    public struct Closure: Sendable, Equatable {
        public var from: Moment
        /// Nil until somebody opens again.
        public var until: Moment?
        public var message: String

        public init(from: Moment, until: Moment? = nil, message: String = "") {
            self.from = from
            self.until = until
            self.message = message
        }
    }

    public var zone: Zone
    public var week: [Weekday: [Period]]
    public var holidays: Holidays?
    public var exceptions: [Day: Exception]
    public var closure: Closure?

    public init(
        zone: Zone, week: [Weekday: [Period]], holidays: Holidays? = nil, exceptions: [Day: Exception] = [:], closure: Closure? = nil
    ) {
        self.zone = zone
        self.week = week
        self.holidays = holidays
        self.exceptions = exceptions
        self.closure = closure
    }

    /// What decides about a day.
    public enum Reason: Sendable, Equatable {
        case week
        case exception(note: String)
        case holiday(Holiday)
        case shortDay(Holiday)
    }

    /// The periods that begin on a day, and why these.
    public func plan(for day: Day) -> (periods: [Period], reason: Reason) {
        if let exception = exceptions[day] { return (exception.periods, .exception(note: exception.note)) }
        let usual = week[day.weekday] ?? []
        guard let holidays, let holiday = holidays.holiday(on: day) else { return (usual, .week) }
        if holiday.kind != .shortDay { return ([], .holiday(holiday)) }
        guard let end = holidays.shortDayEnds else { return (usual, .week) }
        return (usual.compactMap { $0.cut(at: end) }, .shortDay(holiday))
    }
}

extension OpeningHours.Period {
    var endsNextDay: Bool { to <= from }

    /// What is left of it when everything ends at a time of the day.
    fileprivate func cut(at end: Int) -> Self? {
        guard from < end else { return nil }
        return endsNextDay || to > end ? Self(from, end) : self
    }
}

extension OpeningHours.Holidays {
    /// The holiday that changes this day, if one does.
    fileprivate func holiday(on day: Day) -> Holiday? {
        country.holidays(in: day.year, region: region).first { holiday in
            guard holiday.day == day else { return false }
            return holiday.kind != .eve || closesOnEves
        }
    }
}
