import Core
import Testing

/// Agreement with a peer for fifty years and all the states of Germany is tested in `Tests/peers`.
@Suite("Holidays")
struct HolidayTests {
    @Test("Finland's year, with the eves on which its companies are closed")
    func finland() {
        let days = Country.finland.holidays(in: 2026).map { "\($0.day.iso) \($0.name.rawValue) \($0.kind.rawValue)" }
        #expect(
            days == [
                "2026-01-01 new-year holiday", "2026-01-06 epiphany holiday", "2026-04-02 maundy-thursday short",
                "2026-04-03 good-friday holiday", "2026-04-05 easter-sunday holiday", "2026-04-06 easter-monday holiday",
                "2026-04-30 walpurgis-night short", "2026-05-01 may-day holiday", "2026-05-14 ascension-day holiday",
                "2026-05-24 pentecost holiday", "2026-06-19 midsummer-eve eve", "2026-06-20 midsummer-day holiday",
                "2026-10-31 all-saints-day holiday", "2026-12-06 independence-day holiday", "2026-12-24 christmas-eve eve",
                "2026-12-25 christmas-day holiday", "2026-12-26 second-christmas-day holiday", "2026-12-31 new-years-eve short",
            ])
    }

    @Test(
        "Easter is where the church keeps it, also at its earliest and latest",
        arguments: [
            (1818, "1818-03-22"), (1943, "1943-04-25"), (2000, "2000-04-23"), (2008, "2008-03-23"), (2038, "2038-04-25"),
            (2285, "2285-03-22"),
        ])
    func easter(year: Int, sunday: String) {
        #expect(Country.finland.holidays(in: year).first { $0.name == .easterSunday }?.day.iso == sunday)
    }

    @Test("A law that changes changes the years from then on")
    func laws() {
        #expect(names(.sweden, 2004).contains(.pentecostMonday) && !names(.sweden, 2004).contains(.nationalDay))
        #expect(!names(.sweden, 2005).contains(.pentecostMonday) && names(.sweden, 2005).contains(.nationalDay))
        #expect(names(.denmark, 2023).contains(.prayerDay) && !names(.denmark, 2024).contains(.prayerDay))
        #expect(names(.germany, 2017).contains(.reformationDay) && !names(.germany, 2018).contains(.reformationDay))
    }

    @Test("A German state has what it has decided itself; one that nobody knows has what all have")
    func states() {
        let bavaria = Set(Country.germany.holidays(in: 2026, region: "BY").map(\.name))
        #expect(bavaria.subtracting(names(.germany, 2026)) == [.epiphany, .corpusChristi, .assumption, .allSaintsDay])
        #expect(Country.germany.holidays(in: 2026, region: "XX") == Country.germany.holidays(in: 2026))
    }

    private func names(_ country: Country, _ year: Int) -> Set<HolidayName> { Set(country.holidays(in: year).map(\.name)) }
}
