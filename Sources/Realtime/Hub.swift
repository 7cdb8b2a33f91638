import Core
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
    let nodes: Nodes?
    private let loops: [NewsLoop]
    private let workspaces = Mutex<Set<Workspace.ID>>([])
    /// Commits on their way to be told, in order, so that the writer can go on with the next. An empty one means: look at the log.
    private let commits: AsyncStream<[Event]>.Continuation
    /// Somebody has asked to look at the log, and it has not been done yet.
    private let toLook = Mutex(ToLook())

    private struct ToLook {
        var everywhere = false
        /// How far another node says that a log has come.
        var reached: [Workspace.ID: Int64] = [:]

        var isNothing: Bool { !everywhere && reached.isEmpty }
    }

    /// - Parameter baseURL: Moro's public address, for the snippets shown with a site.
    public init(store: Store, eventLoopGroup: any EventLoopGroup, baseURL: String) async throws {
        self.store = store
        self.baseURL = baseURL
        nodes = store.exchange.map { Nodes(name: store.world.newToken(), $0) }
        rooms = Rooms(eventLoopGroup: eventLoopGroup)
        presence = Presence()
        let told = try await store.read { try $0.heads() }
        loops = eventLoopGroup.makeIterator().map { NewsLoop(eventLoop: $0, told: told) }
        let (stream, commits) = AsyncStream<[Event]>.makeStream()
        self.commits = commits
        presence.onChange { [weak self] agent, workspace in self?.presenceChanged(of: agent, in: workspace) }
        store.tell { events in commits.yield(events) }
        Task { [weak self] in
            var told = told
            for await events in stream { await self?.publish(events, &told) }
        }
        joinNodes()
    }

    deinit { commits.finish() }

    /// Another process (the command line, another node) may have written: what it wrote is read from the log and told.
    public func lookAround() { look { $0.everywhere = true } }

    /// The log of a workspace has come so far: what this node has not read yet is read and told.
    func look(at workspace: Workspace.ID, upTo seq: Int64) { look { $0.reached[workspace] = max(seq, $0.reached[workspace] ?? 0) } }

    private func look(_ note: (inout ToLook) -> Void) {
        let isFirst = toLook.withLock { toLook in
            defer { note(&toLook) }
            return toLook.isNothing
        }
        if isFirst { commits.yield([]) }
    }

    /// Numbers have no gaps: where one is missing, somebody else has written it, and it is told first.
    private func publish(_ events: [Event], _ told: inout [Workspace.ID: Int64]) async {
        do {
            if events.isEmpty { try await publishNewest(&told) } else { callNodes(events) }
            var (news, reached) = ([Event](), told)
            for event in events {
                let last = reached[event.workspace] ?? 0
                if event.seq <= last { continue }
                if event.seq > last + 1 {
                    news += try await log(of: event.workspace, after: last, atLeastTo: event.seq - 1).filter { $0.seq < event.seq }
                }
                news.append(event)
                reached[event.workspace] = event.seq
            }
            tell(news)
            // Only now: what could not be read is looked for again, and nothing before it is passed over.
            told = reached
        } catch { Logger(label: "moro.hub").error("the log could not be read", metadata: ["error": "\(error)"]) }
    }

    private func callNodes(_ events: [Event]) {
        guard let nodes else { return }
        let reached = Dictionary(events.map { ($0.workspace, $0.seq) }, uniquingKeysWith: max)
        for (workspace, seq) in reached { nodes.call(.log(workspace, seq)) }
    }

    private func publishNewest(_ told: inout [Workspace.ID: Int64]) async throws {
        let look = toLook.withLock { toLook in
            defer { toLook = ToLook() }
            return toLook
        }
        let heads = look.everywhere ? try await store.read { try $0.heads() } : look.reached
        for (workspace, head) in heads where head > told[workspace] ?? 0 {
            let news = try await log(of: workspace, after: told[workspace] ?? 0, atLeastTo: head)
            tell(news)
            told[workspace] = max(head, news.last?.seq ?? 0)
        }
    }

    private func log(of workspace: Workspace.ID, after last: Int64, atLeastTo end: Int64) async throws -> [Event] {
        var (events, after) = ([Event](), last)
        while after < end {
            let page = try await store.read { [after] in try $0.events(after: after, for: .agent(workspace), limit: Self.page) }
            events += page
            guard let newest = page.last?.seq else { break }
            after = newest
        }
        return events
    }

    private func tell(_ events: [Event]) {
        guard !events.isEmpty else { return }
        let news = events.flatMap(encode)
        for loop in loops { loop.tell(news, in: rooms) }
        for piece in news { pollers.wake(piece.room, piece.seq) }
        for event in events {
            if case .agentChanged(let agent) = event.kind { presence.noteChoice(of: agent) }
        }
    }

    private func encode(_ event: Event) -> [News] {
        do {
            let forAgents = try frame(event, .agent)
            var news = [News(workspace: event.workspace, seq: event.seq, room: .agents(of: event.workspace), frame: forAgents)]
            if let contact = event.contact, !event.isInternal {
                let forContact = EventShape.isSameForAll(event) ? forAgents : try frame(event, .contact)
                news.append(News(workspace: event.workspace, seq: event.seq, room: .contact(contact), frame: forContact))
            }
            return news
        } catch {
            Logger(label: "moro.hub").error("event could not be encoded", metadata: ["seq": "\(event.seq)", "error": "\(error)"])
            return []
        }
    }

    private func frame(_ event: Event, _ audience: Audience) throws -> Frame {
        Frame(json: try wireJSON(EventShape(event, for: audience, baseURL: baseURL, presence: presence.truth(of:))))
    }

    // MARK: Signals

    /// Tells something that is not stored, on this node and the others: it may be dropped.
    public func signal(_ signal: SignalShape, to room: Room) {
        guard let json = try? wireJSON(signal) else { return }
        pass(json, to: room)
        nodes?.call(.signal(room, json: String(decoding: json, as: UTF8.self)))
    }

    /// On this node.
    func pass(_ json: [UInt8], to room: Room) {
        rooms.tell(room, Frame(json: json), droppable: true)
        pollers.signal(json, to: room)
    }

    /// Who is really here for the visitors of a workspace.
    public func availability(of workspace: Workspace.ID) async throws -> AvailabilityShape {
        let agents = try await store.read { try $0.agents(of: workspace) }
        return AvailabilityShape(here: agents.filter { $0.isActive && presence.truth(of: $0) == .here })
    }

    /// Each node tells its own, because each hears of it by itself.
    private func presenceChanged(of id: Agent.ID, in workspace: Workspace.ID) {
        Task {
            let agent = try await store.read { try $0.agent(id, of: workspace) }
            pass(try wireJSON(SignalShape.presence(id, presence.truth(of: agent))), to: .agents(of: workspace))
            let availability = try wireJSON(SignalShape.availability(try await availability(of: workspace)))
            for site in try await store.read({ try $0.sites(of: workspace) }) { pass(availability, to: .visitors(of: site.id)) }
        }
    }

    // MARK: Joining

    /// A visitor's seat. Ten thousand of them share the text of their company's id.
    public func seat(of session: VisitorSession) -> Seat {
        let shared = workspaces.withLock { workspaces in workspaces.insert(session.workspace).memberAfterInsert }
        return .visitor(session, of: shared)
    }

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
