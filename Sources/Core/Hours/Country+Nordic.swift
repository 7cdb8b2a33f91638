extension Country {
    /// Midsummer Day is the Saturday between 20 and 26 June, All Saints' Day the one between 31 October and 6 November.
    private static func midsummerDay(_ year: Int) -> Day { Day(year: year, month: 6, day: 20).next(.saturday) }
    private static func allSaintsDay(_ year: Int) -> Day { Day(year: year, month: 10, day: 31).next(.saturday) }

    /// The church's days of the church law (1054/1993), May Day and Independence Day by their own laws. Nobody works on Midsummer Eve
    /// and Christmas Eve by almost every collective agreement.
    static func finnish(_ year: Int, _ easter: Easter) -> [Holiday] {
        [
            Holiday(Day(year: year, month: 1, day: 1), .newYear),
            Holiday(Day(year: year, month: 1, day: 6), .epiphany),
            Holiday(easter.maundyThursday, .maundyThursday, .shortDay),
            Holiday(easter.goodFriday, .goodFriday),
            Holiday(easter.sunday, .easterSunday),
            Holiday(easter.monday, .easterMonday),
            Holiday(Day(year: year, month: 4, day: 30), .walpurgisNight, .shortDay),
            Holiday(Day(year: year, month: 5, day: 1), .mayDay),
            Holiday(easter.ascensionDay, .ascensionDay),
            Holiday(easter.pentecost, .pentecost),
            Holiday(midsummerDay(year) - 1, .midsummerEve, .eve),
            Holiday(midsummerDay(year), .midsummerDay),
            Holiday(allSaintsDay(year), .allSaintsDay),
            Holiday(Day(year: year, month: 12, day: 6), .independenceDay),
            Holiday(Day(year: year, month: 12, day: 24), .christmasEve, .eve),
            Holiday(Day(year: year, month: 12, day: 25), .christmasDay),
            Holiday(Day(year: year, month: 12, day: 26), .secondChristmasDay),
            Holiday(Day(year: year, month: 12, day: 31), .newYearsEve, .shortDay),
        ]
    }

    /// Lag (1989:253) om allmänna helgdagar: Whit Monday until 2004, the National Day since 2005. The three great eves are treated like
    /// Sundays (semesterlagen); on the others many go home after lunch.
    static func swedish(_ year: Int, _ easter: Easter) -> [Holiday] {
        [
            Holiday(Day(year: year, month: 1, day: 1), .newYear),
            Holiday(Day(year: year, month: 1, day: 5), .twelfthNight, .shortDay),
            Holiday(Day(year: year, month: 1, day: 6), .epiphany),
            Holiday(easter.maundyThursday, .maundyThursday, .shortDay),
            Holiday(easter.goodFriday, .goodFriday),
            Holiday(easter.sunday, .easterSunday),
            Holiday(easter.monday, .easterMonday),
            Holiday(Day(year: year, month: 4, day: 30), .walpurgisNight, .shortDay),
            Holiday(Day(year: year, month: 5, day: 1), .mayDay),
            Holiday(easter.ascensionDay, .ascensionDay),
            Holiday(easter.pentecost, .pentecost),
            year < 2005
                ? Holiday(easter.pentecost + 1, .pentecostMonday) : Holiday(Day(year: year, month: 6, day: 6), .nationalDay),
            Holiday(midsummerDay(year) - 1, .midsummerEve, .eve),
            Holiday(midsummerDay(year), .midsummerDay),
            Holiday(allSaintsDay(year) - 1, .allSaintsEve, .shortDay),
            Holiday(allSaintsDay(year), .allSaintsDay),
            Holiday(Day(year: year, month: 12, day: 24), .christmasEve, .eve),
            Holiday(Day(year: year, month: 12, day: 25), .christmasDay),
            Holiday(Day(year: year, month: 12, day: 26), .secondChristmasDay),
            Holiday(Day(year: year, month: 12, day: 31), .newYearsEve, .eve),
        ]
    }

    /// Lov om 1. og 17. mai, and the church's days. Shops close early before the great days (lov om helligdagsfred).
    static func norwegian(_ year: Int, _ easter: Easter) -> [Holiday] {
        [
            Holiday(Day(year: year, month: 1, day: 1), .newYear),
            Holiday(easter.maundyThursday, .maundyThursday),
            Holiday(easter.goodFriday, .goodFriday),
            Holiday(easter.saturday, .easterSaturday, .shortDay),
            Holiday(easter.sunday, .easterSunday),
            Holiday(easter.monday, .easterMonday),
            Holiday(Day(year: year, month: 5, day: 1), .mayDay),
            Holiday(Day(year: year, month: 5, day: 17), .constitutionDay),
            Holiday(easter.ascensionDay, .ascensionDay),
            Holiday(easter.pentecost - 1, .pentecostEve, .shortDay),
            Holiday(easter.pentecost, .pentecost),
            Holiday(easter.pentecost + 1, .pentecostMonday),
            Holiday(Day(year: year, month: 12, day: 24), .christmasEve, .shortDay),
            Holiday(Day(year: year, month: 12, day: 25), .christmasDay),
            Holiday(Day(year: year, month: 12, day: 26), .secondChristmasDay),
            Holiday(Day(year: year, month: 12, day: 31), .newYearsEve, .shortDay),
        ]
    }

    /// Great Prayer Day was abolished from 2024 (lov 214/2023). Shops are closed on Constitution Day and Christmas Eve, and from three
    /// o'clock on New Year's Eve (lukkeloven).
    static func danish(_ year: Int, _ easter: Easter) -> [Holiday] {
        let prayerDay = year < 2024 ? [Holiday(easter.prayerDay, .prayerDay)] : []
        return prayerDay + [
            Holiday(Day(year: year, month: 1, day: 1), .newYear),
            Holiday(easter.maundyThursday, .maundyThursday),
            Holiday(easter.goodFriday, .goodFriday),
            Holiday(easter.sunday, .easterSunday),
            Holiday(easter.monday, .easterMonday),
            Holiday(Day(year: year, month: 5, day: 1), .mayDay, .shortDay),
            Holiday(easter.ascensionDay, .ascensionDay),
            Holiday(easter.pentecost, .pentecost),
            Holiday(easter.pentecost + 1, .pentecostMonday),
            Holiday(Day(year: year, month: 6, day: 5), .constitutionDay, .eve),
            Holiday(Day(year: year, month: 12, day: 24), .christmasEve, .eve),
            Holiday(Day(year: year, month: 12, day: 25), .christmasDay),
            Holiday(Day(year: year, month: 12, day: 26), .secondChristmasDay),
            Holiday(Day(year: year, month: 12, day: 31), .newYearsEve, .shortDay),
        ]
    }
}
