import Crypto
import Foundation

/// What a database holds, table by table: how many rows, and a checksum over their values that is the same on every engine.
public struct Account: Sendable, Equatable, Codable {
    public struct Table: Sendable, Equatable, Codable {
        public let name: String
        public let rows: Int
        /// SHA-256 over all values of all rows in the order of the key.
        public let checksum: String
    }

    public let tables: [Table]

    public var rows: Int { tables.reduce(0) { $0 + $1.rows } }
    /// One word for all of it.
    public var checksum: String { SHA256.hash(data: Data(tables.map(\.checksum).joined().utf8)).hex }

    /// Reads all of it, a batch at a time.
    public static func of(_ engine: any Engine, _ tell: (String, Int) -> Void = { _, _ in }) async throws -> Account {
        var tables: [Table] = []
        for table in CopiedTable.all { tables.append(try await self.table(table, in: engine, tell)) }
        return Account(tables: tables)
    }

    static func table(_ table: CopiedTable, in engine: any Engine, _ tell: (String, Int) -> Void = { _, _ in }) async throws -> Table {
        let source = try await TableRows(table, in: engine)
        var (hash, count, last): (SHA256, Int, [Value]?) = (SHA256(), 0, nil)
        while true {
            let rows = try await source.rows(after: last)
            for row in rows { for value in row { value.add(to: &hash) } }
            count += rows.count
            last = rows.last.map(source.key)
            tell(table.name, count)
            if rows.count < TableRows.batch { break }
        }
        return Table(name: table.name, rows: count, checksum: hash.finalize().hex)
    }
}

extension Value {
    /// With its kind and length, so that no two rows look the same.
    fileprivate func add(to hash: inout SHA256) {
        switch self {
        case .null: add("0", "", to: &hash)
        case .integer(let number): add("i", String(number), to: &hash)
        case .double(let number): add("d", String(number), to: &hash)
        case .text(let text): add("t", text, to: &hash)
        }
    }

    private func add(_ kind: String, _ text: String, to hash: inout SHA256) {
        hash.update(data: Data("\(kind)\(text.utf8.count):".utf8))
        hash.update(data: Data(text.utf8))
    }
}

extension Digest {
    var hex: String { map { String(format: "%02x", $0) }.joined() }
}
