import Core
import Crypto
import Foundation
@testable import Reception
import Storage
import TestSupport

/// Everybody of the tests: Löylymäki's people, their customers, and the neighbours, who have nothing to do with them.
enum Cast {
    /// Löylymäki's second site, where stoves are repaired.
    static let workshop = Site(
        id: "huolto", workspace: Loylymaki.workspace.id, key: "huolto", name: "Löylymäen huolto", origins: ["https://huolto.example"],
        identitySecret: "huollon-salaisuus")
    static let neighbours = Site(
        id: "naapurin-sivut", workspace: Loylymaki.neighbour.id, key: "naapuri", name: "Naapurin Nikkarit", origins: ["*"],
        identitySecret: "naapurin-salaisuus")
    static let sirkka = Contact(id: "sirkka", workspace: Loylymaki.workspace.id, name: "Sirkka", createdAt: Loylymaki.opened)
    static let nuutti = Contact(id: "nuutti", workspace: Loylymaki.neighbour.id, name: "Nuutti", createdAt: Loylymaki.opened)
    /// Has left the company.
    static let kalle = Agent(
        id: "kalle", workspace: Loylymaki.workspace.id, email: "kalle@loylymaki.example", name: "Kalle", fullName: "Kalle Lähti",
        isActive: false)

    static func move(into store: Store) async throws {
        try await Loylymaki.move(into: store)
        try await store.write { tx in
            for site in [workshop, neighbours] { try tx.save(site) }
            for contact in [sirkka, nuutti] { try tx.save(contact) }
            try tx.save(kalle)
        }
    }
}

/// What somebody shows at the door.
struct Papers: Sendable {
    var token: String?
    var site: String?

    static let none = Papers()

    var headers: [String: String] {
        var headers: [String: String] = [:]
        if let token { headers["Authorization"] = "Bearer \(token)" }
        if let site { headers["Moro-Site"] = site }
        return headers
    }

    /// The same papers as a browser shows them, asking from a page of this origin.
    func cookies(from origin: String? = Shop.origin) -> [String: String] {
        var headers: [String: String] = [:]
        if let token { headers["Cookie"] = site.map { "moro_visitor_\($0)=\(token)" } ?? "moro_agent=\(token)" }
        if let site { headers["Moro-Site"] = site }
        if let origin { headers["Origin"] = origin }
        return headers
    }
}

extension Shop {
    /// A fresh session of a customer's browser.
    func visitor(_ contact: Contact = Loylymaki.liisa, on site: Site = Loylymaki.shop) async throws -> Papers {
        let token = try await house.store.write { tx in
            let token = tx.world.newToken()
            let session = VisitorSession(
                id: tx.world.newID(), workspace: contact.workspace, site: site.id, contact: contact.id, page: nil,
                device: Device(browser: "Firefox", os: "Android", kind: .phone), language: .finnish, startedAt: tx.now, seenAt: tx.now)
            try tx.insert(session, tokenHash: digest(of: token))
            return token
        }
        return Papers(token: token, site: site.key)
    }

    /// A fresh session of a colleague's computer.
    func agent(_ agent: Agent = Loylymaki.juhani, lapsed: Bool = false) async throws -> Papers {
        try await device(of: agent, lapsed: lapsed).papers
    }

    func device(of agent: Agent, lapsed: Bool = false) async throws -> (id: AgentSession.ID, papers: Papers) {
        let (id, token) = try await house.store.write { tx in
            let (id, token) = (tx.world.newID(AgentSession.self), tx.world.newToken())
            let session = AgentSession(
                id: id, workspace: agent.workspace, agent: agent.id, device: Device(browser: "Firefox", os: "Linux", kind: .desktop),
                startedAt: tx.now, seenAt: tx.now, expiresAt: tx.now.adding(seconds: lapsed ? -1 : 3600))
            try tx.insert(session, tokenHash: digest(of: token))
            return (id, token)
        }
        return (id, Papers(token: token))
    }

    /// Liisa has asked something; nobody has answered yet.
    func conversation(
        of contact: Contact = Loylymaki.liisa, saying text: String = "Sihiseekö kiuas liikaa?"
    ) async throws -> Conversation.ID {
        let session = Loylymaki.session("istunto", of: contact)
        return try await house.store.write { tx in
            let id = tx.world.newID(Conversation.self)
            try tx.insert(Loylymaki.conversation(id: id, of: contact))
            let words = Words(clientID: tx.world.newToken(), text: text)
            _ = try tx.receive(Inbound(.visitor(session), .conversation(id), .say(words)))
            return id
        }
    }
}

extension Site {
    /// What the site's own server makes to vouch for its customer.
    func proof(of id: String) throws -> String {
        let key = SymmetricKey(data: Data(identitySecret.utf8))
        return HMAC<SHA256>.authenticationCode(for: Data(id.utf8), using: key).map { String(format: "%02x", $0) }.joined()
    }
}
