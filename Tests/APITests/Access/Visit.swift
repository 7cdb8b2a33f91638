import API
import Core
import Reception
import Storage
import TestSupport

/// How an endpoint is asked so that whoever may come in succeeds: what it is about, and what is sent.
struct Visit: Sendable {
    enum Matter { case nothing, link, conversation, closedConversation, contact, agent, team, site, cannedReply, juhanisDevice }

    var about = Matter.nothing
    var query = ""
    var bytes: (@Sendable (Things) -> [UInt8])?
    var headers: [String: String] = [:]

    init(_ about: Matter = .nothing, query: String = "", _ body: (@Sendable (Things) -> Value)? = nil) {
        self.about = about
        self.query = query
        if let body { bytes = { things in body(things).bytes } }
    }

    init(bytes: [UInt8], headers: [String: String] = [:]) {
        self.bytes = { _ in bytes }
        self.headers = headers
    }

    func address(of endpoint: Endpoint, _ things: Things) -> String {
        let path = endpoint.path.replacing(":id", with: things.id).replacing(":tag", with: Secrets.tag)
        return path.replacing(":key", with: about == .site ? things.id : "loylymaki") + query
    }
}

extension Visit.Matter {
    var isLiisas: Bool { self == .conversation || self == .closedConversation }
    var isOfTheHouse: Bool { self != .nothing && self != .link }
}

/// What one request is about, made anew for it.
struct Things: Sendable {
    /// Stands in the address, or in what is sent.
    let id: String
    /// Unlike any before.
    let fresh: String
}

extension Shop {
    func things(for visit: Visit) async throws -> Things {
        let fresh = String(house.store.world.newToken().prefix(12))
        return Things(id: try await subject(of: visit.about, fresh), fresh: fresh)
    }

    private func subject(of matter: Visit.Matter, _ fresh: String) async throws -> String {
        let (workspace, office) = (Loylymaki.workspace.id, house.office)
        switch matter {
        case .nothing: return ""
        // A way in for the neighbours' owner.
        case .link: return try await house.agentDoor.makeLink(for: Loylymaki.stranger)
        case .conversation: return try await conversation(saying: Secrets.words).text
        case .closedConversation:
            let id = try await conversation(saying: Secrets.words)
            _ = try await house.desk.receive(Inbound(.visitor(Loylymaki.liisasPhone), .conversation(id), .close))
            return id.text
        case .contact: return Loylymaki.liisa.id.text
        case .agent:
            let email = "\(fresh)@loylymaki.example"
            return try await office.addAgent(email: email, name: "Uusi", fullName: "Uusi Tulokas", role: .agent, to: workspace).id.text
        case .team: return try await office.saveTeam(nil, name: "Tiimi \(fresh)", of: workspace).id.text
        case .site: return try await office.addSite(name: "Sivu", origins: [], to: workspace).id.text
        case .cannedReply:
            return try await office.saveCannedReply(nil, of: workspace) { reply in
                (reply.shortcut, reply.title, reply.texts) = (fresh, Secrets.cannedTitle, ["fi": "Moikka"])
            }.id.text
        case .juhanisDevice: return try await device(of: Loylymaki.juhani).id.text
        }
    }
}

/// Words that must never reach those whom they don't concern.
enum Secrets {
    static let words = "Löylyhuoneen avain on kaivon kannella"
    static let cannedTitle = "Sisäinen vastaus avaimesta"
    static let tag = "avainasiakas"

    static let all = [
        words, cannedTitle, tag, "Rantanen", "liisa@example.com", "juhani@loylymaki.example", "Mäkelä", "kiuas-on-kuuma",
        "Uusi Tulokas",
    ]
}
