import Core
import Realtime
import Storage

/// The one doorway. Whatever happens to a conversation, from widget, desk, API or timer, comes in here:
/// known → decided (pure) → committed (rows, numbers, jobs) → told by the hub after the commit.
public struct FrontDesk: Sendable {
    let store: Store
    let hub: Hub

    public init(store: Store, hub: Hub) {
        self.store = store
        self.hub = hub
    }

    /// Does one thing to one conversation.
    /// - Throws: `Refusal` when it can't be done; then nothing has changed.
    public func receive(_ inbound: Inbound) async throws -> Receipt {
        try await store.write(foreseeing: inbound.foresight) { try $0.receive(inbound) }
    }
}

/// Something that somebody wants to do to a conversation.
public struct Inbound: Sendable {
    public enum Caller: Sendable {
        case visitor(VisitorSession)
        case agent(Agent)
        case timer(Workspace.ID)

        public var author: Author {
            switch self {
            case .visitor(let session): .contact(session.contact)
            case .agent(let agent): .agent(agent.id)
            case .timer: .system
            }
        }
    }

    public enum Matter: Sendable {
        case conversation(Conversation.ID)
        /// The visitor's current conversation on their site, or a new one.
        case site(page: Page?, startsNew: Bool)
    }

    public enum Act: Sendable {
        case say(Words)
        case note(Words, mentions: [Agent.ID])
        case take(onlyIfFree: Bool, team: Team.ID?? = nil)
        case assign(to: Agent.ID?, team: Team.ID?, word: String?)
        case release
        case close
        case reopen
        case snooze(until: Moment)
        case wake
        case rate(score: Int, comment: String?)
        case tag(String)
        case untag(String)
        case mark(delivered: Int64?, read: Int64?)
    }

    public let caller: Caller
    public let matter: Matter
    public let act: Act

    public init(_ caller: Caller, _ matter: Matter, _ act: Act) {
        self.caller = caller
        self.matter = matter
        self.act = act
    }

    var author: Author { caller.author }

    var workspace: Workspace.ID {
        switch caller {
        case .visitor(let session): session.workspace
        case .agent(let agent): agent.workspace
        case .timer(let workspace): workspace
        }
    }
}

/// What came of it.
public struct Receipt: Sendable {
    /// Nil where nothing about the conversation itself changed.
    public let conversation: ConversationView?
    public let message: MessageView?
    /// The same message had been said before.
    public let isRepeated: Bool
}
