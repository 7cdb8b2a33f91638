import Core
import Testing

@Suite("Business time")
struct BusinessTimeTests {
    @Test("Adding and then measuring gives back the same, over clock changes, leap days and years' ends")
    func thereAndBack() throws {
        let hours = try loylymakiHours()
        var seed: UInt64 = 20_261_122
        func random(_ limit: Int64) -> Int64 {
            seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int64(seed >> 33) % limit
        }
        for _ in 0..<400 {
            let start = Moment(milliseconds: 946_684_800_000 + random(1_600_000_000) * 1000)
            let seconds = random(300_000) + 1
            let end = try #require(hours.adding(seconds: seconds, to: start))
            #expect(hours.openSeconds(from: start, to: end) == seconds)
            #expect(hours.openSeconds(from: start, to: end.adding(seconds: -1)) == seconds - 1)
        }
    }

    @Test(
        "Eight business hours are a working day, wherever it lies",
        arguments: [
            ("2026-11-23 09:00", "2026-11-23 17:00"), ("2026-11-23 12:00", "2026-11-24 12:00"), ("2026-11-20 16:00", "2026-11-23 12:00"),
            ("2026-12-23 16:00", "2026-12-28 16:00"), ("2026-11-22 03:00", "2026-11-23 17:00"),
        ])
    func eightHours(from: String, to: String) throws {
        #expect(try loylymakiHours().adding(seconds: 8 * 3600, to: Moment(helsinki: from)) == Moment(helsinki: to))
    }

    @Test(
        "The next business day at twelve",
        arguments: [
            ("2026-11-23 10:00", 12 * 60, "2026-11-24 12:00"), ("2026-11-27 18:00", 12 * 60, "2026-11-28 12:00"),
            ("2026-12-23 18:00", 12 * 60, "2026-12-28 12:00"),
            // Before it opens, and after it has closed: the first and the last moment at which somebody is there.
            ("2026-11-23 10:00", 7 * 60, "2026-11-24 09:00"), ("2026-11-27 10:00", 16 * 60, "2026-11-28 14:00"),
        ])
    func nextDay(from: String, minute: Int, to: String) throws {
        #expect(try loylymakiHours().businessDay(1, after: Moment(helsinki: from), minute: minute) == Moment(helsinki: to))
    }

    @Test("What never opens promises nothing")
    func never() throws {
        let hours = OpeningHours(zone: try #require(Zone("Europe/Helsinki")), week: [:])
        let moment = try Moment(helsinki: "2026-11-23 10:00")
        #expect(hours.adding(seconds: 60, to: moment) == nil && hours.businessDay(1, after: moment, minute: 0) == nil)
        #expect(hours.explain(at: moment) == OpenOrClosed(isOpen: false, why: .day(.week), closes: nil, opens: nil))
        #expect(hours.openSeconds(from: moment, to: moment.adding(seconds: 86_400)) == 0)
    }
}
