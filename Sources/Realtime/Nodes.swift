import Core
import Sockets
import Storage
import Synchronization

/// The other nodes on the same database. A call is a line: what it is, and what belongs to it.
///
/// Nothing here has to arrive: what was written is also found in the log twice a second, signals may be dropped, and who is here is
/// said again every few seconds.
final class Nodes: Sendable {
    enum Call: Equatable {
        /// The log of a workspace has come so far.
        case log(Workspace.ID, Int64)
        /// To be passed on to those who sit in a room.
        case signal(Room, json: String)
        case presence(Agent.ID, Workspace.ID, node: String, isHere: Bool)
        /// Who is, or a moment ago was, with a third node: for one that has come since, and has not heard it from there.
        case stay(Agent.ID, Workspace.ID, node: String)
        /// A node has come, or could hear nobody for a while: the others are to say who is with them.
        case hello(node: String)
        /// Something that a node knows by heart is no longer so.
        case changed(what: String, id: String)

        var line: String {
            switch self {
            case .log(let workspace, let seq): "log \(workspace) \(seq)"
            case .signal(let room, let json): "signal \(room.code) \(json)"
            case .presence(let agent, let workspace, let node, let isHere): "\(isHere ? "here" : "gone") \(agent) \(workspace) \(node)"
            case .stay(let agent, let workspace, let node): "stay \(agent) \(workspace) \(node)"
            case .hello(let node): "hello \(node)"
            case .changed(let what, let id): "changed \(what) \(id)"
            }
        }

        /// Nil for what this release does not know: during an update two releases run side by side.
        init?(line: String) {
            let parts = line.split(separator: " ", maxSplits: 1).map(String.init)
            guard parts.count == 2 else { return nil }
            let words = parts[1].split(separator: " ").map(String.init)
            switch (parts[0], words.count) {
            case ("log", 2):
                guard let seq = Int64(words[1]) else { return nil }
                self = .log(ID(words[0]), seq)
            case ("signal", 2...):
                guard let room = Room(code: words[0]) else { return nil }
                self = .signal(room, json: String(parts[1].dropFirst(33)))
            case ("here", 3), ("gone", 3): self = .presence(ID(words[0]), ID(words[1]), node: words[2], isHere: parts[0] == "here")
            case ("stay", 3): self = .stay(ID(words[0]), ID(words[1]), node: words[2])
            case ("hello", 1): self = .hello(node: words[0])
            case ("changed", 2): self = .changed(what: words[0], id: words[1])
            default: return nil
            }
        }
    }

    /// This one, among those on the same database.
    let name: String
    private let exchange: any Exchange
    private let listeners = Mutex<[String: Listener]>([:])
    private let isConnected = Mutex(false)

    /// In a struct: a bare closure would be wrapped once more by every look into the mutex.
    private struct Listener: Sendable { let hear: @Sendable (String) -> Void }

    init(name: String, _ exchange: any Exchange) { (self.name, self.exchange) = (name, exchange) }

    func call(_ call: Call) { exchange.call(call.line) }

    /// - Parameter hear: nil when something may have been missed.
    func hear(_ hear: @escaping @Sendable (Call?) -> Void) {
        exchange.hear { [weak self] line in
            guard let line else {
                self?.isConnected.withLock { $0 = true }
                return hear(nil)
            }
            if let call = Call(line: line) { hear(call) }
        }
    }

    /// Whether the line has been connected since the start.
    var hasConnected: Bool { isConnected.withLock { $0 } }

    func onChange(of what: String, _ hear: @escaping @Sendable (String) -> Void) {
        listeners.withLock { $0[what] = Listener(hear: hear) }
    }

    func heardChange(of what: String, _ id: String) { listeners.withLock { $0[what] }?.hear(id) }
}
