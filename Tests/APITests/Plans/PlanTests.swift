import Core
@testable import Storage
import TestSupport
import Testing

/// No statement of a shop's day reads through a table that grows with every visitor.
@Suite("Plans", .timeLimit(.minutes(4)))
struct PlanTests {
    @Test("whatever the shop's day asks of the database is answered by an index")
    func noFullScans() async throws {
        let notes = OverheardEngine.Notes()
        try await Shop.open(watched: { OverheardEngine($0, notes) }) { shop in
            notes.forget()
            try await shop.playDay()
            let store = shop.house.store
            let statements = notes.statements + (try await store.preparedElsewhere())
            #expect(statements.count > 100, "too few to be a day: \(statements.count)")
            if ScratchDatabase.isPostgres { try await store.growForPlanner() }
            for statement in statements where statement.isPlanned && !Self.knownToGrow.contains(where: statement.text.contains) {
                for plan in try await store.write({ try $0.plans(of: statement) }) where !plan.complaints.isEmpty {
                    Issue.record("\(plan.complaints.joined(separator: "; ")): \(plan.statement)")
                }
            }
        }
    }

    /// By its beginning, each with the reason why it may.
    static let knownToGrow = [
        // The desk's list of tags: counts every tag ever given, once for each start of a desk.
        "SELECT tag FROM conversation_tags WHERE workspace = $1 GROUP BY tag"
    ]
}

extension SQL {
    fileprivate var isPlanned: Bool { text.contains(#/^\s*(SELECT|INSERT|UPDATE|DELETE|WITH)\b/#) }
}

extension Store {
    /// What a connection has sent by itself, gathered from many writers: PostgreSQL remembers it.
    fileprivate func preparedElsewhere() async throws -> [SQL] {
        guard ScratchDatabase.isPostgres else { return [] }
        return try await write { tx in
            try tx.rows("SELECT statement FROM pg_prepared_statements").map { SQL(stringLiteral: try $0.text("statement")) }
        }
    }
}
