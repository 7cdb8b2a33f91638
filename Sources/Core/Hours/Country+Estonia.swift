extension Country {
    /// Pühade ja tähtpäevade seadus; Christmas Eve is a holiday since 2005. Before four of them a working day is three hours shorter,
    /// since 2001 (töölepingu seadus § 53).
    static func estonian(_ year: Int, _ easter: Easter) -> [Holiday] {
        let holidays = [
            Holiday(Day(year: year, month: 1, day: 1), .newYear),
            Holiday(Day(year: year, month: 2, day: 24), .independenceDay),
            Holiday(easter.goodFriday, .goodFriday),
            Holiday(easter.sunday, .easterSunday),
            Holiday(Day(year: year, month: 5, day: 1), .mayDay),
            Holiday(easter.pentecost, .pentecost),
            Holiday(Day(year: year, month: 6, day: 23), .victoryDay),
            Holiday(Day(year: year, month: 6, day: 24), .midsummerDay),
            Holiday(Day(year: year, month: 8, day: 20), .restorationDay),
            Holiday(Day(year: year, month: 12, day: 25), .christmasDay),
            Holiday(Day(year: year, month: 12, day: 26), .secondChristmasDay),
        ]
        let christmasEve = Day(year: year, month: 12, day: 24)
        let aroundChristmas =
            year < 2005
            ? [Holiday(christmasEve, .christmasEve, .shortDay)]
            : [Holiday(christmasEve - 1, .dayBeforeChristmasEve, .shortDay), Holiday(christmasEve, .christmasEve)]
        let shortened = [
            Holiday(Day(year: year, month: 2, day: 23), .independenceEve, .shortDay),
            Holiday(Day(year: year, month: 6, day: 22), .victoryEve, .shortDay),
            Holiday(Day(year: year, month: 12, day: 31), .newYearsEve, .shortDay),
        ]
        return holidays
            + (shortened + aroundChristmas).filter { $0.kind == .holiday || year > 2000 && !$0.day.weekday.isWeekend }
    }
}
