import API
import Core
import TestSupport

/// Everyone who may knock: with good papers, with somebody else's, with none.
enum Asker: String, CaseIterable {
    /// Shows nothing at all.
    case nobody
    /// Names the site, has no session.
    case passerby
    case liisa
    /// Another customer of the same site.
    case pekka
    /// A customer of the company's other site.
    case sirkka
    /// A customer of another company.
    case nuutti
    /// Names the site with a token that nobody was given.
    case forger
    /// Liisa's token, shown at the company's other site.
    case liisaElsewhere
    /// Liisa's token, shown as an agent's.
    case liisaAsAgent
    /// An agent's token, shown as a customer's.
    case juhaniAsVisitor
    case juhani
    case tuula
    case maija
    /// Owns another company.
    case vieras
    /// Is deactivated.
    case kalle
    /// Was signed in too long ago.
    case lapsed
    case agentForger

    func papers(_ shop: Shop) async throws -> Papers {
        switch self {
        case .nobody: .none
        case .passerby: Papers(site: Loylymaki.shop.key)
        case .liisa: try await shop.visitor()
        case .pekka: try await shop.visitor(Loylymaki.pekka)
        case .sirkka: try await shop.visitor(Cast.sirkka, on: Cast.workshop)
        case .nuutti: try await shop.visitor(Cast.nuutti, on: Cast.neighbours)
        case .forger: Papers(token: String(repeating: "a", count: 40), site: Loylymaki.shop.key)
        case .liisaElsewhere: Papers(token: try await shop.visitor().token, site: Cast.workshop.key)
        case .liisaAsAgent: Papers(token: try await shop.visitor().token)
        case .juhaniAsVisitor: Papers(token: try await shop.agent().token, site: Loylymaki.shop.key)
        case .juhani: try await shop.agent(Loylymaki.juhani)
        case .tuula: try await shop.agent(Loylymaki.tuula)
        case .maija: try await shop.agent(Loylymaki.maija)
        case .vieras: try await shop.agent(Loylymaki.stranger)
        case .kalle: try await shop.agent(Cast.kalle)
        case .lapsed: try await shop.agent(Loylymaki.juhani, lapsed: true)
        case .agentForger: Papers(token: String(repeating: "b", count: 40))
        }
    }

    /// Whether Liisa's matters with Löylymäki are this one's to see.
    var isInTheKnow: Bool { [.liisa, .juhani, .tuula, .maija].contains(self) }

    /// What the door must say: nil is come in.
    func refusal(at endpoint: Endpoint, about matter: Visit.Matter) -> Int? {
        if endpoint.who.contains(.anyone) { return nil }
        switch self {
        case .passerby, .forger, .liisaElsewhere, .juhaniAsVisitor: return 401
        case .liisa, .pekka, .sirkka, .nuutti:
            guard endpoint.who.contains(.visitor) else { return 403 }
            return matter.isLiisas && self != .liisa ? 404 : nil
        case .nobody, .liisaAsAgent, .kalle, .lapsed, .agentForger: return endpoint.isForAgents ? 401 : 403
        case .juhani, .tuula, .maija, .vieras:
            guard endpoint.isForAgents, endpoint.who.contains(.agent) || self != .juhani else { return 403 }
            if matter == .juhanisDevice { return self == .juhani ? nil : 404 }
            return matter.isOfTheHouse && self == .vieras ? 404 : nil
        }
    }
}

extension Endpoint {
    var name: String { "\(method.rawValue) \(path)" }
    var isForAgents: Bool { who.contains(.agent) || who.contains(.admin) }
}
