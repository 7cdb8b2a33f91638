import Core
import Foundation
import Synchronization

/// A few connections that read, each on a thread of its own: libpq waits, and Swift's own threads must not.
final class PostgresReaders: Sendable {
    private typealias Reading = @Sendable (PostgresReader) -> Void

    private let state: Mutex<State>

    private struct State {
        var idle: [PostgresReader]
        var waiting = Line()
        var isClosed = false
    }

    private struct Line {
        private var readings: [Reading] = []
        private var gone = 0

        var count: Int { readings.count - gone }

        mutating func append(_ reading: @escaping Reading) { readings.append(reading) }

        mutating func popFirst() -> Reading? {
            guard gone < readings.count else { return nil }
            defer {
                gone += 1
                if gone * 2 >= readings.count {
                    readings.removeFirst(gone)
                    gone = 0
                }
            }
            return readings[gone]
        }
    }

    /// More than this waiting and a reader is told to come back.
    private static let longestQueue = 20_000

    init(_ door: PostgresDoor, count: Int) {
        state = Mutex(State(idle: (0..<max(1, count)).map { PostgresReader(PostgresPlug(door), number: $0) }))
    }

    func read<Answer: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> Answer) async throws -> Answer {
        try await withCheckedThrowingContinuation { continuation in
            let refusal = hand { reader in continuation.resume(with: Result { try reader.read(body) }) }
            if let refusal { continuation.resume(throwing: refusal) }
        }
    }

    func close() {
        let idle = state.withLock { state in
            state.isClosed = true
            defer { state.idle = [] }
            return state.idle
        }
        // Whoever is idle is touched by nobody else; the others close when they have answered.
        for reader in idle { reader.close() }
    }

    private func hand(_ reading: @escaping Reading) -> (any Error)? {
        let (reader, refusal): (PostgresReader?, (any Error)?) = state.withLock { state in
            if state.isClosed { return (nil, StorageFault.closed) }
            if let free = state.idle.popLast() { return (free, nil) }
            guard state.waiting.count < Self.longestQueue else { return (nil, Refusal.busy(retryAfter: 1)) }
            state.waiting.append(reading)
            return (nil, nil)
        }
        if let reader { reader.queue.async { self.serve(reading, by: reader) } }
        return refusal
    }

    private func serve(_ first: @escaping Reading, by reader: PostgresReader) {
        var reading: Reading? = first
        while let now = reading {
            now(reader)
            reading = next(for: reader)
        }
    }

    private func next(for reader: PostgresReader) -> Reading? {
        state.withLock { state in
            guard let next = state.waiting.popFirst() else {
                if state.isClosed { reader.close() } else { state.idle.append(reader) }
                return nil
            }
            return next
        }
    }
}

/// One of them. Used by one thread at a time, its queue's or the one that closes, hence unchecked.
private final class PostgresReader: @unchecked Sendable {
    let queue: DispatchQueue
    private let plug: PostgresPlug

    init(_ plug: PostgresPlug, number: Int) {
        self.plug = plug
        queue = DispatchQueue(label: "moro.reader.\(number)", qos: .userInitiated)
    }

    func close() { plug.drop() }

    func read<Answer>(_ body: (any Connection) throws -> Answer) throws -> Answer {
        var attempt = 0
        while true {
            attempt += 1
            do { return try look(body) } catch is ConnectionLost {
                guard attempt < 4 else { throw Refusal.busy(retryAfter: 2) }
            } catch let fault as PostgresFault {
                guard fault.isPassing, attempt < 4 else { throw fault.toTheAsker }
            } catch is DatabaseUnreachable {
                throw Refusal.busy(retryAfter: 2)
            }
        }
    }

    /// All of it sees the database as it was at its first statement.
    private func look<Answer>(_ body: (any Connection) throws -> Answer) throws -> Answer {
        let connection = PostgresConnection(try plug.line(), .reading)
        let answer = Result { try body(connection) }
        if let failure = connection.failure, (failure as? PostgresFault)?.isPassing ?? true {
            plug.drop()
            throw failure
        }
        try connection.letGo()
        if let failure = connection.failure { throw failure }
        return try answer.get()
    }
}
