import Foundation
import Synchronization
import TestSupport

/// A PostgreSQL server that waits for its disk, as the program insists on, and asks for a password. Started by the first test that
/// needs it, gone when the tests are over.
final class DurableServer: Sendable {
    static let isPossible = binaries != nil
    static let password = "Löyly ja & @ %40 vasta"

    static func shared() throws -> DurableServer { try one.get() }

    private static let one = Result { try DurableServer() }
    /// Debian keeps them apart from the other programs.
    private static let binaries: URL? = {
        let versions = (try? FileManager.default.contentsOfDirectory(atPath: "/usr/lib/postgresql")) ?? []
        let debian = versions.compactMap(Int.init).sorted(by: >).map { "/usr/lib/postgresql/\($0)/bin" }
        let path = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map(String.init)
        return (debian + path).first { FileManager.default.isExecutableFile(atPath: $0 + "/initdb") }.map { URL(fileURLWithPath: $0) }
    }()

    private let folder: URL
    private let port: Int
    private let count = Mutex(0)

    private init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("moro-postgres-\(UUID().uuidString)", isDirectory: true)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        port = try Self.freePort()
        try Data(Self.password.utf8).write(to: folder.appendingPathComponent("password"))
        if getuid() == 0 { try Self.run("/bin/chown", ["-R", "postgres", folder.path]) }
        try asOwner(
            "initdb",
            [
                "-D", data, "--username=moro", "--auth=scram-sha-256", "--pwfile=\(folder.path)/password", "--encoding=UTF8", "--no-locale",
                "--no-sync",
            ])
        let settings = "-c listen_addresses=127.0.0.1 -c port=\(port) -c unix_socket_directories= -c max_connections=200"
        atexit { (try? DurableServer.one.get())?.stop() }
        try asOwner("pg_ctl", ["-D", data, "-w", "-l", folder.path + "/log", "-o", settings, "start"])
    }

    /// An empty database of a test's own.
    func makeDatabase() throws -> String {
        let name = "test_\(count.withLock { count in count += 1; return count })"
        try session("postgres").run("CREATE DATABASE \(name) TEMPLATE template0 ENCODING 'UTF8'")
        return address(of: name)
    }

    func address(of name: String, user: String = "moro", password: String = password, more: String = "") -> String {
        let escaped = password.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        return "postgres://\(user):\(escaped)@127.0.0.1:\(port)/\(name)\(more)"
    }

    func session(_ name: String) throws -> PostgresSession { try PostgresSession(address(of: name)) }

    private var data: String { folder.path + "/data" }

    private func stop() {
        try? asOwner("pg_ctl", ["-D", data, "-m", "immediate", "stop"])
        try? FileManager.default.removeItem(at: folder)
    }

    /// PostgreSQL refuses to run as root.
    private func asOwner(_ program: String, _ words: [String]) throws {
        let path = Self.binaries.map { $0.appendingPathComponent(program).path } ?? program
        if getuid() == 0 {
            try Self.run("/sbin/runuser", ["-u", "postgres", "--", path] + words, in: folder)
        } else {
            try Self.run(path, words, in: folder)
        }
    }

    private static func run(_ program: String, _ words: [String], in folder: URL? = nil) throws {
        let process = Process()
        // The server lives on: were our descriptors still open in it, whoever waits for their end would wait for its end.
        let alone = #"for open in /proc/$BASHPID/fd/*; do n=${open##*/}; [ "$n" -le 2 ] || eval "exec $n>&-"; done; exec "$@""#
        process.executableURL = URL(fileURLWithPath: "/bin/bash")
        (process.arguments, process.currentDirectoryURL) = (["-c", alone, "bash", program] + words, folder)
        (process.standardOutput, process.standardError) = (FileHandle.nullDevice, FileHandle.nullDevice)
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw CocoaError(.executableNotLoadable, userInfo: [NSFilePathErrorKey: program]) }
    }

    private static func freePort() throws -> Int {
        let listener = try Listener()
        defer { listener.close() }
        return listener.port
    }
}
