import Core
import Testing

extension Moment {
    /// What clocks in Helsinki show, `2026-11-23 09:00`; in autumn's doubled hour the first of the two.
    init(helsinki text: String) throws {
        let day = try #require(Day(iso: String(text.prefix(10))))
        let time = text.suffix(5).split(separator: ":").compactMap { Int($0) }
        self = try #require(Zone("Europe/Helsinki")).first(day, minute: time[0] * 60 + time[1])
    }
}

/// Löylymäki: Monday to Friday 9–17, Saturday 10–14, closed on Finland's holidays, until 14 before them.
func loylymakiHours() throws -> OpeningHours {
    var week: [Weekday: [OpeningHours.Period]] = [:]
    for day in Weekday.allCases.prefix(5) { week[day] = [.init(9 * 60, 17 * 60)] }
    week[.saturday] = [.init(10 * 60, 14 * 60)]
    return OpeningHours(zone: try #require(Zone("Europe/Helsinki")), week: week, holidays: .init(.finland, shortDayEnds: 14 * 60))
}

@Suite("Opening hours")
struct OpeningHoursTests {
    @Test(
        "Open or closed, and until when",
        arguments: [
            // A usual Monday: the first and the last moment.
            ("2026-11-23 08:59", false, "2026-11-23 09:00"), ("2026-11-23 09:00", true, "2026-11-23 17:00"),
            ("2026-11-23 16:59", true, "2026-11-23 17:00"), ("2026-11-23 17:00", false, "2026-11-24 09:00"),
            // A Sunday, and the year's end: a short day, a holiday, a Saturday.
            ("2026-11-22 12:00", false, "2026-11-23 09:00"), ("2026-12-31 13:59", true, "2026-12-31 14:00"),
            ("2026-12-31 14:00", false, "2027-01-02 10:00"), ("2027-01-01 12:00", false, "2027-01-02 10:00"),
            // Christmas 2026: Thursday to Sunday.
            ("2026-12-23 17:00", false, "2026-12-28 09:00"),
        ])
    func whenever(time: String, isOpen: Bool, changes: String) throws {
        let truth = try loylymakiHours().explain(at: Moment(helsinki: time))
        #expect(truth.isOpen == isOpen)
        #expect(try (isOpen ? truth.closes : truth.opens) == Moment(helsinki: changes))
    }

    @Test("Why it is closed: the time of day, the weekday, a holiday, an exception, a closure")
    func why() throws {
        var hours = try loylymakiHours()
        hours.exceptions[try #require(Day(iso: "2026-11-24"))] = .init(note: "Inventaario")
        #expect(try hours.explain(at: Moment(helsinki: "2026-11-23 20:00")).why == .timeOfDay)
        #expect(try hours.explain(at: Moment(helsinki: "2026-11-22 12:00")).why == .day(.week))
        #expect(try hours.explain(at: Moment(helsinki: "2026-11-24 12:00")).why == .day(.exception(note: "Inventaario")))
        let midsummer = Holiday(try #require(Day(iso: "2026-06-19")), .midsummerEve, .eve)
        #expect(try hours.explain(at: Moment(helsinki: "2026-06-19 12:00")).why == .day(.holiday(midsummer)))
        hours.closure = .init(from: try Moment(helsinki: "2026-11-23 11:00"), message: "Sähkökatko")
        #expect(try hours.explain(at: Moment(helsinki: "2026-11-23 12:00")).why == .closure(message: "Sähkökatko"))
    }

    @Test("An exception opens on a holiday, and its periods are that day's")
    func exceptionOpens() throws {
        var hours = try loylymakiHours()
        hours.exceptions[try #require(Day(iso: "2026-12-06"))] = .init(periods: [.init(12 * 60, 15 * 60)], note: "Joulunavaus")
        let truth = try hours.explain(at: Moment(helsinki: "2026-12-06 12:30"))
        #expect(truth.isOpen && truth.why == .day(.exception(note: "Joulunavaus")))
        #expect(try truth.closes == Moment(helsinki: "2026-12-06 15:00"))
    }

    @Test("A closure cuts what it covers; until nobody knows when, nothing opens any more")
    func closure() throws {
        var hours = try loylymakiHours()
        hours.closure = .init(from: try Moment(helsinki: "2026-11-23 12:00"), until: try Moment(helsinki: "2026-11-23 13:00"))
        #expect(try hours.explain(at: Moment(helsinki: "2026-11-23 11:00")).closes == Moment(helsinki: "2026-11-23 12:00"))
        #expect(try hours.explain(at: Moment(helsinki: "2026-11-23 12:00")).opens == Moment(helsinki: "2026-11-23 13:00"))
        hours.closure?.until = nil
        #expect(try hours.explain(at: Moment(helsinki: "2026-11-23 12:00")).opens == nil)
    }

    @Test("On whoever forgets the eves and the short days of the law, nothing is forced")
    func rules() throws {
        var hours = try loylymakiHours()
        hours.holidays = .init(.finland, closesOnEves: false)
        #expect(try hours.explain(at: Moment(helsinki: "2026-06-19 12:00")).isOpen)
        #expect(try hours.explain(at: Moment(helsinki: "2026-12-31 16:00")).isOpen)
        hours.holidays = nil
        #expect(try hours.explain(at: Moment(helsinki: "2026-12-25 12:00")).isOpen)
    }

    @Test("A night shift goes on past midnight, and lasts an hour longer or shorter when the clocks are changed")
    func nights() throws {
        let zone = try #require(Zone("Europe/Helsinki"))
        let hours = OpeningHours(zone: zone, week: [.saturday: [.init(22 * 60, 5 * 60)], .sunday: [.init(5 * 60, 6 * 60)]])
        for (begins, length) in [("2026-11-21", 8), ("2026-10-24", 9), ("2026-03-28", 7)] {
            let start = try Moment(helsinki: "\(begins) 22:00")
            let span = hours.upcoming(from: start).first { _ in true }
            #expect(span?.from == start && span?.seconds == Int64(length) * 3600)
        }
    }

    @Test("A time that the clocks leap over in spring is the moment they leap; the doubled hour of autumn is open both times")
    func changingClocks() throws {
        let zone = try #require(Zone("Europe/Helsinki"))
        let spring = OpeningHours(zone: zone, week: [.sunday: [.init(3 * 60 + 30, 9 * 60)]])
        let opened = spring.upcoming(from: try Moment(helsinki: "2026-03-28 12:00")).first { _ in true }
        #expect(try opened?.from == Moment(helsinki: "2026-03-29 04:00"))
        let autumn = OpeningHours(zone: zone, week: [.sunday: [.init(3 * 60, 3 * 60 + 30)]])
        let doubled = autumn.upcoming(from: try Moment(helsinki: "2026-10-24 12:00")).first { _ in true }
        #expect(doubled?.seconds == 5_400)
    }

    @Test("Always open is one span without an end in it")
    func always() throws {
        let week = Dictionary(uniqueKeysWithValues: Weekday.allCases.map { ($0, [OpeningHours.Period(0, 24 * 60)]) })
        let hours = OpeningHours(zone: try #require(Zone("Europe/Helsinki")), week: week)
        let moment = try Moment(helsinki: "2026-11-23 12:00")
        #expect(hours.explain(at: moment) == OpenOrClosed(isOpen: true, why: .day(.week), closes: nil, opens: nil))
        #expect(hours.adding(seconds: 400 * 86_400, to: moment) == moment.adding(seconds: 400 * 86_400))
    }
}
