/// Time in which somebody is at work: the only time in which a promise can be kept.
extension OpeningHours {
    /// The moment at which so much open time has passed. Nil when it never will.
    public func adding(seconds: Int64, to moment: Moment) -> Moment? {
        guard seconds > 0 else { return moment }
        var left = seconds * 1000
        for span in upcoming(from: moment) {
            let from = max(span.from, moment).milliseconds
            if span.to.milliseconds - from >= left { return Moment(milliseconds: from + left) }
            left -= span.to.milliseconds - from
        }
        return nil
    }

    /// How much open time lies between two moments.
    public func openSeconds(from start: Moment, to end: Moment) -> Int64 {
        var open: Int64 = 0
        for span in upcoming(from: start) {
            guard span.from < end else { break }
            open += min(span.to, end).milliseconds - max(span.from, start).milliseconds
        }
        return open / 1000
    }

    /// A time of the day on the first, second … day after this one on which it is open: “next business day 12:00”. If it is not open at
    /// that time, the last moment before it at which it is, else the first after it.
    public func businessDay(_ count: Int, after moment: Moment, minute: Int) -> Moment? {
        var (day, found) = (zone.local(moment).day, 0)
        for _ in 0..<740 {
            day = day + 1
            let (start, end) = (zone.first(day, minute: 0), zone.first(day + 1, minute: 0))
            let spans = upcoming(from: start).prefix { $0.from < end }
            guard !spans.isEmpty else { continue }
            found += 1
            guard found == max(1, count) else { continue }
            let wanted = zone.first(day, minute: minute)
            if spans.contains(where: { $0.from <= wanted && wanted <= $0.to }) { return wanted }
            return spans.last { $0.to <= wanted }?.to ?? spans.first.map { max($0.from, start) }
        }
        return nil
    }
}
