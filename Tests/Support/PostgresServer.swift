import CPostgres
import Core
import Foundation
import Storage
import Synchronization

/// The server that `MORO_TEST_DATABASE` names. Databases are copied from one in which the schema stands already.
final class PostgresServer: @unchecked Sendable {
    static let shared = Result { try PostgresServer() }

    private let lock = NSLock()
    private let session: PostgresSession
    private let template: String
    private var names: Set<String> = []
    private var count = 0

    static func address(of name: String) -> String {
        let server = ScratchDatabase.server ?? ""
        return server + (server.contains("?") ? "&" : "?") + "dbname=" + name
    }

    private init() throws {
        session = try PostgresSession(ScratchDatabase.server ?? "")
        template = "moro_test_\(ProcessInfo.processInfo.processIdentifier)_\(UInt32.random(in: 0...UInt32.max))"
        try session.run("CREATE DATABASE \(template) TEMPLATE template0 ENCODING 'UTF8'")
        names.insert(template)
        atexit { (try? PostgresServer.shared.get())?.dropAll() }
        try Store(PostgresEngine(Self.address(of: template), options: .test), world: .fixed(Clock())).close()
    }

    func makeDatabase() throws -> String {
        try lock.withLock {
            count += 1
            let name = "\(template)_\(count)"
            try session.run("CREATE DATABASE \(name) TEMPLATE \(template)")
            names.insert(name)
            return name
        }
    }

    func drop(_ name: String) {
        lock.withLock {
            if names.remove(name) != nil { try? session.run("DROP DATABASE IF EXISTS \(name) WITH (FORCE)") }
        }
    }

    private func dropAll() {
        for name in lock.withLock({ names }) { drop(name) }
    }
}

/// Somebody else at the database, with statements of their own.
public final class PostgresSession {
    private let handle: OpaquePointer

    public struct Unwilling: Error { public let said: String }

    public init(_ address: String) throws {
        guard let handle = PQconnectdb(address) else { throw Unwilling(said: "out of memory") }
        self.handle = handle
        if PQstatus(handle) != CONNECTION_OK { throw Unwilling(said: String(cString: PQerrorMessage(handle))) }
    }

    deinit { PQfinish(handle) }

    public func run(_ statements: String) throws {
        let result = PQexec(handle, statements)
        defer { PQclear(result) }
        guard PQresultStatus(result) == PGRES_COMMAND_OK else { throw Unwilling(said: String(cString: PQerrorMessage(handle))) }
    }
}
