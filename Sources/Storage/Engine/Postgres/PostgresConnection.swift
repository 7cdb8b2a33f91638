import CPostgres
import Core

/// A transaction on a line, begun with its first statement.
///
/// The first failure stays: PostgreSQL does nothing more in a transaction in which something has failed, whether or not the
/// piece of work has caught it.
final class PostgresConnection: Connection {
    enum Manner { case reading, together, apart }

    let memory = Memory()
    private(set) var failure: (any Error)?
    /// Whether there may be something to undo since it was last set back.
    var hasWritten = false
    private let line: PostgresLine
    private let manner: Manner
    private var hasBegun = false

    init(_ line: PostgresLine, _ manner: Manner) {
        self.line = line
        self.manner = manner
    }

    func rows(_ sql: SQL) throws -> [Row] {
        if !sql.text.hasPrefix("SELECT") { hasWritten = true }
        return try ask(sql) { result, statement in statement.rows(result) }
    }

    func run(_ sql: SQL) throws -> Int {
        hasWritten = true
        return try ask(sql) { result, _ in Int(String(cString: PQcmdTuples(result))) ?? 0 }
    }

    func send(_ sql: SQL) throws {
        guard manner == .together else {
            _ = try run(sql)
            return
        }
        hasWritten = true
        try noting { try queue(sql) }
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

    private func ask<Answer>(_ sql: SQL, _ take: (OpaquePointer, PostgresStatement) throws -> Answer) throws -> Answer {
        try noting {
            try queue(sql)
            return try line.settle(take)
        }
    }

    private func queue(_ sql: SQL) throws {
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
