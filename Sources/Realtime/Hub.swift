import Core
import Dispatch
import Logging
import NIOCore
import Sockets
import Storage
import Synchronization
import Wire

/// Tells what has been committed to everyone who may hear it: once encoded, one hop per event loop, in the order of the log.
public final class Hub: Sendable {
    public let rooms: Rooms
    public let presence: Presence
    let store: Store
    let pollers = Pollers()
    let baseURL: String
    private let loops: [NewsLoop]
    /// Encoding happens here, in order, so that the writer can go on with the next commit.
    private let queue = DispatchQueue(label: "moro.hub", qos: .userInitiated)

    /// - Parameter baseURL: Moro's public address, for the snippets shown with a site.
    public init(store: Store, eventLoopGroup: any EventLoopGroup, baseURL: String) async throws {
        self.store = store
        self.baseURL = baseURL
        rooms = Rooms(eventLoopGroup: eventLoopGroup)
        presence = Presence()
        let heads = try await store.read { tx in try tx.workspaces().map { ($0.id, try tx.head(of: $0.id)) } }
        let told = Dictionary(uniqueKeysWithValues: heads)
        loops = eventLoopGroup.makeIterator().map { NewsLoop(eventLoop: $0, told: told) }
        presence.onChange { [weak self] agent, workspace in self?.presenceChanged(of: agent, in: workspace) }
        store.tell { [weak self] events in self?.publish(events) }
    }

    private func publish(_ events: [Event]) {
        queue.async { [self] in
            let news = events.flatMap(encode)
            for loop in loops { loop.tell(news, in: rooms) }
            for piece in news { pollers.wake(piece.room) }
            for event in events {
                if case .agentChanged(let agent) = event.kind { presence.noteChoice(of: agent) }
            }
        }
    }

    private func encode(_ event: Event) -> [News] {
        var news: [News] = []
        func add(_ room: Room, _ audience: Audience) {
            do {
                let shape = EventShape(event, for: audience, baseURL: baseURL, presence: presence.truth(of:))
                news.append(News(workspace: event.workspace, seq: event.seq, room: room, frame: Frame(json: try wireJSON(shape))))
            } catch {
                Logger(label: "moro.hub").error("event could not be encoded", metadata: ["seq": "\(event.seq)", "error": "\(error)"])
            }
        }
        add(.agents(of: event.workspace), .agent)
        if let contact = event.contact, !event.isInternal { add(.contact(contact), .contact) }
        return news
    }

    // MARK: Signals

    /// Tells something that is not stored: it may be dropped.
    public func signal(_ signal: SignalShape, to room: Room) {
        guard let json = try? wireJSON(signal) else { return }
        rooms.tell(room, Frame(json: json), droppable: true)
        pollers.signal(json, to: room)
    }

    /// Who is really here for the visitors of a workspace.
    public func availability(of workspace: Workspace.ID) async throws -> AvailabilityShape {
        let agents = try await store.read { try $0.agents(of: workspace) }
        return AvailabilityShape(here: agents.filter { $0.isActive && presence.truth(of: $0) == .here })
    }

    private func presenceChanged(of id: Agent.ID, in workspace: Workspace.ID) {
        Task {
            let agent = try await store.read { try $0.agent(id, of: workspace) }
            signal(.presence(id, presence.truth(of: agent)), to: .agents(of: workspace))
            let availability = try await availability(of: workspace)
            for site in try await store.read({ try $0.sites(of: workspace) }) {
                signal(.availability(availability), to: .visitors(of: site.id))
            }
        }
    }

    // MARK: Joining

    /// On the socket's loop: the socket hears everything after `seq` from now on. False when the log has already gone further here:
    /// then the log must be read again first.
    func join(_ socket: Socket, _ seat: Seat, caughtUpTo seq: Int64) -> Bool {
        guard let loop = loops.first(where: { $0.eventLoop === socket.eventLoop }) else { return true }
        return loop.join(socket, seat, caughtUpTo: seq, in: rooms)
    }
}

/// One event, encoded for one room.
struct News: Sendable {
    let workspace: Workspace.ID
    let seq: Int64
    let room: Room
    let frame: Frame
}
