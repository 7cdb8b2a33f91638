/// Why there is no database to work with, with a sentence that says what to do. Never holds the password.
public struct DatabaseUnreachable: Error, Equatable, Sendable, CustomStringConvertible {
    public enum Reason: String, Sendable, CaseIterable {
        case address, host, refused, silent, credentials, missing, tls, certificate, full, starting
        case tooOld, encoding, readOnly, notDurable, noRight, other
    }

    public let reason: Reason
    /// What the server or libpq said, in one line; empty where the sentence says it all.
    public let detail: String

    public var description: String { detail.isEmpty ? sentence : "\(sentence) (\(detail))" }

    private var sentence: String {
        switch reason {
        case .address: "The database address can't be read. Write it as postgres://user:password@host:5432/database."
        case .host: "The database server's name is not known. Check the host in the database address."
        case .refused: "Nothing answers at the database address. Check host and port, and that PostgreSQL is running and listens there."
        case .silent: "The database server does not answer in time. Check host, port and the firewalls in between."
        case .credentials: "PostgreSQL does not let this user in. Check user and password in the database address, and pg_hba.conf."
        case .missing: "There is no such database. Make it: createdb --encoding UTF8 --template template0 NAME."
        case .tls: "The address asks for TLS, which the server does not offer. Set ssl = on in postgresql.conf, or change sslmode."
        case .certificate:
            "The server's certificate is not trusted. Name the right sslrootcert in the database address, or the host it is for."
        case .full: "PostgreSQL has no connection to spare. Raise max_connections, or give Moro fewer readers."
        case .starting: "PostgreSQL is starting or stopping. Try again in a moment."
        case .tooOld: "PostgreSQL \(Self.oldest) or newer is needed. Upgrade the server."
        case .encoding: "The database is not in UTF8. Make one: createdb --encoding UTF8 --template template0 NAME."
        case .readOnly: "This server only reads: it is a standby. Name the primary, or all hosts and target_session_attrs=read-write."
        case .notDurable:
            "The server does not wait for its disk, so acknowledged messages could be lost. Set fsync and synchronous_commit to on."
        case .noRight: "This user may not work in the database. Run GRANT ALL ON DATABASE and GRANT ALL ON SCHEMA for them."
        case .other: "The database can't be opened."
        }
    }

    static let oldest = 13
}

extension DatabaseUnreachable {
    /// What libpq said when it could not connect, in its most talkative manner: `FATAL:  28P01: password …`.
    ///
    /// Words of libpq's own are English, because this program never calls `setlocale`; the server's may be in any language, its codes not.
    init(saying message: String) {
        let codes: [(String, Reason)] = [
            ("28P01", .credentials), ("28000", .credentials), ("3D000", .missing), ("53300", .full), ("57P03", .starting),
            ("57P01", .starting), ("42501", .noRight),
        ]
        let words: [(String, Reason)] = [
            ("no password supplied", .credentials), ("server does not support SSL", .tls), ("certificate", .certificate),
            ("could not translate host name", .host), ("Connection refused", .refused), ("No such file or directory", .refused),
            ("session is read-only", .readOnly), ("session is not read-only", .readOnly), ("server is in hot standby", .readOnly),
            ("invalid sslmode", .address), ("invalid port", .address), ("invalid connection option", .address),
            ("invalid integer value", .address), ("timeout", .silent),
            ("Network is unreachable", .silent), ("No route to host", .silent), ("timed out", .silent),
        ]
        let known = codes.first { message.contains(" \($0.0): ") } ?? words.first { message.contains($0.0) }
        let reason = known?.1 ?? .other
        // A password with an @ in it, written as it is, would be quoted here as a part of the host.
        self.init(reason: reason, detail: reason == .address || reason == .host ? "" : Self.firstLine(of: message))
    }

    /// Without what only the server's developers need: the code and the place in its source.
    private static func firstLine(of message: String) -> String {
        let line = message.split(separator: "\n").first.map(String.init) ?? ""
        return line.replacing(#/\b[0-9A-Z]{5}: /#, with: "").replacing(#/\s+/#, with: " ")
    }
}
