import Foundation
@testable import Storage
import TestSupport

/// How the database means to answer a statement, and what of it would take longer with every year.
struct Plan {
    /// Tables that grow as long as the company lives.
    static let growing: Set<String> = [
        "messages", "events", "conversations", "conversation_tags", "contacts", "visitor_sessions", "attachments", "search_messages",
        "search_contacts", "search_entries",
    ]

    let statement: String
    var complaints: [String] = []
}

extension Transaction {
    func plans(of sql: SQL) throws -> [Plan] {
        dialect == .sqlite ? [try planOnSQLite(sql)] : try [planOnPostgres(sql), genericPlanOnPostgres(sql.text)].compactMap(\.self)
    }

    private func planOnSQLite(_ sql: SQL) throws -> Plan {
        var plan = Plan(statement: sql.text)
        for step in try rows(SQL(plain: "EXPLAIN QUERY PLAN " + sql.text, sql.values)).map({ try $0.text("detail") }) {
            guard let match = step.firstMatch(of: #/^(SCAN|SEARCH) (\S+)(.*)$/#), plan.isGrowing(String(match.2)) else { continue }
            let isVirtual = match.3.contains("VIRTUAL TABLE")
            if match.1 == "SCAN", !isVirtual || match.3.hasSuffix(":") { plan.complaints.append(step) }
            if match.3.contains("(workspace=?)") { plan.complaints.append(step) }
        }
        return plan
    }

    /// As for these values.
    private func planOnPostgres(_ sql: SQL) throws -> Plan? {
        guard sql.values.count == sql.text.matches(of: #/\$\d+/#).map({ String($0.0) }).reduce(into: Set()) { $0.insert($1) }.count else {
            return nil
        }
        return try Plan(statement: sql.text, node: rows(SQL(plain: "EXPLAIN (FORMAT JSON) " + sql.text, sql.values)))
    }

    /// As for any values: what a statement gets that is sent again and again.
    private func genericPlanOnPostgres(_ text: String) throws -> Plan? {
        let name = "plan_\(abs(text.hashValue))"
        try run("SET LOCAL plan_cache_mode = force_generic_plan")
        try run(SQL(plain: "PREPARE \(name) AS \(text)"))
        let count =
            try row("SELECT cardinality(parameter_types) AS count FROM pg_prepared_statements WHERE name = \(name)")?.count("count") ?? 0
        let nothing = [String](repeating: "NULL", count: count).joined(separator: ", ")
        let answer = try rows(SQL(plain: "EXPLAIN (FORMAT JSON) EXECUTE \(name)" + (count == 0 ? "" : "(\(nothing))")))
        try run(SQL(plain: "DEALLOCATE \(name)"))
        return try Plan(statement: text, node: answer)
    }
}

extension Plan {
    /// SQLite speaks of tables by the names they have in the statement.
    fileprivate func isGrowing(_ name: String) -> Bool {
        if Self.growing.contains(name) { return true }
        return Self.growing.contains { statement.contains(" \($0) \(name) ") || statement.contains(" \($0) AS \(name) ") }
    }

    fileprivate init(statement: String, node answer: [Row]) throws {
        self.init(statement: statement)
        for row in answer {
            let tops = try JSONDecoder().decode([[String: PlanNode]].self, from: Data(row.text("QUERY PLAN").utf8))
            for top in tops.compactMap({ $0["Plan"] }) { complain(of: top, isCutShort: false) }
        }
    }

    /// - Parameter isCutShort: whether somebody above stops reading after so many rows.
    private mutating func complain(of node: PlanNode, isCutShort: Bool) {
        let table = node.table ?? node.index.flatMap { index in Self.growing.first { index.hasPrefix($0 + "_") } }
        if let table, Self.growing.contains(table), node.isRead {
            if node.kind == "Seq Scan" { complaints.append("Seq Scan on \(table)") }
            let columns = Set((node.condition ?? "").matches(of: #/(\w+)\)? ([=<>@&]|IS )/#).map { String($0.1) })
            let isWalk = node.index != nil && columns.subtracting(["workspace", "text"]).isEmpty
            if isWalk, !(isCutShort && table.hasPrefix("search_")) {
                complaints.append("\(node.kind) on \(table) through all of \(node.index ?? "") \(node.condition ?? "")")
            }
        }
        for child in node.children ?? [] {
            if node.gathersAll, child.rows > 3_000, !isCutShort || node.kind == "Sort" {
                complaints.append("\(node.kind) of \(Int(child.rows)) rows")
            }
            complain(of: child, isCutShort: (isCutShort || node.kind == "Limit") && !node.gathersAll)
        }
    }
}

private struct PlanNode: Decodable {
    let kind: String
    let table: String?
    let index: String?
    let condition: String?
    let rows: Double
    let children: [PlanNode]?

    /// A row that is inserted is not read; the rows below are.
    var isRead: Bool { kind != "ModifyTable" }
    var gathersAll: Bool { ["Sort", "Aggregate", "HashAggregate", "Hash", "Materialize"].contains(kind) }

    private enum CodingKeys: String, CodingKey {
        case kind = "Node Type"
        case table = "Relation Name"
        case index = "Index Name"
        case condition = "Index Cond"
        case rows = "Plan Rows"
        case children = "Plans"
    }
}

extension SQL {
    fileprivate init(plain text: String, _ values: [Storage.Value] = []) {
        self.init(stringLiteral: text)
        self.values = values
    }
}
