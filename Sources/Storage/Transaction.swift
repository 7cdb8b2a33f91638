import Core

/// A look at the database, or a change of it, that is whole or not at all. Synchronous, and used on one thread.
///
/// What can be asked and changed stands in the `Rows` folder, one file a thing; the event log in `Log`.
public final class Transaction {
    public let world: World
    public let dialect: Dialect
    public internal(set) var events: [Event] = []
    private let connection: any Connection

    init(_ connection: any Connection, world: World, dialect: Dialect) {
        self.connection = connection
        self.world = world
        self.dialect = dialect
    }

    var memory: Memory { connection.memory }
    public var now: Moment { world.now() }

    public func rows(_ sql: SQL) throws -> [Row] { try connection.rows(sql) }
    public func row(_ sql: SQL) throws -> Row? { try connection.rows(sql).first }
    @discardableResult public func run(_ sql: SQL) throws -> Int { try connection.run(sql) }
    public func send(_ sql: SQL) throws { try connection.send(sql) }
    func rows(ofAll statements: [SQL]) throws -> [[Row]] { try connection.rows(ofAll: statements) }
    func flush() throws { try connection.flush() }

    /// The row with an id, if it is this company's. Asked for by the id alone: with the company beside it, a planner that knows little
    /// of the table may go through everything the company has.
    func row(_ sql: SQL, of workspace: Workspace.ID) throws -> Row? {
        guard let row = try row(sql), try row.text("workspace") == workspace.text else { return nil }
        return row
    }
}
