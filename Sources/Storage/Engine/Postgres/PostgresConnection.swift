import CPostgres
import Core

/// A transaction on a line, begun with its first statement.
///
/// The first failure stays: PostgreSQL does nothing more in a transaction in which something has failed, whether or not the
/// piece of work has caught it.
final class PostgresConnection: Connection {
    enum Manner { case reading, together, apart }

    let memory: Memory
    private(set) var failure: (any Error)?
    private var hasSent = false
    private let line: PostgresLine
    private let manner: Manner
    private var hasBegun = false

    init(_ line: PostgresLine, _ manner: Manner) {
        self.line = line
        self.manner = manner
        memory = Memory(gathers: manner == .together)
    }

    /// Whether there may be something to undo since it was last set back.
    var hasWritten: Bool {
        get { hasSent || memory.gathered?.isTouched == true }
        set {
            hasSent = newValue
            memory.gathered?.isTouched = newValue
        }
    }

    func rows(_ sql: SQL) throws -> [Row] {
        try rows(ofAll: [sql])[0]
    }

    func rows(ofAll statements: [SQL]) throws -> [[Row]] {
        if statements.contains(where: { !$0.text.hasPrefix("SELECT") }) { hasSent = true }
        return try noting {
            for sql in statements { try queue(sql) }
            return try line.settle(last: statements.count) { result, statement in statement.rows(result) }
        }
    }

    func run(_ sql: SQL) throws -> Int {
        hasSent = true
        return try noting {
            try queue(sql)
            return try line.settle { result, _ in Int(String(cString: PQcmdTuples(result))) ?? 0 }
        }
    }

    func send(_ sql: SQL) throws {
        guard manner == .together else {
            _ = try run(sql)
            return
        }
        hasSent = true
        try noting { try queue(sql) }
    }

    func flush() throws {
        try noting {
            for sql in memory.gathered?.take() ?? [] { try queue(sql) }
            try line.hurry()
        }
    }

    /// Marks where the work goes back to when its next piece is undone.
    func mark() throws { try noting { try queue("SAVEPOINT piece") } }

    func keep() throws { try noting { try line.queue("RELEASE SAVEPOINT piece") } }

    func undo() throws {
        failure = nil
        try noting {
            try line.queue("ROLLBACK TO SAVEPOINT piece")
            try line.queue("RELEASE SAVEPOINT piece")
        }
    }

    /// - Throws: `CommitUndecided` when the connection was lost before the server had answered.
    func commit() throws {
        if let failure { throw failure }
        guard hasBegun else { return }
        defer { line.isHurried = true }
        do {
            try line.queue("COMMIT")
            let answer = try line.settle { result, _ in String(cString: PQcmdStatus(result)) }
            guard answer == "COMMIT" else { throw ConnectionLost(description: "COMMIT was answered by \(answer)") }
        } catch let lost as ConnectionLost {
            throw CommitUndecided(reason: lost.description)
        }
    }

    func rollBack() throws {
        guard hasBegun else { return }
        defer { line.isHurried = true }
        try line.queue("ROLLBACK")
        try line.settle { _, _ in }
    }

    /// Ends a transaction that has only read, without waiting for the answer.
    func letGo() throws {
        guard hasBegun else { return }
        try line.queue("COMMIT")
        try line.letGo()
    }

    /// What waits goes first: whoever looks sees what has been written before.
    private func queue(_ sql: SQL) throws {
        for earlier in memory.gathered?.take() ?? [] { try queue(earlier) }
        if !hasBegun {
            hasBegun = true
            for statement in manner == .reading ? Self.look : Self.takePen { try line.queue(statement) }
        }
        if sql.text == Dialect.unhurried.text { line.isHurried = false }
        try line.queue(sql)
    }

    private static let look: [SQL] = ["BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"]

    /// One transaction at a time writes in a database, on whichever node: so it may read, decide and write like SQLite's only writer.
    private static let takePen: [SQL] = [
        "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE", "SELECT pg_advisory_xact_lock(5579260112178604137)",
    ]

    private func noting<Answer>(_ body: () throws -> Answer) throws -> Answer {
        if let failure { throw toTheAsker(failure) }
        do { return try body() } catch {
            if error is PostgresFault || error is ConnectionLost { failure = error }
            throw toTheAsker(error)
        }
    }

    private func toTheAsker(_ error: any Error) -> any Error {
        switch error {
        case let fault as PostgresFault: fault.toTheAsker
        case is ConnectionLost: Refusal.busy(retryAfter: 2)
        default: error
        }
    }
}

/// The connection was lost between COMMIT and its answer: nobody here knows whether it was done.
struct CommitUndecided: Error {
    let reason: String
}
