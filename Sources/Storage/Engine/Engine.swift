/// A database that can read, and commit many pieces of work in one transaction.
public protocol Engine: Sendable {
    var dialect: Dialect { get }

    /// Runs all the work in one transaction, each piece in its own savepoint, and returns after it is on disk.
    /// A piece that throws is undone alone; a commit that fails undoes and throws for all.
    func commit(_ work: [(any Connection) -> Bool]) throws
    func read<Answer: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> Answer) async throws -> Answer
    func close() throws
}

/// A connection in a transaction: synchronous, so that no `await` can slip into it.
public protocol Connection {
    func rows(_ sql: SQL) throws -> [Row]
    /// Returns how many rows were changed.
    @discardableResult func run(_ sql: SQL) throws -> Int
}
