import Core

/// An event as it is sent: `seq`, `type`, `at`, and what it is about.
public struct EventShape: Encodable, Sendable {
    let seq: Int64
    let at: Int64
    var type = ""
    var conversation: ConversationOrID?
    var message: MessageShape?
    var by: AuthorShape?
    var side: String?
    var delivered, read: Int64?
    var contact: ContactShape?
    var agent: AgentShape?
    var team: TeamShape?
    var site: SiteShape?
    var cannedReply: CannedReplyShape?
    var id: String?

    enum ConversationOrID: Encodable, Sendable {
        case shape(ConversationShape)
        case id(String)

        func encode(to encoder: any Encoder) throws {
            switch self {
            case .shape(let shape): try shape.encode(to: encoder)
            case .id(let id): try id.encode(to: encoder)
            }
        }
    }

    /// - Parameter presence: what is true of an agent now.
    public init(_ event: Event, for audience: Audience, baseURL: String, presence: (Agent) -> Agent.Presence) {
        seq = event.seq
        at = event.at.milliseconds
        switch event.kind {
        case .conversationStarted(let view): tell("conversation.started", view, audience)
        case .conversationChanged(let view, let by):
            tell("conversation.changed", view, audience)
            self.by = by.map { AuthorShape(view.faces[$0]) }
        case .messageAdded(let view):
            (type, conversation, message) = ("message.added", .id(view.message.conversation.text), MessageShape(view))
        case .conversationMarked(let id, _, let side, let mark):
            (type, conversation, self.side) = ("conversation.marked", .id(id.text), side.rawValue)
            (delivered, read) = (mark.delivered, mark.read)
        case .contactChanged(let contact): (type, self.contact) = ("contact.changed", ContactShape(contact))
        case .agentChanged(let agent): (type, self.agent) = ("agent.changed", AgentShape(agent, presence: presence(agent)))
        case .teamChanged(let team): (type, self.team) = ("team.changed", TeamShape(team))
        case .siteChanged(let site): (type, self.site) = ("site.changed", SiteShape(site, baseURL: baseURL))
        case .cannedReplyChanged(let reply): (type, cannedReply) = ("canned_reply.changed", CannedReplyShape(reply))
        case .cannedReplyRemoved(let id): (type, self.id) = ("canned_reply.removed", id.text)
        }
    }

    /// Whether every audience is sent the same bytes: then they are made once.
    public static func isSameForAll(_ event: Event) -> Bool {
        switch event.kind {
        case .messageAdded, .conversationMarked: true
        default: false
        }
    }

    private mutating func tell(_ type: String, _ view: ConversationView, _ audience: Audience) {
        (self.type, conversation) = (type, .shape(ConversationShape(view, for: audience)))
    }
}

/// News that is not stored: it may be dropped, and expires by itself.
public struct SignalShape: Encodable, Sendable {
    public enum Kind: String, Sendable, Encodable { case typing, composing, presence, availability, page }
    var type: Kind
    var conversation: String?
    var author: AuthorShape?
    var text: String?
    var stopped: Bool?
    var agent: String?
    var presence: String?
    var availability: AvailabilityShape?
    var contact, session: String?
    var page: Page?
    var online: Bool?

    public static func typing(_ kind: Kind, _ conversation: Conversation.ID, _ face: Face, text: String?, stopped: Bool) -> SignalShape {
        SignalShape(type: kind, conversation: conversation.text, author: AuthorShape(face), text: text, stopped: stopped ? true : nil)
    }

    public static func presence(_ agent: Agent.ID, _ presence: Agent.Presence) -> SignalShape {
        SignalShape(type: .presence, agent: agent.text, presence: presence.rawValue)
    }

    public static func availability(_ availability: AvailabilityShape) -> SignalShape {
        SignalShape(type: .availability, availability: availability)
    }

    public static func page(_ session: VisitorSession, online: Bool) -> SignalShape {
        SignalShape(type: .page, contact: session.contact.text, session: session.id.text, page: session.page, online: online)
    }
}

/// JSON as Moro writes it: no field for what is absent, slashes as they are.
public func wireJSON(_ value: some Encodable) throws -> [UInt8] {
    let text = JSONText()
    try text.write(value: value)
    return text.bytes
}
