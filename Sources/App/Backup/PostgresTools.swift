import Files
import Foundation
import Storage

/// PostgreSQL's own programs for copies. The password goes by their environment, never by their arguments, which everybody can read.
struct PostgresTools: Sendable {
    let address: PostgresAddress

    private static let remedy = "Install PostgreSQL's client programs, of the server's version or newer: apt-get install postgresql-client."

    /// Writes the whole database into a file, as it is at one moment. Returns what it holds at that moment.
    func dump(_ engine: PostgresEngine, to file: URL) async throws -> Contents {
        let program = try Program("pg_dump", orElse: Self.remedy)
        let run = Held<Program.Run>()
        let (words, environment) = (["--format=custom", "--no-password", "--file=\(file.path)"] + database, environment)
        let contents = try await engine.shareSnapshot { snapshot in
            guard run.value == nil else { throw Failure("the connection to the database was lost during the backup. Begin again.") }
            run.value = try program.start(["--snapshot=\(snapshot)"] + words, environment)
        } until: {
            run.value?.hasEnded ?? true
        }
        try run.value?.check()
        try Disk.synchronize(file.path)
        return contents
    }

    /// Puts a dump into an empty database, whole or not at all.
    func restore(_ file: URL) throws {
        let program = try Program("pg_restore", orElse: Self.remedy)
        let manner = ["--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges", "--no-password"]
        try program.run(manner + database + [file.path], environment)
    }

    /// Written without secrets.
    private var database: [String] { ["--dbname=\(address)"] }
    private var environment: [String: String] { address.password.map { ["PGPASSWORD": $0] } ?? [:] }
}

/// Something that comes into being in one closure and is asked for in another, both on the same thread.
private final class Held<Value>: @unchecked Sendable {
    var value: Value?
}
