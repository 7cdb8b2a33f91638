import Core

public struct MessageShape: Encodable, Sendable {
    let id, conversation: String
    let seq: Int64
    let clientId: String?
    let author: AuthorShape
    let kind, text: String
    let at: Int64
    let attachments: [AttachmentShape]
    let mentions: [String]?
    let event: HappeningShape?

    public init(_ view: MessageView) {
        let message = view.message
        id = message.id.text
        conversation = message.conversation.text
        seq = message.seq
        clientId = message.clientID
        author = AuthorShape(view.faces[message.author])
        text = message.text
        at = message.at.milliseconds
        attachments = message.attachments.map(AttachmentShape.init)
        switch message.content {
        case .reply: (kind, mentions, event) = ("reply", nil, nil)
        case .note(_, let mentioned): (kind, mentions, event) = ("note", mentioned.map(\.text), nil)
        case .happening(let happening): (kind, mentions, event) = ("event", nil, HappeningShape(happening, view.faces))
        }
    }
}

public struct AttachmentShape: Encodable, Sendable {
    let id, name, type: String
    let size: Int
    let url: String
    let width, height: Int?

    public init(_ attachment: Attachment) {
        id = attachment.id.text
        name = attachment.name
        type = attachment.type
        size = attachment.size
        url = "/files/\(attachment.token)/\(Self.escaped(attachment.name))"
        width = attachment.width
        height = attachment.height
    }

    /// Everything but the unreserved characters of RFC 3986 as percent-encoded UTF-8.
    private static func escaped(_ name: String) -> String {
        name.utf8.map { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"):
                String(UnicodeScalar(byte))
            default: (byte < 16 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)
            }
        }.joined()
    }
}

public struct HappeningShape: Encodable, Sendable {
    var kind: String
    var agent, to, by: AuthorShape?
    var team: TeamShape?
    var until: Int64?
    var score: Int?
    var comment: String?

    init(_ happening: Happening, _ faces: Faces) {
        func face(_ agent: Agent.ID?) -> AuthorShape? { agent.map { AuthorShape(faces[.agent($0)]) } }
        func shape(_ team: Team.ID?) -> TeamShape? { team.map { TeamShape($0, faces) } }
        switch happening {
        case .joined(let agent): (kind, self.agent) = ("joined", face(agent))
        case .left(let agent): (kind, self.agent) = ("left", face(agent))
        case .transferred(let from, let to, let team):
            (kind, agent, self.to, self.team) = ("transferred", face(from), face(to), shape(team))
        case .assigned(let to, let team, let by):
            (kind, self.to, self.team, self.by) = ("assigned", face(to), shape(team), AuthorShape(faces[by]))
        case .closed(let by): (kind, self.by) = ("closed", AuthorShape(faces[by]))
        case .reopened(let by): (kind, self.by) = ("reopened", AuthorShape(faces[by]))
        case .snoozed(let until, let by):
            (kind, self.until, self.by) = ("snoozed", until.milliseconds, AuthorShape(faces[by]))
        case .woken(let by): (kind, self.by) = ("woken", AuthorShape(faces[by]))
        case .rated(let score, let comment): (kind, self.score, self.comment) = ("rated", score, comment)
        }
    }
}
