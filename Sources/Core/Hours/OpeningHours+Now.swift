/// From one moment to the moment at which it is over.
public struct Span: Sendable, Hashable {
    public let from: Moment
    public let to: Moment

    public var seconds: Int64 { (to.milliseconds - from.milliseconds) / 1000 }

    func contains(_ moment: Moment) -> Bool { from <= moment && moment < to }
}

/// Whether it is open at a moment, why, and when that changes.
public struct OpenOrClosed: Sendable, Equatable {
    public enum Why: Sendable, Equatable {
        case day(OpeningHours.Reason)
        /// A day like any other, but not at this time of it.
        case timeOfDay
        case closure(message: String)
    }

    public let isOpen: Bool
    public let why: Why
    /// When it closes next; while it is closed, when it closes after it has opened next.
    public let closes: Moment?
    /// When it opens next; while it is open, when it opens after it has closed next. Nil when no end is in sight.
    public let opens: Moment?

    public init(isOpen: Bool, why: Why, closes: Moment?, opens: Moment?) {
        (self.isOpen, self.why, self.closes, self.opens) = (isOpen, why, closes, opens)
    }
}

extension OpeningHours {
    /// Days after which nobody looks any further.
    fileprivate static let inSight = 740

    /// The truth at a moment.
    public func explain(at moment: Moment) -> OpenOrClosed {
        let (day, _) = zone.local(moment)
        var spans = upcoming(from: moment).makeIterator()
        let (next, afterwards) = (spans.next(), spans.next())
        if let next, next.contains(moment) {
            let began = zone.local(next.from).day
            let closes = afterwards.map { next.to < $0.from } ?? (next.seconds < Int64(Self.inSight) * 86_400) ? next.to : nil
            return OpenOrClosed(
                isOpen: true, why: .day(plan(for: began).reason), closes: closes, opens: closes.flatMap { _ in afterwards?.from })
        }
        return OpenOrClosed(isOpen: false, why: whyClosed(at: moment, on: day), closes: next?.to, opens: next?.from)
    }

    private func whyClosed(at moment: Moment, on day: Day) -> OpenOrClosed.Why {
        if let closure, closure.from <= moment, closure.until.map({ moment < $0 }) ?? true { return .closure(message: closure.message) }
        let plan = plan(for: day)
        return plan.reason == .week && !plan.periods.isEmpty ? .timeOfDay : .day(plan.reason)
    }

    /// When it is open, in order, from the span on that has not ended at a moment. Ends when nothing opens for two years.
    public func upcoming(from moment: Moment) -> Upcoming { Upcoming(self, from: moment) }

    public struct Upcoming: Sequence, IteratorProtocol {
        private let hours: OpeningHours
        private let moment: Moment
        private var day: Day
        private var found: [Span] = []
        private var quietDays = 0

        /// A period may have begun the day before.
        init(_ hours: OpeningHours, from moment: Moment) {
            (self.hours, self.moment) = (hours, moment)
            day = hours.zone.local(moment).day - 2
        }

        public mutating func next() -> Span? {
            while true {
                // One that ends at midnight may go on in the next day's: it is whole when another has been found after it.
                while found.count < 2, quietDays < OpeningHours.inSight, !isEndless { look() }
                guard !found.isEmpty else { return nil }
                let span = found.removeFirst()
                if span.to > moment { return span }
            }
        }

        /// Open for so long that it has to be told before its end is found; then it goes on in the next span.
        private var isEndless: Bool { found.first.map { $0.seconds > Int64(OpeningHours.inSight) * 86_400 } ?? false }

        private mutating func look() {
            let spans = hours.spans(beginningOn: day)
            quietDays = spans.isEmpty ? quietDays + 1 : 0
            found = OpeningHours.joined(found + spans)
            day = day + 1
        }
    }

    fileprivate func spans(beginningOn day: Day) -> [Span] {
        plan(for: day).periods.flatMap { period in
            let end = zone.last(period.endsNextDay ? day + 1 : day, minute: period.to)
            return open(Span(from: zone.first(day, minute: period.from), to: end))
        }
    }

    /// What a closure leaves of it.
    private func open(_ span: Span) -> [Span] {
        guard let closure else { return [span].filter { $0.from < $0.to } }
        let before = Span(from: span.from, to: min(span.to, closure.from))
        let after = closure.until.map { Span(from: max(span.from, $0), to: span.to) }
        return [before, after].compactMap(\.self).filter { $0.from < $0.to }
    }

    fileprivate static func joined(_ spans: [Span]) -> [Span] {
        spans.sorted { ($0.from, $0.to) < ($1.from, $1.to) }.reduce(into: []) { joined, span in
            if let last = joined.last, span.from <= last.to {
                joined[joined.count - 1] = Span(from: last.from, to: max(last.to, span.to))
            } else {
                joined.append(span)
            }
        }
    }
}
