import Storage
import Synchronization

/// A line between nodes in one process, for databases that have none of their own.
final class PartyLine: Sendable {
    private struct Listener: Sendable { let hear: @Sendable (String?) -> Void }

    private let listeners = Mutex<[Int: Listener]>([:])
    private let count = Mutex(0)

    /// Nobody hears anybody any more; when it is mended all are told that they may have missed something.
    let isCut = Mutex(false)

    func mend() {
        isCut.withLock { $0 = false }
        for listener in listeners.withLock({ Array($0.values) }) { listener.hear(nil) }
    }

    /// The end of one node.
    func end() -> any Exchange {
        let number = count.withLock { count in
            count += 1
            return count
        }
        return End(line: self, number: number)
    }

    private struct End: Exchange {
        let line: PartyLine
        let number: Int

        func call(_ words: String) {
            guard !line.isCut.withLock({ $0 }) else { return }
            for (other, listener) in line.listeners.withLock({ $0 }) where other != number { listener.hear(words) }
        }

        func hear(_ listener: @escaping @Sendable (String?) -> Void) {
            line.listeners.withLock { $0[number] = Listener(hear: listener) }
            listener(nil)
        }
    }
}

/// An engine whose node talks on a party line; PostgreSQL has its own.
struct ConnectedEngine: Engine {
    let inner: any Engine
    let end: any Exchange

    var dialect: Dialect { inner.dialect }
    var exchange: (any Exchange)? { inner.exchange ?? end }
    func commit(_ work: [(any Connection) -> Bool]) throws { try inner.commit(work) }
    func read<Answer: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> Answer) async throws -> Answer {
        try await inner.read(body)
    }
    func close() throws { try inner.close() }
}
