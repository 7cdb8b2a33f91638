import Storage
import Synchronization

/// A database all of whose statements are overheard, by whomever they were sent.
final class OverheardEngine: Engine {
    /// What was said, each text once, with the values it was first said with.
    final class Notes: Sendable {
        private let noted = Mutex<[String: SQL]>([:])

        func note(_ sql: SQL) { noted.withLock { noted in if noted[sql.text] == nil { noted[sql.text] = sql } } }
        func forget() { noted.withLock { $0 = [:] } }
        var statements: [SQL] { noted.withLock { $0.values.sorted { $0.text < $1.text } } }
    }

    private let inner: any Engine
    private let notes: Notes

    init(_ inner: any Engine, _ notes: Notes) { (self.inner, self.notes) = (inner, notes) }

    var dialect: Dialect { inner.dialect }
    var exchange: (any Exchange)? { inner.exchange }

    func commit(_ work: [(any Connection) -> Bool]) throws {
        try inner.commit(work.map { [notes] piece in { piece(OverheardConnection($0, notes)) } })
    }

    func read<Answer: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> Answer) async throws -> Answer {
        try await inner.read { [notes] in try body(OverheardConnection($0, notes)) }
    }

    func close() throws { try inner.close() }
}

private final class OverheardConnection: Connection {
    private let inner: any Connection
    private let notes: OverheardEngine.Notes

    init(_ inner: any Connection, _ notes: OverheardEngine.Notes) { (self.inner, self.notes) = (inner, notes) }

    var memory: Memory { inner.memory }

    func rows(_ sql: SQL) throws -> [Row] {
        notes.note(sql)
        return try inner.rows(sql)
    }

    func rows(ofAll statements: [SQL]) throws -> [[Row]] {
        statements.forEach(notes.note)
        return try inner.rows(ofAll: statements)
    }

    func run(_ sql: SQL) throws -> Int {
        notes.note(sql)
        return try inner.run(sql)
    }

    func send(_ sql: SQL) throws {
        notes.note(sql)
        try inner.send(sql)
    }

    func flush() throws { try inner.flush() }
}
