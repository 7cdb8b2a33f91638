/// One visit for every endpoint. An endpoint that is not here fails the matrix.
extension Visit {
    static let all: [String: Visit] = visitors.merging(conversations) { $1 }.merging(signingIn) { $1 }.merging(people) { $1 }
        .merging(settings) { $1 }.merging(news) { $1 }

    private static let visitors: [String: Visit] = [
        "GET /sites/:key/widget": Visit(),
        "POST /sessions": Visit { _ in ["site": "huolto"] },
        "PATCH /sessions/current": Visit { _ in ["language": "sv"] },
        "PUT /sessions/current/identity": Visit { _ in ["phone": "040 123"] },
        "DELETE /sessions/current": Visit(),
    ]

    private static let conversations: [String: Visit] = [
        "GET /conversations": Visit(),
        "POST /conversations": Visit { ["clientId": "\($0.fresh)", "text": "Moi"] },
        "GET /conversations/:id": Visit(.conversation),
        "GET /conversations/:id/messages": Visit(.conversation),
        "POST /conversations/:id/messages": Visit(.conversation) { ["clientId": "\($0.fresh)", "text": "Moi"] },
        "PUT /conversations/:id/marks": Visit(.conversation) { _ in ["read": 1] },
        "PUT /conversations/:id/state": Visit(.conversation) { _ in ["state": "closed"] },
        "PUT /conversations/:id/rating": Visit(.closedConversation) { _ in ["score": 3] },
        "PUT /conversations/:id/assignment": Visit(.conversation) { _ in ["agent": nil] },
        "PUT /conversations/:id/tags/:tag": Visit(.conversation),
        "DELETE /conversations/:id/tags/:tag": Visit(.conversation),
    ]

    private static let signingIn: [String: Visit] = [
        "POST /agent-sessions": Visit(.link) { ["link": "\($0.id)"] },
        "GET /agent-sessions": Visit(),
        "DELETE /agent-sessions/current": Visit(),
        "DELETE /agent-sessions/:id": Visit(.juhanisDevice),
        "DELETE /agent-sessions": Visit(),
        "GET /me": Visit(),
        "PATCH /me": Visit { _ in ["language": "sv"] },
        "PUT /me/presence": Visit { _ in ["presence": "break"] },
        "PUT /me/picture": Visit(bytes: Picture.png),
        "DELETE /me/picture": Visit(),
    ]

    private static let people: [String: Visit] = [
        "GET /agents": Visit(),
        "POST /agents": Visit { ["email": "\($0.fresh)@sauna.example", "name": "Uusi", "role": "agent"] },
        "PATCH /agents/:id": Visit(.agent) { _ in ["fullName": "Uusi Nimi"] },
        "POST /agents/:id/sign-in-links": Visit(.agent),
        "GET /teams": Visit(),
        "POST /teams": Visit { ["name": "Tiimi \($0.fresh)"] },
        "PATCH /teams/:id": Visit(.team) { ["name": "Nimi \($0.fresh)"] },
        "GET /contacts/:id": Visit(.contact),
        "PATCH /contacts/:id": Visit(.contact) { _ in ["phone": "050 987"] },
    ]

    private static let settings: [String: Visit] = [
        "GET /sites": Visit(),
        "POST /sites": Visit { ["name": "Sivu \($0.fresh)"] },
        "GET /sites/:key": Visit(.site),
        "PATCH /sites/:key": Visit(.site) { _ in ["peek": true] },
        "GET /canned-replies": Visit(),
        "POST /canned-replies": Visit { ["shortcut": "\($0.fresh)", "title": "Moi", "texts": ["fi": "Moi"]] },
        "PATCH /canned-replies/:id": Visit(.cannedReply) { _ in ["title": "Hei"] },
        "DELETE /canned-replies/:id": Visit(.cannedReply),
        "GET /search": Visit(query: "?q=avain"),
    ]

    private static let news: [String: Visit] = [
        "POST /uploads": Visit(bytes: Array("kuitti".utf8), headers: ["Moro-Filename": "kuitti.txt"]),
        "GET /socket": Visit.upgrade,
        "GET /events": Visit(query: "?after=0&wait=0"),
        "GET /openapi.json": Visit(),
        "POST /signals": Visit(.conversation) { ["type": "typing", "conversation": "\($0.id)"] },
    ]

    private static var upgrade: Visit {
        var visit = Visit(query: "?after=0")
        visit.headers = Ear.handshake
        return visit
    }
}

enum Picture {
    /// A PNG's head: one pixel wide and high.
    static let png: [UInt8] =
        [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13] + Array("IHDR".utf8) + [0, 0, 0, 1, 0, 0, 0, 1, 8, 6, 0, 0, 0]
}
