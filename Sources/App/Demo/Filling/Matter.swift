import Core

/// What people ask a shop about: how such a conversation goes, with places for what changes from one to the next.
struct Matter: Sendable {
    let tag: String
    let page: (path: String, title: String)
    let openings: [String]
    /// The agent's and the customer's turns, the agent's first.
    let turns: [[String]]

    init(_ tag: String, _ page: (String, String), _ openings: [String], _ turns: [[String]]) {
        (self.tag, self.page, self.openings, self.turns) = (tag, page, openings, turns)
    }
}

/// What one language has to say.
struct Tongue: Sendable {
    let language: Language
    let firstNames: [String]
    let lastNames: [String]
    let matters: [Matter]
    /// A second thought, sent right after the first.
    let afterthoughts: [String]
    let thanks: [String]
    let goodbyes: [String]
    let comments: [String]

    static let all = [finnish, swedish, english]
    static let towns = [
        "Tampere", "Orivesi", "Ruovesi", "Lielahti", "Kuopio", "Oulu", "Vaasa", "Turku", "Espoo", "Rovaniemi", "Ekenäs", "Jyväskylä",
    ]
    static let products = [
        "Kuparikiulu Otava", "Kuparikiulu Aarni", "Löylykauha Kuru", "Laudeliina Halla", "Laudeliina Kaarna", "Kiuas Ahjo 6 kW",
        "Kiuas Ahjo 8 kW",
        "Kiuaskivet 20 kg", "Saunatuoksu Terva", "Saunatuoksu Koivu", "Lämpömittari Hehku", "Vihta", "Kylpytakki Usva", "Tikkulaude Haapa",
    ]
    static let notes = [
        "Soitettu varastolle, odotetaan vahvistusta.", "Sama asiakas kysyi tästä keväällä.", "Hyvitys tehty, kuitti sähköpostissa.",
        "Tarkista huomenna, onko lähetys liikkunut.", "Kanta-asiakas, annetaan postikulut.",
    ]
}
