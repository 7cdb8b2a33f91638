import Core
import Storage
import Testing
import TestSupport

@Suite("Why there is no database")
struct PostgresDoorTests {
    static let refusals: [(String, DatabaseUnreachable.Reason)] = [
        ("28P01", .credentials), ("28000", .credentials), ("3D000", .missing), ("53300", .full), ("57P03", .starting), ("42501", .noRight),
        ("XX000", .other),
    ]

    @Test("The server's code decides, whatever language its sentence is in", arguments: refusals)
    func refused(code: String, reason: DatabaseUnreachable.Reason) throws {
        let server = try FakeServer(.refusal(code: code, "salasana-autentikaatio epäonnistui"))
        let obstacle = try #require(whatStopped(server.address("?sslmode=disable")))
        #expect(obstacle.reason == reason)
        #expect(obstacle.description.contains("epäonnistui") && !obstacle.description.contains(code), "\(obstacle)")
    }

    @Test(
        "An address that can't be read is not repeated, because there is a password in it",
        arguments: [
            "", "moro", "postgres://maija:salasana@[", "postgres://maija:salasana@host:port/moro", "mysql://maija:salasana@host/moro",
            "postgres://maija:salasana@host/moro?sauna=salasana", "postgres://maija:salasana@127.0.0.1:1/moro?sslmode=salasana",
            "host=127.0.0.1 password=salasana sauna=1",
        ])
    func unreadable(address: String) throws {
        let obstacle = try #require(whatStopped(address))
        #expect(obstacle.reason == .address)
        #expect(obstacle.description == "The database address can't be read. Write it as postgres://user:password@host:5432/database.")
    }

    @Test("Nothing there, nobody of that name, nobody who answers")
    func nobody() throws {
        #expect(whatStopped("postgres://maija:salasana@127.0.0.1:1/moro")?.reason == .refused)
        #expect(whatStopped("postgres://maija:salasana@/moro?host=/nowhere")?.reason == .refused)
        #expect(whatStopped("postgres://maija:salasana@ei-ole.invalid/moro")?.reason == .host)
        // A password with an @ in it that nobody has escaped.
        let at = try #require(whatStopped("postgres://maija:sala@salasana@ei-ole.invalid/moro"))
        #expect(at.reason == .host && !at.description.contains("salasana"))
        #expect(whatStopped(try FakeServer(.silence).address("?sslmode=disable"))?.reason == .silent)
    }

    @Test("TLS that is asked for and not offered")
    func noTLS() throws {
        #expect(whatStopped(try FakeServer(.noTLS).address("?sslmode=require"))?.reason == .tls)
        let certificate = whatStopped(try FakeServer(.noTLS).address("?sslmode=verify-full&sslrootcert=/nowhere.crt"))
        #expect(certificate?.reason == .tls || certificate?.reason == .certificate)
    }

    @Test("A server from another age")
    func old() throws {
        let obstacle = try #require(whatStopped(try FakeServer(.version("12.9")).address("?sslmode=disable")))
        #expect(obstacle.description == "PostgreSQL 13 or newer is needed. Upgrade the server. (this is 12)")
    }

    @Test("A database that can't be trusted with messages", .enabled(if: ScratchDatabase.isPostgres))
    func untrusted() async throws {
        let database = try await ScratchDatabase.make()
        let (name, session) = (database.name ?? "", try PostgresSession(database.address))
        try session.run("CREATE ROLE \(name)_guest LOGIN")
        defer { try? session.run("DROP ROLE \(name)_guest") }
        #expect(whatStopped(database.address + "_other")?.reason == .missing)
        #expect(whatStopped(database.address + "&user=ei-ole")?.reason == .credentials)
        #expect(whatStopped(database.address + "&sslmode=require")?.reason == .tls)

        try session.run("REVOKE CONNECT ON DATABASE \(name) FROM PUBLIC")
        #expect(whatStopped(database.address + "&user=\(name)_guest")?.reason == .noRight)

        try session.run("ALTER DATABASE \(name) SET default_transaction_read_only = on")
        #expect(whatStopped(database.address)?.reason == .readOnly)

        try session.run("CREATE DATABASE \(name)_latin TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'")
        defer { try? session.run("DROP DATABASE \(name)_latin") }
        #expect(whatStopped(database.address + "_latin")?.description.contains("(it is in LATIN1)") == true)
    }

    @Test("A commit waits for the disk, whatever the database's own custom is", .enabled(if: ScratchDatabase.isPostgres))
    func synchronous() async throws {
        let database = try await ScratchDatabase.make()
        let (name, session) = (database.name ?? "", try PostgresSession(database.address))
        for level in ["off", "local", "remote_write", "on", "remote_apply"] {
            try session.run("ALTER DATABASE \(name) SET synchronous_commit = \(level)")
            let store = try Store(PostgresEngine(database.address, options: .test), world: .fixed(Clock()))
            let found = try await store.write { try $0.row("SELECT current_setting('synchronous_commit') AS level")?.text("level") }
            #expect(found == (level == "remote_apply" ? level : "on"))
            try store.close()
        }
    }

    private func whatStopped(_ address: String) -> DatabaseUnreachable? {
        var options = PostgresEngine.Options.test
        options.connectTimeout = 2
        do {
            try PostgresEngine(address, options: options).close()
            Issue.record("it was let in")
            return nil
        } catch {
            #expect(!"\(error)".contains("salasana@") && !"\(error)".contains(":salasana"))
            return error as? DatabaseUnreachable
        }
    }
}
