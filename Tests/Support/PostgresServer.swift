import CPostgres
import Core
import Dispatch
import Foundation
import Storage

/// The server that `MORO_TEST_DATABASE` names. Databases are copied from one in which the schema stands already, on a thread of its
/// own: whoever waited for the server on one of Swift's few would keep the other tests waiting too.
final class PostgresServer: @unchecked Sendable {
    static let shared = Result { try PostgresServer() }

    private let template: String
    private let (builders, wreckers) = (DispatchQueue(label: "moro.test.builders"), DispatchQueue(label: "moro.test.wreckers"))
    private let (building, wrecking): (PostgresSession, PostgresSession)
    private var count = 0

    static func address(of name: String) -> String {
        let server = ScratchDatabase.server ?? ""
        return server + (server.contains("?") ? "&" : "?") + "dbname=" + name
    }

    private init() throws {
        building = try PostgresSession(ScratchDatabase.server ?? "")
        wrecking = try PostgresSession(ScratchDatabase.server ?? "")
        template = "moro_test_\(ProcessInfo.processInfo.processIdentifier)_\(UInt32.random(in: 0...UInt32.max))"
        try building.run("CREATE DATABASE \(template) TEMPLATE template0 ENCODING 'UTF8'")
        atexit { (try? PostgresServer.shared.get())?.dropAll() }
        try Store(PostgresEngine(Self.address(of: template), options: .test), world: .fixed(Clock())).close()
    }

    func makeDatabase() async throws -> String {
        try await withCheckedThrowingContinuation { continuation in
            builders.async { continuation.resume(with: Result { try self.build() }) }
        }
    }

    func drop(_ name: String) { wreckers.async { try? self.wrecking.run("DROP DATABASE IF EXISTS \(name) WITH (FORCE)") } }

    private func build() throws -> String {
        count += 1
        let name = "\(template)_\(count)"
        try building.run("CREATE DATABASE \(name) TEMPLATE \(template)")
        return name
    }

    private func dropAll() {
        let all = builders.sync { (1...max(1, count)).map { "\(template)_\($0)" } + [template] }
        wreckers.sync { for name in all { try? wrecking.run("DROP DATABASE IF EXISTS \(name) WITH (FORCE)") } }
    }
}

/// Somebody else at the database, with statements of their own.
public final class PostgresSession {
    private let handle: OpaquePointer

    public struct Unwilling: Error { public let said: String }

    public init(_ address: String) throws {
        guard let handle = PQconnectdb(address) else { throw Unwilling(said: "out of memory") }
        self.handle = handle
        PQsetNoticeProcessor(handle, { _, _ in }, nil)
        if PQstatus(handle) != CONNECTION_OK { throw Unwilling(said: String(cString: PQerrorMessage(handle))) }
    }

    deinit { PQfinish(handle) }

    public func run(_ statements: String) throws {
        let result = PQexec(handle, statements)
        defer { PQclear(result) }
        guard PQresultStatus(result) == PGRES_COMMAND_OK else { throw Unwilling(said: String(cString: PQerrorMessage(handle))) }
    }
}
