import Core

public struct ConversationShape: Encodable, Sendable {
    struct SiteName: Encodable, Sendable { let key, name: String }
    struct Mark: Encodable, Sendable { let delivered, read: Int64 }
    struct Marks: Encodable, Sendable { let contact, agent: Mark }
    struct RatingShape: Encodable, Sendable { let score: Int; let comment: String? }
    struct Last: Encodable, Sendable {
        let text: String
        let author: AuthorShape
        let at: Int64
    }

    let id: String
    let site: SiteName
    let contact: ContactShape
    let state: String
    let stateAt: Int64
    let stateBy: AuthorShape
    let until: Int64?
    let agent: AuthorShape?
    let team: TeamShape?
    let language: String
    let startedAt, lastAt: Int64
    let owedSince: Int64?
    let last: Last?
    let tags: [String]?
    let rating: RatingShape?
    let page: Page?
    let lastSeq: Int64
    let unread: Int
    let marks: Marks

    public init(_ view: ConversationView, for audience: Audience) {
        let (conversation, isAgent) = (view.conversation, audience == .agent)
        id = conversation.id.text
        site = SiteName(key: view.siteKey, name: view.siteName)
        contact = ContactShape(view.contact)
        (state, until) = Self.state(conversation, isAgent)
        stateAt = conversation.standing.since.milliseconds
        stateBy = AuthorShape(view.faces[conversation.standing.by])
        agent = conversation.agent.map { AuthorShape(view.faces[.agent($0)]) }
        team = isAgent ? conversation.team.map { TeamShape($0, view.faces) } : nil
        language = conversation.language.rawValue
        startedAt = conversation.startedAt.milliseconds
        lastAt = (conversation.last?.at ?? conversation.startedAt).milliseconds
        owedSince = isAgent ? conversation.owedSince?.milliseconds : nil
        last = conversation.last.map { Last($0, view.faces) }
        tags = isAgent ? view.tags : nil
        rating = conversation.rating.map { RatingShape(score: $0.score, comment: $0.comment) }
        page = isAgent ? conversation.page : nil
        lastSeq = conversation.lastSeq
        unread = isAgent ? conversation.unreadByAgent : conversation.unreadByContact
        marks = Marks(contact: Mark(conversation.contactMark), agent: Mark(conversation.agentMark))
    }

    /// A snooze is the team's own affair: to the customer the conversation is open.
    private static func state(_ conversation: Conversation, _ isAgent: Bool) -> (String, Int64?) {
        switch conversation.state {
        case .bot: ("bot", nil)
        case .waiting: ("waiting", nil)
        case .open: ("open", nil)
        case .closed: ("closed", nil)
        case .snoozed(let until): isAgent ? ("snoozed", until.milliseconds) : (conversation.agent == nil ? "waiting" : "open", nil)
        }
    }
}

extension ConversationShape.Mark {
    init(_ mark: Conversation.Mark) { self.init(delivered: mark.delivered, read: mark.read) }
}

extension ConversationShape.Last {
    init(_ last: Conversation.Last, _ faces: Faces) {
        self.init(text: last.text, author: AuthorShape(faces[last.author]), at: last.at.milliseconds)
    }
}
