import Core

public struct AuthorShape: Encodable, Sendable {
    let kind: String
    let id: String?
    let name: String?
    let picture: String?

    public init(_ face: Face) {
        (kind, id) =
            switch face.author {
            case .contact(let id): ("contact", id.text)
            case .agent(let id): ("agent", id.text)
            case .bot: ("bot", nil)
            case .system: ("system", nil)
            }
        name = face.name
        picture = face.picture
    }
}

public struct TeamShape: Encodable, Sendable {
    let id: String
    let name: String

    public init(_ team: Team) { (id, name) = (team.id.text, team.name) }

    init(_ id: Team.ID, _ faces: Faces) { (self.id, name) = (id.text, faces.teams[id] ?? "") }
}
