import Core
import Dispatch
import Storage
import Synchronization
import TestSupport

/// SQLite that counts its commits.
final class CountingEngine: Engine {
    let inner: SQLiteEngine
    private let count = Mutex(0)

    init(_ inner: SQLiteEngine) { self.inner = inner }

    var commits: Int { count.withLock { $0 } }
    var dialect: Dialect { inner.dialect }

    func commit(_ work: [(any Connection) -> Bool]) throws {
        count.withLock { $0 += 1 }
        try inner.commit(work)
    }

    func read<Answer: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> Answer) async throws -> Answer {
        try await inner.read(body)
    }

    func close() throws { try inner.close() }
}

extension Store {
    /// Lets so many writers come while a commit is under way, so that they share the next ones.
    /// - Returns: what each writer was answered, in their order.
    func crowd<Answer: Sendable>(
        of writers: Int, _ body: @escaping @Sendable (Transaction, Int) throws -> Answer
    ) async -> [Result<Answer, any Error>] {
        let (gate, arrived) = (DispatchSemaphore(value: 0), Counter())
        await withCheckedContinuation { entered in
            Task {
                try await write { _ in
                    entered.resume()
                    gate.wait()
                }
            }
        }
        let answers = await withTaskGroup(of: (Int, Result<Answer, any Error>).self) { group in
            for number in 0..<writers {
                group.addTask {
                    if arrived.next() == writers { gate.signal() }
                    do { return (number, .success(try await self.write { try body($0, number) })) } catch {
                        return (number, .failure(error))
                    }
                }
            }
            return await group.reduce(into: [Int: Result<Answer, any Error>]()) { $0[$1.0] = $1.1 }
        }
        return (0..<writers).compactMap { answers[$0] }
    }
}

final class Counter: Sendable {
    private let value = Mutex(0)
    func next() -> Int {
        value.withLock { value in
            value += 1
            return value
        }
    }
}

extension Result {
    var isSuccess: Bool { if case .success = self { true } else { false } }
}
