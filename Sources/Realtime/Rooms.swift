import Core
import Sockets
import Storage

extension Room {
    public static func agents(of workspace: Workspace.ID) -> Room { Room("agents:\(workspace)") }
    public static func contact(_ contact: Contact.ID) -> Room { Room("contact:\(contact)") }
    public static func visitors(of site: Site.ID) -> Room { Room("visitors:\(site)") }
}

/// Somebody who is to be told news: who they are in the log, and which rooms they sit in.
public struct Seat: Sendable {
    public let reader: Reader
    public let rooms: [Room]

    public static func agent(_ agent: Agent) -> Seat {
        Seat(reader: .agent(agent.workspace), rooms: [.agents(of: agent.workspace)])
    }

    /// - Parameter workspace: the session's, as an instance that is shared.
    public static func visitor(_ session: VisitorSession, of workspace: Workspace.ID? = nil) -> Seat {
        Seat(
            reader: .contact(session.contact, workspace ?? session.workspace),
            rooms: [.contact(session.contact), .visitors(of: session.site)])
    }
}
