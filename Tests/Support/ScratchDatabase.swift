import Core
import Foundation
import Storage

/// A database of a test's own, gone when the test is: SQLite in memory, or a PostgreSQL one where `MORO_TEST_DATABASE` names a server.
public final class ScratchDatabase: Sendable {
    /// The address of a server on which databases may be made; nil when the tests run on SQLite.
    public static let server = ProcessInfo.processInfo.environment["MORO_TEST_DATABASE"].flatMap { $0.isEmpty ? nil : $0 }
    public static var isPostgres: Bool { server != nil }

    /// Where it is, and what it is called: for PostgreSQL.
    public let address: String
    public let name: String?
    private let folder: TemporaryFolder?

    /// - Parameter isShared: whether it is opened more than once.
    public static func make(isShared: Bool = false) async throws -> ScratchDatabase {
        let folder = isShared && !isPostgres ? try TemporaryFolder() : nil
        return ScratchDatabase(folder, name: try isPostgres ? await PostgresServer.shared.get().makeDatabase() : nil)
    }

    private init(_ folder: TemporaryFolder?, name: String?) {
        self.folder = folder
        self.name = name
        address = name.map { PostgresServer.address(of: $0) } ?? ""
    }

    deinit {
        if let name, let server = try? PostgresServer.shared.get() { server.drop(name) }
    }

    /// Opened again it is as if another process did it.
    public func open() throws -> any Engine {
        if name != nil { return ScratchEngine(try PostgresEngine(address, options: .test), in: self) }
        if let folder { return ScratchEngine(try SQLiteEngine(path: folder.path("moro.sqlite")), in: self) }
        return try SQLiteEngine()
    }
}

/// Keeps its database for as long as it is used.
private final class ScratchEngine: Engine {
    private let inner: any Engine
    private let database: ScratchDatabase

    init(_ inner: any Engine, in database: ScratchDatabase) {
        self.inner = inner
        self.database = database
    }

    deinit { try? inner.close() }

    var dialect: Dialect { inner.dialect }
    var exchange: (any Exchange)? { inner.exchange }
    func commit(_ work: [(any Connection) -> Bool]) throws { try inner.commit(work) }
    func read<Answer: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> Answer) async throws -> Answer {
        try await inner.read(body)
    }
    func close() throws { try inner.close() }
}

extension PostgresEngine.Options {
    /// For a server that is thrown away after the tests: it need not wait for its disk.
    public static var test: Self {
        var options = Self()
        options.readers = 2
        options.isDurable = false
        return options
    }
}
