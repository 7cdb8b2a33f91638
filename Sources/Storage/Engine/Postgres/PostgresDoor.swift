import CPostgres
import Foundation

/// Opens connections, and looks whether the server behind them can be trusted with messages.
struct PostgresDoor: Sendable {
    let address: String
    let options: PostgresEngine.Options

    func open() throws -> PostgresLine {
        let handle = try connect()
        do {
            try prepare(handle)
            return try PostgresLine(handle, patience: Double(options.statementTimeout) + 5)
        } catch {
            PQfinish(handle)
            throw error
        }
    }

    /// What holds unless the address says otherwise: a peer that is gone is noticed within seconds.
    private static let customs = [
        ("fallback_application_name", "moro"), ("keepalives_idle", "10"), ("keepalives_interval", "3"), ("keepalives_count", "3"),
        ("tcp_user_timeout", "10000"),
    ]

    func connect() throws(DatabaseUnreachable) -> OpaquePointer {
        // In this order the address overrules what stands before it.
        let settings = Self.customs + [("dbname", address), ("client_encoding", "UTF8")]
        let (names, values) = (settings.map { strdup($0.0) }, settings.map { strdup($0.1) })
        defer { for text in names + values { free(text) } }
        let handle = (names.map { UnsafePointer($0) } + [nil]).withUnsafeBufferPointer { names in
            (values.map { UnsafePointer($0) } + [nil]).withUnsafeBufferPointer { values in
                PQconnectStartParams(names.baseAddress, values.baseAddress, 1)
            }
        }
        guard let handle else { throw DatabaseUnreachable(reason: .other, detail: "out of memory") }
        // Talkative, because only so libpq passes on the server's code, and because its notices go nowhere.
        PQsetErrorVerbosity(handle, PQERRORS_VERBOSE)
        PQsetNoticeProcessor(handle, { _, _ in }, nil)
        if let obstacle = shakeHands(handle) {
            PQfinish(handle)
            throw obstacle
        }
        return handle
    }

    private func shakeHands(_ handle: OpaquePointer) -> DatabaseUnreachable? {
        guard isReadable else { return DatabaseUnreachable(reason: .address, detail: "") }
        let end = ContinuousClock.now + .seconds(options.connectTimeout)
        var state = PQstatus(handle) == CONNECTION_BAD ? PGRES_POLLING_FAILED : PGRES_POLLING_WRITING
        while state != PGRES_POLLING_OK {
            if state == PGRES_POLLING_FAILED { return DatabaseUnreachable(saying: String(cString: PQerrorMessage(handle))) }
            let awaited = state == PGRES_POLLING_READING ? POLLIN : POLLOUT
            guard wait(for: Int16(awaited), on: PQsocket(handle), until: end) else {
                return DatabaseUnreachable(reason: .silent, detail: "waited \(options.connectTimeout) seconds")
            }
            state = PQconnectPoll(handle)
        }
        return nil
    }

    /// Looked at apart, because libpq quotes an address that it can't read, password and all.
    private var isReadable: Bool {
        guard address.hasPrefix("postgres://") || address.hasPrefix("postgresql://") || address.contains("=") else { return false }
        guard let parsed = PQconninfoParse(address, nil) else { return false }
        PQconninfoFree(parsed)
        return true
    }

    private func prepare(_ handle: OpaquePointer) throws {
        guard PQserverVersion(handle) >= DatabaseUnreachable.oldest * 10_000 else {
            throw DatabaseUnreachable(reason: .tooOld, detail: "this is \(PQserverVersion(handle) / 10_000)")
        }
        let facts = try ask(
            """
            SET statement_timeout = '\(options.statementTimeout)s'; SET idle_in_transaction_session_timeout = '5s';
            SET client_min_messages = warning; SET jit = off;
            SELECT set_config('synchronous_commit', 'on', false)
                WHERE current_setting('synchronous_commit') NOT IN ('on', 'remote_apply');
            SELECT current_setting('server_encoding'), pg_is_in_recovery() OR current_setting('default_transaction_read_only')::bool,
                current_setting('synchronous_commit'), current_setting('fsync')
            """, handle)
        guard facts[0] == "UTF8" else { throw DatabaseUnreachable(reason: .encoding, detail: "it is in \(facts[0])") }
        guard facts[1] == "f" else { throw DatabaseUnreachable(reason: .readOnly, detail: "") }
        let isDurable = ["on", "remote_apply"].contains(facts[2]) && (facts[3] == "on" || !options.isDurable)
        guard isDurable else {
            throw DatabaseUnreachable(reason: .notDurable, detail: "synchronous_commit is \(facts[2]), fsync is \(facts[3])")
        }
    }

    private func ask(_ text: String, _ handle: OpaquePointer) throws -> [String] {
        guard let result = PQexec(handle, text) else { throw ConnectionLost(handle) }
        defer { PQclear(result) }
        guard PQresultStatus(result) == PGRES_TUPLES_OK else { throw DatabaseUnreachable(saying: String(cString: PQerrorMessage(handle))) }
        return (0..<PQnfields(result)).map { String(cString: PQgetvalue(result, 0, $0)) }
    }
}

/// False when the time is over first.
func wait(for event: Int16, on socket: Int32, until end: ContinuousClock.Instant) -> Bool {
    while true {
        let left = max(.zero, end - .now)
        var watched = pollfd(fd: socket, events: event, revents: 0)
        let found = poll(&watched, 1, Int32(left / .milliseconds(1)))
        if found != 0, !(found < 0 && errno == EINTR) { return found > 0 }
        if left == .zero { return false }
    }
}
