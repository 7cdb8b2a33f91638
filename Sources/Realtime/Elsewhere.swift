import Core
import Synchronization

/// Who is connected to other nodes, as they said last. A node that has been silent for ten seconds is taken for dead.
final class Elsewhere: Sendable {
    private struct Stay {
        let workspace: Workspace.ID
        var heard: [String: ContinuousClock.Instant] = [:]
    }

    private let patience: Duration
    private let stays = Mutex<[Agent.ID: Stay]>([:])

    init(patience: Duration = .seconds(10)) { self.patience = patience }

    func has(_ agent: Agent.ID) -> Bool { stays.withLock { $0[agent] != nil } }

    func note(_ agent: Agent.ID, _ workspace: Workspace.ID, on node: String) {
        stays.withLock { $0[agent, default: Stay(workspace: workspace)].heard[node] = .now }
    }

    func forget(_ agent: Agent.ID, on node: String) {
        stays.withLock { stays in
            stays[agent]?.heard[node] = nil
            if stays[agent]?.heard.isEmpty == true { stays[agent] = nil }
        }
    }

    /// Those who have gone with their nodes.
    func expire() -> [(Agent.ID, Workspace.ID)] {
        let oldest = ContinuousClock.now - patience
        return stays.withLock { stays in
            stays = stays.mapValues { Stay(workspace: $0.workspace, heard: $0.heard.filter { $0.value > oldest }) }
            let gone = stays.filter(\.value.heard.isEmpty)
            for agent in gone.keys { stays[agent] = nil }
            return gone.map { ($0.key, $0.value.workspace) }
        }
    }
}
