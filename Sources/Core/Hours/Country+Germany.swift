/// The states of Germany, which decide on most holidays themselves.
enum GermanRegion: String, CaseIterable {
    case badenWürttemberg = "BW"
    case bavaria = "BY"
    case berlin = "BE"
    case brandenburg = "BB"
    case bremen = "HB"
    case hamburg = "HH"
    case hesse = "HE"
    case mecklenburgVorpommern = "MV"
    case lowerSaxony = "NI"
    case northRhineWestphalia = "NW"
    case rhinelandPalatinate = "RP"
    case saarland = "SL"
    case saxony = "SN"
    case saxonyAnhalt = "ST"
    case schleswigHolstein = "SH"
    case thuringia = "TH"
}

extension Country {
    /// Holidays of the whole country, and those of a state by its own law. Assumption, in Bavaria a holiday where most people are
    /// Catholic, is counted there; what only single towns have (Augsburg's peace, Corpus Christi in parts of Saxony and Thuringia) is not.
    static func german(_ year: Int, _ easter: Easter, _ region: GermanRegion?) -> [Holiday] {
        let national = [
            Holiday(Day(year: year, month: 1, day: 1), .newYear),
            Holiday(easter.goodFriday, .goodFriday),
            Holiday(easter.monday, .easterMonday),
            Holiday(Day(year: year, month: 5, day: 1), .mayDay),
            Holiday(easter.ascensionDay, .ascensionDay),
            Holiday(easter.pentecost + 1, .pentecostMonday),
            Holiday(Day(year: year, month: 10, day: 3), .unityDay),
            Holiday(Day(year: year, month: 12, day: 24), .christmasEve, .shortDay),
            Holiday(Day(year: year, month: 12, day: 25), .christmasDay),
            Holiday(Day(year: year, month: 12, day: 26), .secondChristmasDay),
            Holiday(Day(year: year, month: 12, day: 31), .newYearsEve, .shortDay),
        ]
        let reformation = Holiday(Day(year: year, month: 10, day: 31), .reformationDay)
        guard let region else { return national + (year == 2017 ? [reformation] : []) }
        let own = regional(year, easter).filter { $0.regions.contains(region) }.map(\.holiday)
        return national + own + (year == 2017 || keepsReformation(region, year) ? [reformation] : [])
    }

    private static func keepsReformation(_ region: GermanRegion, _ year: Int) -> Bool {
        switch region {
        case .brandenburg, .mecklenburgVorpommern, .saxony, .saxonyAnhalt, .thuringia: true
        case .bremen, .hamburg, .lowerSaxony, .schleswigHolstein: year >= 2018
        default: false
        }
    }

    private static func regional(_ year: Int, _ easter: Easter) -> [(holiday: Holiday, regions: Set<GermanRegion>)] {
        return [
            (
                Holiday(Day(year: year, month: 1, day: 6), .epiphany), [.badenWürttemberg, .bavaria, .saxonyAnhalt]
            ),
            (
                Holiday(Day(year: year, month: 3, day: 8), .womensDay),
                year < 2019 ? [] : year < 2023 ? [.berlin] : [.berlin, .mecklenburgVorpommern]
            ),
            (Holiday(easter.sunday, .easterSunday), [.brandenburg]),
            (Holiday(Day(year: year, month: 5, day: 8), .liberationDay), [2020, 2025].contains(year) ? [.berlin] : []),
            (Holiday(easter.pentecost, .pentecost), [.brandenburg]),
            (Holiday(Day(year: year, month: 6, day: 17), .uprisingDay), year == 2028 ? [.berlin] : []),
            (
                Holiday(easter.corpusChristi, .corpusChristi),
                [.badenWürttemberg, .bavaria, .hesse, .northRhineWestphalia, .rhinelandPalatinate, .saarland]
            ),
            (Holiday(Day(year: year, month: 8, day: 15), .assumption), [.bavaria, .saarland]),
            (Holiday(Day(year: year, month: 9, day: 20), .childrensDay), year >= 2019 ? [.thuringia] : []),
            (
                Holiday(Day(year: year, month: 11, day: 1), .allSaintsDay),
                [.badenWürttemberg, .bavaria, .northRhineWestphalia, .rhinelandPalatinate, .saarland]
            ),
            // The Wednesday before 23 November.
            (Holiday(Day(year: year, month: 11, day: 16).next(.wednesday), .repentanceDay), [.saxony]),
        ]
    }
}
