import Core

/// A conversation that might have been: who, and what was done when. Rules make the rest of it.
struct Imagined: Sendable {
    struct Act: Sendable {
        let at: Moment
        let deed: Deed
    }

    enum Deed: Sendable {
        case says(String)
        case answers(Agent.ID, String)
        case notes(Agent.ID, String)
        case hands(Agent.ID, to: Agent.ID)
        case closes(Author)
        case rates(Int, String?)
        case snoozes(Agent.ID, until: Moment)
    }

    let contact: Contact
    /// The contact's browser, when they come for the first time.
    let session: VisitorSession?
    let conversation: Conversation
    let acts: [Act]
    let tags: [String]
}

/// What a filling imagines from: every conversation follows from the seed and its own number alone.
struct Imagination: Sendable {
    let seed: UInt64
    let count: Int
    /// The conversations lead up to this moment through a year.
    let ending: Moment
    let site: Site
    let agents: [Agent.ID]

    func conversation(_ number: Int) -> Imagined {
        var chance = chance(.conversation, number)
        let host = host(of: number)
        let (contact, tongue) = contact(host)
        let matter = chance.pick(tongue.matters)
        let page = Page.shop(matter.page.path, matter.page.title, from: chance.happens(0.3) ? "https://haku.example/" : nil)
        var plot = Plot(chance: chance, tongue: tongue, matter: matter, contact: contact.id, agents: agents, isLive: isLive(number))
        let acts = plot.acts(around: moment(of: number), before: ending)
        let start = acts[0].at
        let conversation = Conversation(
            id: plot.chance.id(at: start), workspace: site.workspace, site: site.id, contact: contact.id,
            clientID: "fill-\(number)-\(start.milliseconds)",
            language: tongue.language, startedAt: start, standing: .init(.waiting, since: start, by: .contact(contact.id)), page: page)
        let session = host == number ? session(of: contact, host, page, start) : nil
        return Imagined(contact: contact, session: session, conversation: conversation, acts: acts, tags: plot.tags)
    }

    // MARK: Who

    /// The number of the conversation in which this one's customer came for the first time. Three in ten come again.
    private func host(of number: Int) -> Int {
        if isFirstVisit(number) { return number }
        var chance = chance(.host, number)
        var host = number - Int(chance.number(1...Int64(min(number, 4_000))))
        while !isFirstVisit(host) { host -= 1 }
        return host
    }

    private func isFirstVisit(_ number: Int) -> Bool {
        var chance = chance(.visit, number)
        return number == 0 || isLive(number) || chance.happens(0.7)
    }

    /// The newest are still in work.
    private func isLive(_ number: Int) -> Bool { number >= count - min(150, count / 50 + 3) }

    private func contact(_ host: Int) -> (Contact, Tongue) {
        var chance = chance(.contact, host)
        let tongue = chance.happens(0.8) ? Tongue.finnish : chance.happens(0.65) ? .swedish : .english
        let created = moment(of: host).adding(seconds: -7_200)
        var contact = Contact(id: chance.id(at: created), workspace: site.workspace, language: tongue.language, createdAt: created)
        guard chance.happens(0.7) else { return (contact, tongue) }
        let (first, last) = (chance.pick(tongue.firstNames), chance.pick(tongue.lastNames))
        contact.name = chance.happens(0.85) ? "\(first) \(last)" : first
        if chance.happens(0.7) { contact.email = "\(plain(first)).\(plain(last))\(chance.number(1...999))@posti.example" }
        if chance.happens(0.3) { contact.phone = "040 555 \(chance.number(1000...9999))" }
        return (contact, tongue)
    }

    private func session(of contact: Contact, _ host: Int, _ page: Page, _ start: Moment) -> VisitorSession {
        var chance = chance(.session, host)
        let device = chance.pick([
            Device.iPhone, .android, .android, .mac, .iPad, Device(browser: "Firefox", os: "Windows", kind: .desktop),
        ])
        return VisitorSession(
            id: chance.id(at: start), workspace: site.workspace, site: site.id, contact: contact.id, page: page, device: device,
            language: contact.language ?? .finnish, startedAt: start, seenAt: start)
    }

    private func plain(_ name: String) -> String {
        String(name.lowercased().map { $0 == "ä" || $0 == "å" ? "a" : $0 == "ö" ? "o" : $0 })
    }

    // MARK: When

    private static let year: Int64 = 365 * 86_400_000

    /// Spread over the year, within the days' shop hours; the last day is still going on.
    private func moment(of number: Int) -> Moment {
        let even = ending.milliseconds - Self.year + Int64(Double(Self.year) * (Double(number) + 0.5) / Double(count))
        let day = even - even % 86_400_000
        guard day < ending.milliseconds - 86_400_000 else { return Moment(milliseconds: even) }
        return Moment(milliseconds: day + 6 * 3_600_000 + (even - day) / 2)
    }

    private enum Stream: UInt64 { case conversation = 1, host, visit, contact, session }

    private func chance(_ stream: Stream, _ number: Int) -> Chance { Chance(seed: seed, stream.rawValue, UInt64(number)) }
}
