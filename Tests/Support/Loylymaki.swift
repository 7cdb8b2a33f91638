import Core
import Storage

/// The demo shop's people: a small company that sells saunas and all that belongs to them.
public enum Loylymaki {
    public static let workspace = Workspace(id: "loylymaki", name: "Löylymäki")
    public static let opened = Moment(milliseconds: 1_795_251_600_000)

    public static let shop = Site(
        id: "verkkokauppa", workspace: workspace.id, key: "loylymaki", name: "Löylymäen verkkokauppa",
        origins: ["https://loylymaki.example"],
        identitySecret: "kiuas-on-kuuma")

    public static let maija = Agent(
        id: "maija", workspace: workspace.id, email: "maija@loylymaki.example", name: "Maija", fullName: "Maija Koskinen", role: .owner)
    public static let juhani = Agent(
        id: "juhani", workspace: workspace.id, email: "juhani@loylymaki.example", name: "Juhani", fullName: "Juhani Mäkelä", role: .agent)
    public static let tuula = Agent(
        id: "tuula", workspace: workspace.id, email: "tuula@loylymaki.example", name: "Tuula", fullName: "Tuula Niemi", role: .admin)
    public static let service = Team(id: "palvelu", workspace: workspace.id, name: "Asiakaspalvelu")
    public static let workshop = Team(id: "verstas", workspace: workspace.id, name: "Verstas")

    public static let liisa = Contact(
        id: "liisa", workspace: workspace.id, name: "Liisa Rantanen", email: "liisa@example.com", createdAt: opened)
    public static let pekka = Contact(id: "pekka", workspace: workspace.id, name: "Pekka Öhman", createdAt: opened)
    public static let liisasPhone = session("liisan-puhelin", of: liisa)
    public static let pekkasComputer = session("pekan-kone", of: pekka)

    /// A company on the same server that has nothing to do with the shop.
    public static let neighbour = Workspace(id: "naapuri", name: "Naapurin Nikkarit")
    public static let stranger = Agent(
        id: "vieras", workspace: neighbour.id, email: "vieras@naapuri.example", name: "Vieras", fullName: "Vieno Vieras", role: .owner)

    public static func session(_ id: VisitorSession.ID, of contact: Contact) -> VisitorSession {
        VisitorSession(
            id: id, workspace: workspace.id, site: shop.id, contact: contact.id,
            page: Page(url: "https://loylymaki.example/kiukaat", title: "Kiukaat"),
            device: Device(browser: "Firefox", os: "Android", kind: .phone), language: .finnish, startedAt: opened, seenAt: opened)
    }

    public static func conversation(
        _ state: Conversation.State = .waiting, agent: Agent.ID? = nil, spokesperson: Agent.ID? = nil, owedSince: Moment? = nil,
        lastSeq: Int64 = 0, id: Conversation.ID = "kiuas", of contact: Contact = liisa
    ) -> Conversation {
        Conversation(
            id: id, workspace: workspace.id, site: shop.id, contact: contact.id, clientID: "first-\(id)", language: .finnish,
            startedAt: opened, standing: .init(state, since: opened, by: .contact(contact.id)), agent: agent, spokesperson: spokesperson,
            owedSince: owedSince, lastSeq: lastSeq)
    }

    /// The shop with its people and two customers, in a database.
    public static func move(into store: Store) async throws {
        try await store.write { tx in
            for workspace in [workspace, neighbour] { try tx.insert(workspace) }
            for team in [service, workshop] { try tx.save(team) }
            for agent in [maija, juhani, tuula, stranger] { try tx.save(agent) }
            try tx.save(shop)
            for (contact, session) in [(liisa, liisasPhone), (pekka, pekkasComputer)] {
                try tx.save(contact)
                try tx.insert(session, tokenHash: "token of \(session.id)")
            }
        }
    }
}

extension ID: ExpressibleByStringLiteral, ExpressibleByUnicodeScalarLiteral, ExpressibleByExtendedGraphemeClusterLiteral {
    public init(stringLiteral text: String) { self.init(text) }
}
