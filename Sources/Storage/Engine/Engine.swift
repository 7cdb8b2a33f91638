/// A database that can read, and commit many pieces of work in one transaction.
public protocol Engine: Sendable {
    var dialect: Dialect { get }
    /// To the other nodes on the same database; nil where there are none to be.
    var exchange: (any Exchange)? { get }

    /// Runs all the work in one transaction, each piece in its own savepoint, lets the connection `settle`, and returns after all is
    /// on disk. A piece that returns false is undone alone; a commit that fails undoes and throws for all.
    func commit(_ work: [(any Connection) -> Bool]) throws
    func read<Answer: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> Answer) async throws -> Answer
    func close() throws
}

extension Engine {
    public var exchange: (any Exchange)? { nil }
}

/// A connection in one transaction: synchronous, so that no `await` can slip into it.
public protocol Connection: AnyObject {
    func rows(_ sql: SQL) throws -> [Row]
    /// The rows of several statements that do not need each other's.
    func rows(ofAll statements: [SQL]) throws -> [[Row]]
    /// Returns how many rows were changed.
    @discardableResult func run(_ sql: SQL) throws -> Int
    /// A statement whose count nobody needs; its failure may show only at the next answer, or at the commit.
    func send(_ sql: SQL) throws
    /// Sends on its way what waits in memory.
    func flush() throws
    /// Empty when the transaction begins.
    var memory: Memory { get }
}

extension Connection {
    public func rows(ofAll statements: [SQL]) throws -> [[Row]] { try statements.map(rows) }
    public func send(_ sql: SQL) throws { try run(sql) }
    public func flush() throws {}
}
