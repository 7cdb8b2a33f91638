import ArgumentParser
import Core

struct HolidaysCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "holidays", abstract: "The holidays of a country, and the days before them on which companies close early.",
        discussion: """
            Kinds: “holiday” is a day off by law, “eve” one by custom or agreement on which most companies are closed, “short” a day that \
            often ends early.
            """)

    @Option(help: "Its code: \(Country.allCases.map(\.rawValue).joined(separator: ", ")).") var country: String
    @Option(help: "A part of the country with holidays of its own, such as BY in DE.") var region: String?
    @Option(help: "A year, or several: 2031, 2026-2030.") var year: String
    @Flag(help: "Print JSON.") var json = false

    func validate() throws {
        guard let known = Country(rawValue: country.uppercased()) else {
            let all = Country.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("--country “\(country)” is not known here. Known: \(all).")
        }
        if let region, !known.regions.contains(region.uppercased()) {
            let some = known.regions.isEmpty ? "none" : known.regions.joined(separator: ", ")
            throw ValidationError("--region “\(region)” is not known in \(known.rawValue). Known: \(some).")
        }
        guard years != nil else { throw ValidationError("--year is a year from 1900 to 2199, or two with a hyphen between.") }
    }

    func run() throws {
        let found = (years ?? 0...0).flatMap {
            Country(rawValue: country.uppercased())?.holidays(in: $0, region: region?.uppercased()) ?? []
        }
        if json { return try Terminal.say(json: ["holidays": found.map(HolidayFacts.init)]) }
        Terminal.say(table: found.map { [$0.day.iso, $0.day.weekday.rawValue, $0.name.rawValue, $0.kind.rawValue] })
    }

    private var years: ClosedRange<Int>? {
        let ends = year.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) ?? 0 }
        guard let first = ends.first, let last = ends.last, ends.count <= 2, first <= last, 1900 <= first, last < 2200 else { return nil }
        return first...last
    }
}

private struct HolidayFacts: Encodable {
    let date: String
    let weekday: String
    let name: String
    let kind: String

    init(_ holiday: Holiday) {
        date = holiday.day.iso
        weekday = holiday.day.weekday.rawValue
        name = holiday.name.rawValue
        kind = holiday.kind.rawValue
    }
}
