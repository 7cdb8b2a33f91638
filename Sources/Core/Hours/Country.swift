/// A country whose holidays we know. The raw value is its ISO 3166-1 code.
public enum Country: String, Sendable, CaseIterable, Codable {
    case finland = "FI"
    case sweden = "SE"
    case estonia = "EE"
    case norway = "NO"
    case denmark = "DK"
    case germany = "DE"

    /// The parts of the country that have holidays of their own, by their ISO 3166-2 codes without the country's.
    public var regions: [String] { self == .germany ? GermanRegion.allCases.map(\.rawValue) : [] }

    /// The days of a year on which not everything is open, in order.
    /// - Parameter region: one of `regions`; without one only what the whole country has.
    public func holidays(in year: Int, region: String? = nil) -> [Holiday] {
        let easter = Easter(of: year)
        let days =
            switch self {
            case .finland: Self.finnish(year, easter)
            case .sweden: Self.swedish(year, easter)
            case .estonia: Self.estonian(year, easter)
            case .norway: Self.norwegian(year, easter)
            case .denmark: Self.danish(year, easter)
            case .germany: Self.german(year, easter, region.flatMap(GermanRegion.init(rawValue:)))
            }
        return days.sorted { ($0.day, $0.kind.rank, $0.name.rawValue) < ($1.day, $1.kind.rank, $1.name.rawValue) }
    }
}

/// A day on which a country, or most of its companies, does not work as usual.
public struct Holiday: Hashable, Sendable {
    public enum Kind: String, Sendable, CaseIterable {
        /// By law a day off for everybody.
        case holiday
        /// A day off by custom or agreement: most companies are closed all day.
        case eve
        /// The day before a holiday, on which companies often close early.
        case shortDay = "short"

        fileprivate var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
    }

    public let day: Day
    public let name: HolidayName
    public let kind: Kind

    public init(_ day: Day, _ name: HolidayName, _ kind: Kind = .holiday) {
        self.day = day
        self.name = name
        self.kind = kind
    }
}

/// What a holiday is; how it is called in a language stands with the other words.
public enum HolidayName: String, Sendable, CaseIterable {
    case newYear = "new-year"
    case twelfthNight = "twelfth-night"
    case epiphany
    case womensDay = "womens-day"
    case independenceEve = "independence-eve"
    case independenceDay = "independence-day"
    case maundyThursday = "maundy-thursday"
    case goodFriday = "good-friday"
    case easterSaturday = "easter-saturday"
    case easterSunday = "easter-sunday"
    case easterMonday = "easter-monday"
    case prayerDay = "prayer-day"
    case walpurgisNight = "walpurgis-night"
    case mayDay = "may-day"
    case liberationDay = "liberation-day"
    case constitutionDay = "constitution-day"
    case ascensionDay = "ascension-day"
    case pentecostEve = "pentecost-eve"
    case pentecost
    case pentecostMonday = "pentecost-monday"
    case corpusChristi = "corpus-christi"
    case nationalDay = "national-day"
    case victoryEve = "victory-eve"
    case victoryDay = "victory-day"
    case uprisingDay = "uprising-day"
    case midsummerEve = "midsummer-eve"
    case midsummerDay = "midsummer-day"
    case assumption
    case restorationDay = "restoration-day"
    case childrensDay = "childrens-day"
    case unityDay = "unity-day"
    case reformationDay = "reformation-day"
    case allSaintsEve = "all-saints-eve"
    case allSaintsDay = "all-saints-day"
    case repentanceDay = "repentance-day"
    case dayBeforeChristmasEve = "day-before-christmas-eve"
    case christmasEve = "christmas-eve"
    case christmasDay = "christmas-day"
    case secondChristmasDay = "second-christmas-day"
    case newYearsEve = "new-years-eve"
}
