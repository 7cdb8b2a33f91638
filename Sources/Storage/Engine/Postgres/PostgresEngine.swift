import Core
import Foundation

/// PostgreSQL through libpq: one writing connection a node, a few reading ones.
///
/// What makes it right stands in `docs/decisions/0008-postgresql.md`: all nodes share one pen, so that a transaction reads and
/// decides on what nobody else is changing, as on SQLite.
public final class PostgresEngine: Engine {
    public struct Options: Sendable {
        /// How many connections read; each is opened when it is first needed.
        public var readers = 4
        /// Seconds after which the server gives a statement up, waiting for other nodes included.
        public var statementTimeout = 10
        /// Seconds that opening a connection may take.
        public var connectTimeout = 5
        /// Seconds for which a lost connection is sought again before people are told to come back.
        public var patience = 2.0
        /// Whether a server that does not wait for its disk (`fsync = off`) is refused. Only tests can do without.
        public var isDurable = true

        public init() {}
    }

    public let dialect = Dialect.postgres
    private let writer: PostgresWriter
    private let readers: PostgresReaders
    private let nodes: PostgresExchange
    public var exchange: (any Exchange)? { nodes }

    /// - Parameter address: what libpq takes, `postgres://user:password@host:5432/database?sslmode=verify-full`.
    /// - Throws: `DatabaseUnreachable` with a sentence that names the remedy.
    public init(_ address: String, options: Options = Options()) throws {
        let door = PostgresDoor(address: address, options: options)
        writer = try PostgresWriter(PostgresPlug(door))
        readers = PostgresReaders(door, count: options.readers)
        nodes = PostgresExchange(door)
    }

    deinit { nodes.close() }

    public func commit(_ work: [(any Connection) -> Bool]) throws { try writer.commit(work) }

    public func read<Answer: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> Answer) async throws -> Answer {
        try await readers.read(body)
    }

    public func close() throws {
        writer.close()
        readers.close()
        nodes.close()
    }
}
