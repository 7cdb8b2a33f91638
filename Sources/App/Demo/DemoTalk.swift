import Core
import Foundation
import Storage

/// One conversation of the demo: who, where, and what they do when.
struct DemoTalk: Sendable {
    let key: String
    let customer: DemoCustomer
    let language: Language
    let page: Page
    let acts: [DemoAct]

    init(_ key: String, _ customer: DemoCustomer, _ language: Language, on page: Page, _ acts: [DemoAct]) {
        (self.key, self.customer, self.language, self.page, self.acts) = (key, customer, language, page, acts)
    }

    var browser: String { "demo:\(key)" }

    static let all = finnish + swedish + english
}

/// Something that is done at a time.
struct DemoAct: Sendable {
    let when: DemoTime
    let deed: DemoDeed

    static func ago(_ minutes: Int64, _ deed: DemoDeed) -> DemoAct { DemoAct(when: .minutes(minutes), deed: deed) }
    /// - Parameter clock: Finnish time, `13.05`.
    static func days(_ days: Int, _ clock: String, _ deed: DemoDeed) -> DemoAct { DemoAct(when: .day(days, clock), deed: deed) }
}

enum DemoDeed: Sendable {
    case says(String)
    case reads
    case leaves
    case rates(Int, String?)
    case answers(DemoPerson, String)
    case notes(DemoPerson, String, [DemoPerson])
    case hands(DemoPerson, to: DemoPerson?, team: DemoTeam?, word: String?)
    case tags(DemoPerson, [String])
    case snoozes(DemoPerson, until: DemoTime)
    case closes(DemoPerson)
}

/// A time as it is told: minutes ago, or on a day before today by the clock.
enum DemoTime: Sendable {
    case minutes(Int64)
    case day(Int, String)

    func moment(before present: Moment) -> Moment {
        switch self {
        case .minutes(let minutes): present.adding(seconds: -60 * minutes)
        case .day(let days, let clock): Self.moment(days, clock, present)
        }
    }

    private static func moment(_ days: Int, _ clock: String, _ present: Moment) -> Moment {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = TimeZone(identifier: "Europe/Helsinki") ?? .gmt
        let parts = clock.split(separator: ".").compactMap { Int($0) }
        let today = calendar.startOfDay(for: Date(timeIntervalSince1970: Double(present.milliseconds) / 1000))
        guard parts.count == 2, let day = calendar.date(byAdding: .day, value: -days, to: today),
            let time = calendar.date(bySettingHour: parts[0], minute: parts[1], second: 0, of: day)
        else { return present.adding(seconds: -Int64(days) * 86_400) }
        return Moment(milliseconds: Int64(time.timeIntervalSince1970) * 1000)
    }
}

/// A customer of the demo.
struct DemoCustomer: Sendable {
    var name: String?
    var email: String?
    var phone: String?
    /// Set for those whom the shop has proven.
    var externalID: String?
    var attributes: [String: Contact.Attribute] = [:]
    var device = Device(browser: "Firefox", os: "Windows", kind: .desktop)

    func contact(in workspace: Workspace.ID, _ language: Language, _ tx: Transaction) -> Contact {
        Contact(
            id: tx.world.newID(), workspace: workspace, externalID: externalID, name: name, email: email, phone: phone, language: language,
            attributes: attributes, createdAt: tx.now)
    }
}

extension Page {
    static func shop(_ path: String, _ title: String, from referrer: String? = nil) -> Page {
        Page(url: "https://loylymaki.example/\(path)", title: "\(title) · Löylymäki", referrer: referrer)
    }
}

extension Device {
    static let iPhone = Device(browser: "Safari", os: "iOS", kind: .phone)
    static let android = Device(browser: "Chrome", os: "Android", kind: .phone)
    static let iPad = Device(browser: "Safari", os: "iPadOS", kind: .tablet)
    static let mac = Device(browser: "Safari", os: "macOS", kind: .desktop)
}
