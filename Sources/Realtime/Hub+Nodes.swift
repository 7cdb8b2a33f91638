import Core
import Sockets
import Storage

/// What this node and the others tell each other.
extension Hub {
    /// Something that other nodes may know by heart is no longer so.
    /// - Parameters:
    ///   - what: a word without spaces.
    ///   - id: of the thing, without spaces.
    public func tellNodes(changed what: String, _ id: String) { nodes?.call(.changed(what: what, id: id)) }

    /// - Parameter hear: given the id, on a thread of the exchange's.
    public func onNodes(changed what: String, _ hear: @escaping @Sendable (String) -> Void) { nodes?.onChange(of: what, hear) }

    /// Returns when the other nodes have had a moment to say who is with them: whoever comes in first is to be told the truth.
    public func meetNodes() async throws {
        guard let nodes else { return }
        let begun = ContinuousClock.now
        while !nodes.hasConnected, .now - begun < .seconds(2) { try await Task.sleep(for: .milliseconds(20)) }
        try await Task.sleep(for: .milliseconds(250))
    }

    func joinNodes() {
        guard let nodes else { return }
        presence.onCall { agent, workspace, isHere in nodes.call(.presence(agent, workspace, node: nodes.name, isHere: isHere)) }
        nodes.hear { [weak self] call in self?.heard(call) }
        Task { [weak self] in
            // Held only while it beats: the hub may go meanwhile.
            while self?.presence.beat() != nil { try await Task.sleep(for: .seconds(3)) }
        }
    }

    private func heard(_ call: Nodes.Call?) {
        switch call {
        case nil:
            lookAround()
            presence.beat()
            if let nodes { nodes.call(.hello(node: nodes.name)) }
        case .hello:
            presence.beat()
            for stay in presence.stays { nodes?.call(.stay(stay.agent, stay.workspace, node: stay.node)) }
        case .stay(let agent, let workspace, let node):
            if node != nodes?.name { presence.heardOfStay(agent, of: workspace, on: node) }
        case .log(let workspace, let seq): look(at: workspace, upTo: seq)
        case .signal(let room, let json): pass(Array(json.utf8), to: room)
        case .presence(let agent, let workspace, let node, let isHere): presence.heard(agent, of: workspace, on: node, isHere: isHere)
        case .changed(let what, let id): nodes?.heardChange(of: what, id)
        }
    }
}
