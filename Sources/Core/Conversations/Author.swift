/// Who says or does something. Identity is never in doubt: a message has exactly one author.
public enum Author: Hashable, Sendable {
    case contact(Contact.ID)
    case agent(Agent.ID)
    case bot
    case system

    public var side: Side? {
        switch self {
        case .contact: .contact
        case .agent, .bot: .agent
        case .system: nil
        }
    }
}

/// The two ends of a conversation.
public enum Side: String, Sendable, Codable { case contact, agent }
