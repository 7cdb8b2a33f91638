import Foundation
import GRDB
import GRDBSQLite
import Synchronization

/// One connection of GRDB's pool in a transaction.
///
/// GRDB keeps the statements; values go in and out by SQLite's own functions, because a message is a dozen statements and most of
/// the time of each was spent on wrapping values twice.
final class SQLiteConnection: Connection {
    let database: Database
    let memory = Memory()
    private(set) var lastError: (any Error)?
    private let columns: ColumnPlaces

    init(_ database: Database, _ columns: ColumnPlaces) {
        self.database = database
        self.columns = columns
    }

    func rows(_ sql: SQL) throws -> [Row] {
        try noting {
            let statement = try database.cachedStatement(sql: sql.text)
            let places = columns.places(in: sql.text) { statement.columnNames }
            var rows: [Row] = []
            try statement.sqliteStatement.run(sql.values) { rows.append(Row(columns: places, values: $0.row)) }
            return rows
        } orThrowAbout: {
            sql
        }
    }

    func run(_ sql: SQL) throws -> Int {
        try noting {
            try database.cachedStatement(sql: sql.text).sqliteStatement.run(sql.values) { _ in }
            return database.changesCount
        } orThrowAbout: {
            sql
        }
    }

    private func noting<Answer>(_ body: () throws -> Answer, orThrowAbout sql: () -> SQL) throws -> Answer {
        do { return try body() } catch {
            let described = (error as? SQLiteCode).map {
                DatabaseError(resultCode: ResultCode(rawValue: $0.code), message: database.lastErrorMessage, sql: sql().text)
            }
            lastError = described ?? error
            throw described ?? error
        }
    }
}

/// What SQLite answered instead of a row or an end.
private struct SQLiteCode: Error { let code: CInt }

/// Where SQLite may keep a text it is given: it makes a copy.
private let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

extension OpaquePointer {
    /// Runs a prepared statement to its end.
    fileprivate func run(_ values: [Value], _ each: (OpaquePointer) -> Void) throws {
        defer { sqlite3_reset(self) }
        for (place, value) in values.enumerated() { try bind(value, at: CInt(place + 1)) }
        while true {
            switch sqlite3_step(self) {
            case SQLITE_ROW: each(self)
            case SQLITE_DONE: return
            case let code: throw SQLiteCode(code: code)
            }
        }
    }

    private func bind(_ value: Value, at place: CInt) throws {
        let code =
            switch value {
            case .null: sqlite3_bind_null(self, place)
            case .integer(let number): sqlite3_bind_int64(self, place, number)
            case .double(let number): sqlite3_bind_double(self, place, number)
            case .text(var text):
                text.withUTF8 { bytes in
                    bytes.withMemoryRebound(to: CChar.self) { sqlite3_bind_text(self, place, $0.baseAddress, CInt($0.count), copied) }
                }
            }
        guard code == SQLITE_OK else { throw SQLiteCode(code: code) }
    }

    fileprivate var row: [Value] { (0..<sqlite3_column_count(self)).map(value) }

    private func value(at place: CInt) -> Value {
        switch sqlite3_column_type(self, place) {
        case SQLITE_INTEGER: .integer(sqlite3_column_int64(self, place))
        case SQLITE_FLOAT: .double(sqlite3_column_double(self, place))
        case SQLITE_TEXT:
            .text(
                String(
                    decoding: UnsafeBufferPointer(start: sqlite3_column_text(self, place), count: Int(sqlite3_column_bytes(self, place))),
                    as: UTF8.self))
        default: .null
        }
    }
}

/// Where each column stands in a statement's answer; the same for every run of the same text.
final class ColumnPlaces: Sendable {
    private let known = Mutex<[String: [String: Int]]>([:])

    func places(in text: String, names: () -> [String]) -> [String: Int] {
        known.withLock { known in
            if let places = known[text] { return places }
            let places = Dictionary(zip(names(), 0...), uniquingKeysWith: { first, _ in first })
            if known.count < 1_000 { known[text] = places }
            return places
        }
    }
}
