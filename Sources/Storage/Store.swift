import Core
import Foundation
import Logging
import Synchronization

/// Where everything is kept.
///
/// `write` takes a synchronous closure; closures that arrive while a commit is under way run together in the next
/// transaction, each in its own savepoint, and all are acknowledged after the one fsync (group commit). Events are told
/// in the order of their numbers, after the commit, before the writers are acknowledged.
public final class Store: Sendable {
    public let world: World
    private let engine: any Engine
    private let queue = DispatchQueue(label: "moro.writer", qos: .userInitiated)
    private let pending = Mutex(Pending())
    private let teller = Mutex(Teller())

    /// In a struct: a bare closure would be wrapped once more by every look into the mutex, and the chain of wraps would never end.
    private struct Teller {
        var tell: @Sendable ([Event]) -> Void = { _ in }
    }

    private struct Pending {
        var work: [Work] = []
        var isWriting = false
        var isClosed = false
    }

    /// More than this in the queue and a writer is told to come back: an honest no instead of a long wait.
    private static let longestQueue = 20_000
    private static let largestBatch = 512
    /// As many in one commit are a crowd.
    private static let crowd = 16

    public init(_ engine: any Engine, world: World) throws {
        self.engine = engine
        self.world = world
        try Migrations.run(on: engine)
    }

    /// Who is to hear of every commit, in order. Called on the writer's thread.
    public func tell(_ listener: @escaping @Sendable ([Event]) -> Void) { teller.withLock { $0.tell = listener } }

    /// Runs the body in a transaction and returns when it is on disk.
    /// - Parameter foresight: what the body is going to look up first, if that is known.
    /// - Throws: what the body throws (then nothing of it is stored), `Refusal.busy` when the queue is full.
    public func write<Answer: Sendable>(
        foreseeing foresight: Foresight? = nil, _ body: @escaping @Sendable (Transaction) throws -> Answer
    ) async throws -> Answer {
        try await withCheckedThrowingContinuation { continuation in
            let work = Piece(foresight: foresight, body: body, continuation: continuation)
            if let refusal = enqueue(work) { continuation.resume(throwing: refusal) }
        }
    }

    public func read<Answer: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Answer) async throws -> Answer {
        let (world, dialect) = (world, engine.dialect)
        return try await engine.read { try body(Transaction($0, world: world, dialect: dialect)) }
    }

    /// To the other nodes on the same database, if it can have any.
    public var exchange: (any Exchange)? { engine.exchange }

    /// Finishes what is queued and closes the database.
    public func close() throws {
        pending.withLock { $0.isClosed = true }
        try queue.sync { try engine.close() }
    }

    private func enqueue(_ work: any Work) -> Refusal? {
        let (refusal, mustStart): (Refusal?, Bool) = pending.withLock { pending in
            if pending.isClosed || pending.work.count >= Self.longestQueue { return (.busy(retryAfter: 1), false) }
            pending.work.append(work)
            defer { pending.isWriting = true }
            return (nil, !pending.isWriting)
        }
        if mustStart { queue.async { self.drain() } }
        return refusal
    }

    private func drain() {
        while let batch = nextBatch() {
            commit(batch)
            gather(like: batch.count)
        }
    }

    /// Where many write at once, those just answered are about to write again: a moment's wait makes one commit of what would be many.
    private func gather(like last: Int) {
        guard last >= Self.crowd else { return }
        for _ in 0..<5 where pending.withLock({ $0.work.count < last * 3 / 4 }) { usleep(100) }
    }

    private func nextBatch() -> [any Work]? {
        pending.withLock { pending in
            guard !pending.work.isEmpty else {
                pending.isWriting = false
                return nil
            }
            let batch = Array(pending.work.prefix(Self.largestBatch))
            pending.work.removeFirst(batch.count)
            return batch
        }
    }

    private func commit(_ batch: [any Work]) {
        var told = [[Event]](repeating: [], count: batch.count)
        do {
            let sights = batch.compactMap(\.foresight)
            try engine.commit(
                batch.indices.map { place in
                    { connection in
                        let transaction = Transaction(connection, world: self.world, dialect: self.engine.dialect)
                        let numbers = connection.memory.numbers
                        let isDone = batch[place].run(transaction, lookingAhead: place == 0 ? sights : [])
                        if !isDone { connection.memory.goBack(to: numbers) }
                        told[place] = isDone ? transaction.events : []
                        return isDone
                    }
                })
            let events = told.flatMap(\.self)
            if !events.isEmpty { teller.withLock { $0.tell }(events) }
            for work in batch { work.finish() }
        } catch {
            Logger(label: "moro.storage").error("commit failed, nothing of it is stored", metadata: ["error": "\(error)"])
            for work in batch { work.fail(error) }
        }
    }
}

private protocol Work: Sendable {
    var foresight: Foresight? { get }
    /// False when the body threw: the savepoint is to be undone. The first of a batch looks ahead for all.
    func run(_ transaction: Transaction, lookingAhead sights: [Foresight]) -> Bool
    func finish()
    func fail(_ error: any Error)
}

/// One writer's closure and the continuation that waits for it. Used by the writer's thread only, hence unchecked.
private final class Piece<Answer: Sendable>: Work, @unchecked Sendable {
    let foresight: Foresight?
    private let body: @Sendable (Transaction) throws -> Answer
    private let continuation: CheckedContinuation<Answer, any Error>
    private var result: Result<Answer, any Error>?

    init(
        foresight: Foresight?, body: @escaping @Sendable (Transaction) throws -> Answer,
        continuation: CheckedContinuation<Answer, any Error>
    ) {
        self.foresight = foresight
        self.body = body
        self.continuation = continuation
    }

    func run(_ transaction: Transaction, lookingAhead sights: [Foresight]) -> Bool {
        // Nobody has to answer for what others asked to be looked up: where that fails, each looks for themselves.
        try? transaction.foresee(sights)
        let result = Result { try body(transaction) }
        self.result = result
        if case .success = result { return true }
        return false
    }

    func finish() {
        if let result { continuation.resume(with: result) }
    }

    /// The commit failed: a body's own refusal stands, a success has become none.
    func fail(_ error: any Error) {
        if case .failure(let own) = result { continuation.resume(throwing: own) } else { continuation.resume(throwing: error) }
    }
}
