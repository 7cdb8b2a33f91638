import Core

/// Carries everything from one database to another, whichever engines they are, and looks whether all has arrived.
///
/// Interrupted, it goes on where it was when it is run again; if the source has changed meanwhile, it begins anew. Until all has
/// arrived no Moro opens the target.
public struct Copying: Sendable {
    public enum Obstacle: Error, Equatable, Sendable {
        case sourceEmpty
        case sourceSchema(SchemaStanding)
        case targetSchema(SchemaStanding)
        /// The target holds data of somebody else's.
        case targetHolds(table: String)
        /// Somebody has written to the source meanwhile.
        case sourceChanged
        /// What has arrived is not what was sent.
        case differs(table: String)
        /// A text with the character NUL, which PostgreSQL can't hold.
        case unholdable(table: String, key: String)
    }

    public struct Progress: Sendable {
        public enum Phase: String, Sendable { case counting, copying, checking }
        public let phase: Phase
        public let table: String
        /// Rows of all tables.
        public let done: Int
        /// Nil while they are being counted.
        public let of: Int?
    }

    /// Stands among the steps of the schema while a target is unfinished, so that every Moro, older ones too, refuses to open it.
    public static let unfinished = 1_000_000

    private let source, target: any Engine

    public init(from source: any Engine, to target: any Engine) { (self.source, self.target) = (source, target) }

    public func run(_ tell: @escaping (Progress) -> Void = { _ in }) async throws -> Account {
        try await lookAtSource()
        let beginning = try await lookAtTarget()
        let account = try await Account.of(source, counting(.counting, of: nil, tell))
        try await begin(beginning, account)
        try await copy(account, tell)
        try await check(account, tell)
        try finish()
        return account
    }

    private enum Beginning { case empty, unfinished(of: String) }

    private func lookAtSource() async throws {
        let standing = try await SchemaStanding.of(source)
        guard case .current = standing else { throw Obstacle.sourceSchema(standing) }
        guard try await source.holds("workspaces") else { throw Obstacle.sourceEmpty }
    }

    private func lookAtTarget() async throws -> Beginning {
        switch try await SchemaStanding.of(target) {
        case .newer(Self.unfinished): return .unfinished(of: try await fingerprint())
        case .newer(let step): throw Obstacle.targetSchema(.newer(step))
        case .none, .older, .current: break
        }
        try Migrations.run(on: target)
        for table in CopiedTable.all where try await target.holds(table.name) { throw Obstacle.targetHolds(table: table.name) }
        return .empty
    }

    private func fingerprint() async throws -> String {
        let (step, fingerprint) = try await target.read { connection in
            (
                try connection.rows("SELECT MAX(step) AS step FROM schema_steps WHERE step < \(Self.unfinished)")[0].count("step"),
                try connection.rows("SELECT fingerprint FROM moving")[0].text("fingerprint")
            )
        }
        guard step == SchemaStanding.known else { throw Obstacle.targetSchema(step < SchemaStanding.known ? .older(step) : .newer(step)) }
        return fingerprint
    }

    private func begin(_ beginning: Beginning, _ account: Account) async throws {
        switch beginning {
        case .empty:
            try target.alone { connection in
                try connection.run("CREATE TABLE moving (fingerprint TEXT NOT NULL)")
                try connection.run("INSERT INTO moving (fingerprint) VALUES (\(account.checksum))")
                try connection.run("INSERT INTO schema_steps (step) VALUES (\(Self.unfinished))")
            }
        case .unfinished(let fingerprint):
            guard fingerprint != account.checksum else { return }
            try target.alone { connection in
                for table in CopiedTable.all.reversed() { try connection.run(SQL(names: "DELETE FROM \(table.name)")) }
                try connection.run("UPDATE moving SET fingerprint = \(account.checksum)")
            }
        }
    }

    private func copy(_ account: Account, _ tell: @escaping (Progress) -> Void) async throws {
        var done = 0
        for table in CopiedTable.all {
            let (from, to) = (try await TableRows(table, in: source), try await TableRows(table, in: target))
            guard from.columns == to.columns else { throw Obstacle.differs(table: table.name) }
            // Each batch arrives whole and in the order of the key: what is there already is the beginning of the table.
            var last = try await to.lastKey()
            if last != nil { done += try await target.count(table.name) }
            while true {
                let rows = try await from.rows(after: last)
                if !rows.isEmpty { try add(rows, to: to) }
                done += rows.count
                tell(Progress(phase: .copying, table: table.name, done: done, of: account.rows))
                last = rows.last.map(from.key) ?? last
                if rows.count < TableRows.batch { break }
            }
        }
    }

    private func add(_ rows: [[Value]], to target: TableRows) throws {
        do { try target.add(rows) } catch Refusal.malformed {
            let bad = rows.first { $0.contains { if case .text(let text) = $0 { text.holdsNUL } else { false } } }
            let key = bad.map { target.key(of: $0).map { "\($0)" }.joined(separator: ", ") } ?? "?"
            throw Obstacle.unholdable(table: target.table.name, key: key)
        }
    }

    private func check(_ account: Account, _ tell: @escaping (Progress) -> Void) async throws {
        let arrived = try await Account.of(target, counting(.checking, of: account.rows, tell))
        for (sent, got) in zip(account.tables, arrived.tables) where sent != got {
            let now = try await Account.of(source)
            throw now == account ? Obstacle.differs(table: sent.name) : Obstacle.sourceChanged
        }
        let heads = try await Account.table(CopiedTable.all[0], in: source)
        guard heads == account.tables[0] else { throw Obstacle.sourceChanged }
    }

    private func finish() throws {
        try target.alone { [target] connection in
            try connection.run("DROP TABLE moving")
            try connection.run("DELETE FROM schema_steps WHERE step = \(Self.unfinished)")
            for statement in target.dialect.afterCopying { try connection.run(statement) }
        }
    }

    private func counting(_ phase: Progress.Phase, of total: Int?, _ tell: @escaping (Progress) -> Void) -> (String, Int) -> Void {
        var (finished, current, count) = (0, "", 0)
        return { table, rows in
            if table != current { (finished, current) = (finished + count, table) }
            count = rows
            tell(Progress(phase: phase, table: table, done: finished + count, of: total))
        }
    }
}
