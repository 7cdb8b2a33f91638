/// Easter and what is counted from it.
struct Easter {
    let sunday: Day

    /// The Gregorian computus as a table of remainders; J.-M. Oudin 1940, in the Explanatory Supplement to the Astronomical Almanac.
    init(of year: Int) {
        let century = year / 100
        let golden = year % 19
        let skipped = (century - 17) / 25
        let moon = (century - century / 4 - (century - skipped) / 3 + 19 * golden + 15) % 30
        let epact = moon - (moon / 28) * (1 - (29 / (moon + 1)) * ((21 - golden) / 11))
        let weekday = (year + year / 4 + epact + 2 - century + century / 4) % 7
        let offset = epact - weekday
        let month = 3 + (offset + 40) / 44
        sunday = Day(year: year, month: month, day: offset + 28 - 31 * (month / 4))
    }

    var maundyThursday: Day { sunday - 3 }
    var goodFriday: Day { sunday - 2 }
    var saturday: Day { sunday - 1 }
    var monday: Day { sunday + 1 }
    var prayerDay: Day { sunday + 26 }
    var ascensionDay: Day { sunday + 39 }
    var pentecost: Day { sunday + 49 }
    var corpusChristi: Day { sunday + 60 }
}
