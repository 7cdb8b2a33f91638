@testable import Core
import Foundation
import Testing

@Suite("Days")
struct DayTests {
    @Test("Every day of eight centuries is the day that Foundation's calendar knows")
    func everyDay() throws {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = try #require(TimeZone(identifier: "UTC"))
        for number in stride(from: Day(year: 1700, month: 1, day: 1).number, through: Day(year: 2500, month: 12, day: 31).number, by: 37) {
            let day = Day(number: number)
            let parts = calendar.dateComponents(
                [.year, .month, .day, .weekday], from: Date(timeIntervalSince1970: Double(number) * 86_400))
            #expect([day.year, day.month, day.day] == [parts.year, parts.month, parts.day])
            #expect(day == Day(year: day.year, month: day.month, day: day.day))
            #expect(day == Day(iso: day.iso))
            let weekday = Weekday.allCases.firstIndex(of: day.weekday) ?? 0
            #expect(weekday == ((parts.weekday ?? 0) + 5) % 7)
        }
    }

    @Test(
        "Leap days come every four years, but not every hundred, but every four hundred",
        arguments: [(2024, 29), (2026, 28), (2100, 28), (2000, 29)])
    func leapDays(year: Int, days: Int) { #expect((Day(year: year, month: 3, day: 1) - 1).day == days) }

    @Test(
        "What is no day is refused",
        arguments: ["2026-02-29", "2026-13-01", "2026-1-1", "26-01-01", "2026-01-00", "", "2026-01-01T00:00", "２０２６-01-01"])
    func noDay(text: String) { #expect(Day(iso: text) == nil) }

    @Test("The next Saturday is today on a Saturday, and otherwise at most six days off")
    func nextWeekday() {
        for number in 0..<14 {
            let (day, saturday) = (Day(number: number), Day(number: number).next(.saturday))
            #expect(saturday.weekday == .saturday && (0...6).contains(saturday.number - day.number))
        }
    }
}
