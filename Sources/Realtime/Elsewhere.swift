import Core
import Synchronization

/// Who is connected to other nodes, as they said last. A node that has been silent for ten seconds is taken for dead.
final class Elsewhere: Sendable {
    private struct Stay {
        let workspace: Workspace.ID
        var heard: [String: ContinuousClock.Instant] = [:]
    }

    private let patience: Duration
    private let known = Mutex<[Agent.ID: Stay]>([:])

    init(patience: Duration = .seconds(10)) { self.patience = patience }

    func has(_ agent: Agent.ID) -> Bool { known.withLock { $0[agent] != nil } }

    func note(_ agent: Agent.ID, _ workspace: Workspace.ID, on node: String) {
        known.withLock { $0[agent, default: Stay(workspace: workspace)].heard[node] = .now }
    }

    /// Hearsay does not make anybody stay longer.
    func noteIfNew(_ agent: Agent.ID, _ workspace: Workspace.ID, on node: String) {
        known.withLock { stays in
            if stays[agent]?.heard[node] == nil { stays[agent, default: Stay(workspace: workspace)].heard[node] = .now }
        }
    }

    var stays: [(agent: Agent.ID, workspace: Workspace.ID, node: String)] {
        known.withLock { stays in
            stays.flatMap { agent, stay in stay.heard.keys.map { (agent, stay.workspace, $0) } }
        }
    }

    func forget(_ agent: Agent.ID, on node: String) {
        known.withLock { stays in
            stays[agent]?.heard[node] = nil
            if stays[agent]?.heard.isEmpty == true { stays[agent] = nil }
        }
    }

    /// Those who have gone with their nodes.
    func expire() -> [(Agent.ID, Workspace.ID)] {
        let oldest = ContinuousClock.now - patience
        return known.withLock { stays in
            stays = stays.mapValues { Stay(workspace: $0.workspace, heard: $0.heard.filter { $0.value > oldest }) }
            let gone = stays.filter(\.value.heard.isEmpty)
            for agent in gone.keys { stays[agent] = nil }
            return gone.map { ($0.key, $0.value.workspace) }
        }
    }
}
