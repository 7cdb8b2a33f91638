import Core

/// Numbered steps of the schema; each runs once, in order, in one transaction with its number.
enum Migrations {
    static let steps: [@Sendable (Dialect) -> [SQL]] = [Schema.first, Schema.closedByTime, Schema.withoutCounting]

    static func run(on engine: any Engine) throws {
        var result: Result<Void, any Error> = .success(())
        try engine.commit([
            { connection in
                result = Result { try migrate(connection, engine.dialect) }
                if case .success = result { return true }
                return false
            }
        ])
        try result.get()
    }

    private static func migrate(_ connection: any Connection, _ dialect: Dialect) throws {
        for statement in dialect.beforeMigrating { try connection.run(statement) }
        try connection.run("CREATE TABLE IF NOT EXISTS schema_steps (step INTEGER PRIMARY KEY)")
        let done = try connection.rows("SELECT COALESCE(MAX(step), 0) AS step FROM schema_steps")[0].count("step")
        guard done <= steps.count else { throw StorageFault.newerSchema(found: done, known: steps.count) }
        for (number, step) in steps.enumerated().dropFirst(done) {
            for statement in step(dialect) { try connection.run(dialect.schema(statement)) }
            try connection.run("INSERT INTO schema_steps (step) VALUES (\(number + 1))")
        }
    }
}
