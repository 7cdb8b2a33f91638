import Core
import Realtime
import Sockets
import Storage
import Wire

extension FrontDesk {
    /// Where the typing of a visitor or an agent in a conversation is shown. Nil where they may not write.
    ///
    /// Agents see what a visitor is typing only if the site says so; the visitor sees of an agent only that they write.
    public func typingRoute(in id: Conversation.ID, of author: Author, in workspace: Workspace.ID) async -> Listener.Route? {
        try? await store.read { tx in
            let conversation = try tx.conversation(id, of: workspace)
            let face = try tx.faces(of: [author])[author]
            switch author {
            case .contact(let contact):
                guard conversation.contact == contact else { throw Refusal.notFound("conversation") }
                return visitorRoute(conversation, face, peek: try tx.site(conversation.site, of: workspace).peek)
            case .agent: return agentRoute(conversation, face)
            case .bot, .system: return nil
            }
        }
    }

    private func visitorRoute(_ conversation: Conversation, _ face: Face, peek: Bool) -> Listener.Route {
        let room = Room.agents(of: conversation.workspace)
        return Listener.Route { [hub] text, stopped in
            let peeked = peek ? text.map { $0.beginning(2_000) } : nil
            hub.signal(.typing(.typing, conversation.id, face, text: peeked, stopped: stopped), to: room)
        }
    }

    private func agentRoute(_ conversation: Conversation, _ face: Face) -> Listener.Route {
        let (customer, colleagues) = (Room.contact(conversation.contact), Room.agents(of: conversation.workspace))
        return Listener.Route { [hub] _, stopped in
            hub.signal(.typing(.typing, conversation.id, face, text: nil, stopped: stopped), to: customer)
            hub.signal(.typing(.composing, conversation.id, face, text: nil, stopped: stopped), to: colleagues)
        }
    }
}
