import Core
import Realtime
import Sockets
import Storage
import Wire

extension FrontDesk {
    /// Where the typing of a visitor or an agent in a conversation is shown. Nil where they may not write.
    ///
    /// Agents see what a visitor is typing only if the site says so; the visitor sees of an agent only that they write.
    public func typingRoute(in id: Conversation.ID, of caller: Inbound.Caller) async -> Listener.Route? {
        try? await store.read { tx in
            switch caller {
            case .visitor(let session):
                let conversation = try tx.conversation(id, of: session.workspace)
                guard conversation.contact == session.contact else { throw Refusal.notFound("conversation") }
                let site = try tx.site(conversation.site, of: session.workspace)
                return visitorRoute(conversation, try tx.faces(of: [.contact(session.contact)]), peek: site.peek)
            case .agent(let agent):
                let conversation = try tx.conversation(id, of: agent.workspace)
                return agentRoute(conversation, try tx.faces(of: [.agent(agent.id)])[.agent(agent.id)])
            case .timer: return nil
            }
        }
    }

    private func visitorRoute(_ conversation: Conversation, _ faces: Faces, peek: Bool) -> Listener.Route {
        let (room, face) = (Room.agents(of: conversation.workspace), faces[.contact(conversation.contact)])
        return Listener.Route { [hub] text, stopped in
            let peeked = peek ? text.map { String($0.prefix(2_000)) } : nil
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
