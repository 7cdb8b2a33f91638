import Core
import Dispatch
import Synchronization

/// Which agents are really here: what they have chosen, and whether a device of theirs is connected, to this node or another.
///
/// The last device may vanish for a moment (a reload, a tunnel) before the agent counts as away.
public final class Presence: Sendable {
    private struct Device {
        let workspace: Workspace.ID
        var connections = 0
        var isConnected = false
        var departure = 0
    }

    private let devices = Mutex<[Agent.ID: Device]>([:])
    private let elsewhere = Elsewhere()
    private let choices = Mutex<[Agent.ID: Agent.Presence]>([:])
    private let listener = Mutex(Listener())

    /// In a struct: a bare closure would be wrapped once more by every look into the mutex.
    private struct Listener {
        var tell: @Sendable (Agent.ID, Workspace.ID) -> Void = { _, _ in }
        var call: @Sendable (Agent.ID, Workspace.ID, _ isHere: Bool) -> Void = { _, _, _ in }
    }

    private let grace: DispatchTimeInterval

    public init(grace: DispatchTimeInterval = .seconds(15)) { self.grace = grace }

    func onChange(_ body: @escaping @Sendable (Agent.ID, Workspace.ID) -> Void) { listener.withLock { $0.tell = body } }

    /// - Parameter body: what is to be told to other nodes of who is connected to this one.
    func onCall(_ body: @escaping @Sendable (Agent.ID, Workspace.ID, _ isHere: Bool) -> Void) { listener.withLock { $0.call = body } }

    /// `here` and `break` need a connected device; without one an agent is away, whatever they chose.
    public func truth(of agent: Agent) -> Agent.Presence {
        agent.isActive && isConnected(agent.id) ? agent.presence : .away
    }

    public func isConnected(_ agent: Agent.ID) -> Bool {
        devices.withLock { $0[agent]?.isConnected ?? false } || elsewhere.has(agent)
    }

    public func connected(_ agent: Agent.ID, of workspace: Workspace.ID) {
        let isNew = devices.withLock { devices in
            var device = devices[agent] ?? Device(workspace: workspace)
            defer {
                device.isConnected = true
                devices[agent] = device
            }
            device.connections += 1
            return !device.isConnected
        }
        guard isNew else { return }
        listener.withLock { $0.call }(agent, workspace, true)
        tell(agent, workspace)
    }

    public func disconnected(_ agent: Agent.ID, of workspace: Workspace.ID) {
        let departure: Int? = devices.withLock { devices in
            devices[agent]?.connections -= 1
            guard devices[agent]?.connections == 0 else { return nil }
            devices[agent]?.departure += 1
            return devices[agent]?.departure
        }
        guard let departure else { return }
        DispatchQueue.global().asyncAfter(deadline: .now() + grace) { self.leave(agent, workspace, departure) }
    }

    /// The desk's choice has been stored: whoever is told of availability hears of it.
    func noteChoice(of agent: Agent) {
        let choice = agent.isActive ? agent.presence : .away
        let isNew = choices.withLock { choices in
            defer { choices[agent.id] = choice }
            return choices[agent.id] != choice
        }
        if isNew { tell(agent.id, agent.workspace) }
    }

    /// Another node says who is connected to it, again and again: it may die without a word.
    func heard(_ agent: Agent.ID, of workspace: Workspace.ID, on node: String, isHere: Bool) {
        let before = isConnected(agent)
        if isHere { elsewhere.note(agent, workspace, on: node) } else { elsewhere.forget(agent, on: node) }
        if isConnected(agent) != before { tell(agent, workspace) }
    }

    /// Who is with other nodes, as they said.
    var stays: [(agent: Agent.ID, workspace: Workspace.ID, node: String)] { elsewhere.stays }

    /// A node tells what another has said. Whoever has heard that other one itself knows better.
    func heardOfStay(_ agent: Agent.ID, of workspace: Workspace.ID, on node: String) {
        let before = isConnected(agent)
        elsewhere.noteIfNew(agent, workspace, on: node)
        if !before { tell(agent, workspace) }
    }

    /// Says to the other nodes who is connected to this one, and forgets those of nodes that have been silent for too long.
    func beat() {
        let here = devices.withLock { $0.filter { $0.value.isConnected } }
        for (agent, device) in here { listener.withLock { $0.call }(agent, device.workspace, true) }
        for (agent, workspace) in elsewhere.expire() where !isConnected(agent) { tell(agent, workspace) }
    }

    private func leave(_ agent: Agent.ID, _ workspace: Workspace.ID, _ departure: Int) {
        let isGone = devices.withLock { devices in
            guard let device = devices[agent], device.connections == 0, device.departure == departure else { return false }
            devices[agent] = nil
            return true
        }
        guard isGone else { return }
        listener.withLock { $0.call }(agent, workspace, false)
        tell(agent, workspace)
    }

    private func tell(_ agent: Agent.ID, _ workspace: Workspace.ID) { listener.withLock { $0.tell }(agent, workspace) }
}
