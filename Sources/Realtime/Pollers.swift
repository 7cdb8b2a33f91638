import Sockets
import Synchronization

/// Those who wait for news by long poll. Woken by an event they read the log; signals are handed to them.
final class Pollers: Sendable {
    /// One waiting request. Woken once; what comes later is left for the next request.
    final class Poller: Sendable {
        private struct State {
            var signals: [[UInt8]] = []
            var isWoken = false
            var continuation: CheckedContinuation<Void, Never>?
        }
        /// The number up to which they know the log: hearing late of what they have read already does not wake them.
        let seq: Int64
        private let state = Mutex(State())

        init(after seq: Int64) { self.seq = seq }

        func wake(with signal: [UInt8]? = nil) {
            let continuation = state.withLock { state in
                if let signal { state.signals.append(signal) }
                state.isWoken = true
                defer { state.continuation = nil }
                return state.continuation
            }
            continuation?.resume()
        }

        func sleep() async {
            await withCheckedContinuation { continuation in
                let isWoken = state.withLock { state in
                    if !state.isWoken { state.continuation = continuation }
                    return state.isWoken
                }
                if isWoken { continuation.resume() }
            }
        }

        var isWoken: Bool { state.withLock { $0.isWoken } }
        var signals: [[UInt8]] { state.withLock { $0.signals } }
    }

    private let waiting = Mutex<[Room: [Poller]]>([:])

    var isEmpty: Bool { waiting.withLock { $0.isEmpty } }

    func add(_ poller: Poller, to rooms: [Room]) {
        waiting.withLock { waiting in
            for room in rooms { waiting[room, default: []].append(poller) }
        }
    }

    func remove(_ poller: Poller, from rooms: [Room]) {
        waiting.withLock { waiting in
            for room in rooms {
                waiting[room]?.removeAll { $0 === poller }
                if waiting[room]?.isEmpty == true { waiting[room] = nil }
            }
        }
    }

    /// Something has come under a number.
    func wake(_ room: Room, _ seq: Int64) {
        for poller in waiting.withLock({ $0[room] ?? [] }) where poller.seq < seq { poller.wake() }
    }

    func signal(_ json: [UInt8], to room: Room) {
        for poller in waiting.withLock({ $0[room] ?? [] }) { poller.wake(with: json) }
    }
}
