/// One matter between a customer and the company, whatever the channel.
///
/// Rules about it are pure: they take what is known and return a `Decision`; storage commits it, the hub tells it.
public struct Conversation: Sendable, Equatable {
    public typealias ID = Core.ID<Conversation>

    public enum State: Sendable, Equatable {
        /// The bot is answering, nobody is needed yet.
        case bot
        /// No agent has it.
        case waiting
        /// An agent has it.
        case open
        case snoozed(until: Moment)
        case closed
    }

    /// A state, since when, and by whom.
    public struct Standing: Sendable, Equatable {
        public let state: State
        public let since: Moment
        public let by: Author

        public init(_ state: State, since: Moment, by: Author) {
            self.state = state
            self.since = since
            self.by = by
        }
    }

    /// How far one side has got, by message number.
    public struct Mark: Sendable, Equatable {
        public var delivered: Int64
        public var read: Int64

        public init(delivered: Int64 = 0, read: Int64 = 0) {
            self.delivered = delivered
            self.read = read
        }
    }

    public struct Rating: Sendable, Equatable {
        /// 1 badly, 2 all right, 3 well.
        public let score: Int
        public let comment: String?

        public init(score: Int, comment: String?) {
            self.score = score
            self.comment = comment
        }
    }

    /// What was last said between the two sides, as a list shows it.
    public struct Last: Sendable, Equatable {
        public let text: String
        public let author: Author
        public let at: Moment

        public init(text: String, author: Author, at: Moment) {
            self.text = text
            self.author = author
            self.at = at
        }
    }

    public let id: ID
    public let workspace: Workspace.ID
    public let site: Site.ID
    public let contact: Contact.ID
    public let clientID: String
    public let language: Language
    public let startedAt: Moment
    public var standing: Standing
    public var agent: Agent.ID?
    public var team: Team.ID?
    /// The agent the customer has been told is here; a reply by anybody else first says so.
    public var spokesperson: Agent.ID?
    /// Since when the customer has been owed an answer.
    public var owedSince: Moment?
    public var last: Last?
    public var lastSeq: Int64
    public var contactMark: Mark
    public var agentMark: Mark
    public var unreadByContact: Int
    public var unreadByAgent: Int
    public var rating: Rating?
    public var page: Page?

    public init(
        id: ID, workspace: Workspace.ID, site: Site.ID, contact: Contact.ID, clientID: String, language: Language, startedAt: Moment,
        standing: Standing, agent: Agent.ID? = nil, team: Team.ID? = nil, spokesperson: Agent.ID? = nil, owedSince: Moment? = nil,
        last: Last? = nil, lastSeq: Int64 = 0, contactMark: Mark = Mark(), agentMark: Mark = Mark(), unreadByContact: Int = 0,
        unreadByAgent: Int = 0, rating: Rating? = nil, page: Page? = nil
    ) {
        self.id = id
        self.workspace = workspace
        self.site = site
        self.contact = contact
        self.clientID = clientID
        self.language = language
        self.startedAt = startedAt
        self.standing = standing
        self.agent = agent
        self.team = team
        self.spokesperson = spokesperson
        self.owedSince = owedSince
        self.last = last
        self.lastSeq = lastSeq
        self.contactMark = contactMark
        self.agentMark = agentMark
        self.unreadByContact = unreadByContact
        self.unreadByAgent = unreadByAgent
        self.rating = rating
        self.page = page
    }

    public var state: State { standing.state }
    public var isClosed: Bool { state == .closed }
}
