import CPostgres
import Foundation

/// One connection in libpq's pipeline mode: statements are queued and go out together with the first whose answer is needed.
///
/// Used by one thread at a time, hence unchecked. After `ConnectionLost` it is of no more use.
final class PostgresLine: @unchecked Sendable {
    private let handle: OpaquePointer
    private let patience: Double
    /// Whether a silent server counts as lost; not while it builds an index.
    var isHurried = true
    private var statements: [String: PostgresStatement] = [:]
    private var named = 0
    private var queued: [Queued] = []

    private enum Queued {
        case preparation(of: String)
        case execution(PostgresStatement)
        /// The end of a round; of one that is `heeded` somebody wants to know how it went.
        case end(heeded: Bool)
    }

    /// - Parameter patience: seconds after which a silent server counts as lost.
    init(_ handle: OpaquePointer, patience: Double) throws {
        self.handle = handle
        self.patience = patience
        guard PQenterPipelineMode(handle) == 1 else { throw ConnectionLost(handle) }
    }

    deinit { PQfinish(handle) }

    /// False when the server has hung up since the line was used last.
    var isAlive: Bool {
        if wait(for: Int16(POLLIN), on: PQsocket(handle), until: .now) { PQconsumeInput(handle) }
        return PQstatus(handle) == CONNECTION_OK
    }

    func queue(_ sql: SQL) throws {
        let statement = try prepared(sql.text)
        let sent = try sql.withParameters { PQsendQueryPrepared(handle, statement.name, Int32(sql.values.count), $0, nil, nil, 0) }
        guard sent == 1 else { throw ConnectionLost(handle) }
        queued.append(.execution(statement))
    }

    /// Sends what is queued, waits for the answers, and hands over that of the last statement.
    @discardableResult
    func settle<Answer>(_ take: (OpaquePointer, PostgresStatement) throws -> Answer) throws -> Answer {
        try settle(last: 1, take)[0]
    }

    /// Sends what is queued, waits for the answers, and hands over those of the last so many statements.
    func settle<Answer>(last count: Int, _ take: (OpaquePointer, PostgresStatement) throws -> Answer) throws -> [Answer] {
        try endRound(heeded: true)
        return try readAnswers(last: count, take)
    }

    /// Sends what is queued as far as it goes: the server can begin.
    func hurry() throws {
        guard PQsendFlushRequest(handle) == 1, PQflush(handle) >= 0 else { throw ConnectionLost(handle) }
    }

    /// Sends what is queued and does not wait: how it went is read, and thrown away, when the line is used next.
    func letGo() throws {
        try endRound(heeded: false)
    }

    private func endRound(heeded: Bool) throws {
        guard PQpipelineSync(handle) == 1 else { throw ConnectionLost(handle) }
        queued.append(.end(heeded: heeded))
    }

    private func prepared(_ text: String) throws -> PostgresStatement {
        if let known = statements[text] { return known }
        if statements.count >= Self.mostStatements { try forgetStatements() }
        named += 1
        let statement = PostgresStatement(name: "s\(named)")
        guard PQsendPrepare(handle, statement.name, text, 0, nil) == 1 else { throw ConnectionLost(handle) }
        queued.append(.preparation(of: text))
        statements[text] = statement
        return statement
    }

    private static let mostStatements = 500

    private func forgetStatements() throws {
        guard PQsendQueryParams(handle, "DEALLOCATE ALL", 0, nil, nil, nil, nil, 0) == 1 else { throw ConnectionLost(handle) }
        queued.append(.execution(PostgresStatement(name: "")))
        // What is queued under its name already still finds it: the server goes by the order in which it is told.
        statements = [:]
    }

    private func readAnswers<Answer>(
        last count: Int, _ take: (OpaquePointer, PostgresStatement) throws -> Answer
    ) throws -> [Answer] {
        defer { queued.removeAll(keepingCapacity: true) }
        var (answers, fault): ([Answer], PostgresFault?) = ([], nil)
        var earlier = queued.count { if case .execution = $0 { true } else { false } } - count
        for item in queued {
            guard let result = try nextResult() else { throw ConnectionLost(handle) }
            defer { PQclear(result) }
            let status = PQresultStatus(result)
            let isFine = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK
            if status == PGRES_FATAL_ERROR, fault == nil { fault = PostgresFault(result) }
            switch item {
            case .end(heeded: false): fault = nil
            case .end(heeded: true): break
            case .preparation(let text): if !isFine { statements[text] = nil }
            case .execution(let statement):
                if isFine, earlier <= 0 { answers.append(try take(result, statement)) }
                earlier -= 1
            }
            if case .end = item { continue }
            while let more = try nextResult() { PQclear(more) }
        }
        if let fault { throw fault }
        guard answers.count == count else { throw ConnectionLost(description: "no answer") }
        return answers
    }

    private func nextResult() throws -> OpaquePointer? {
        let end = ContinuousClock.now + .seconds(patience)
        while PQisBusy(handle) == 1 {
            let end = isHurried ? end : .now + .seconds(3600)
            guard wait(for: Int16(POLLIN), on: PQsocket(handle), until: end) else {
                throw ConnectionLost(description: "no answer for \(Int(patience)) seconds")
            }
            guard PQconsumeInput(handle) == 1 else { throw ConnectionLost(handle) }
        }
        let result = PQgetResult(handle)
        guard PQstatus(handle) == CONNECTION_OK else {
            let fault = result.map(PostgresFault.init)
            PQclear(result)
            throw ConnectionLost(description: fault?.message ?? ConnectionLost(handle).description)
        }
        return result
    }
}

/// A statement the server knows by name, and how its answers look.
final class PostgresStatement {
    let name: String
    private var columns: [String: Int]?
    private var types: [Oid] = []

    init(name: String) { self.name = name }

    func rows(_ result: OpaquePointer) -> [Row] {
        let places = learn(result)
        return (0..<PQntuples(result)).map { line in
            Row(columns: places, values: types.indices.map { Value(result, line, Int32($0), type: types[$0]) })
        }
    }

    private func learn(_ result: OpaquePointer) -> [String: Int] {
        if let columns { return columns }
        let fields = 0..<PQnfields(result)
        types = fields.map { PQftype(result, $0) }
        let places = Dictionary(fields.map { (String(cString: PQfname(result, $0)), Int($0)) }, uniquingKeysWith: { first, _ in first })
        columns = places
        return places
    }
}

extension ConnectionLost {
    init(_ handle: OpaquePointer) {
        let said = PQerrorMessage(handle).map { String(cString: $0) } ?? ""
        self.init(description: said.split(separator: "\n").first.map(String.init) ?? "the connection is lost")
    }
}
