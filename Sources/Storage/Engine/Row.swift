import Core
import Foundation

/// One row of an answer, read by column name.
public struct Row: Sendable {
    let columns: [String: Int]
    let values: [Value]

    public subscript(column: String) -> Value {
        guard let place = columns[column] else { return .null }
        return values[place]
    }

    public func text(_ column: String) throws -> String {
        guard case .text(let text) = self[column] else { throw StorageFault.unreadable(column) }
        return text
    }

    public func optionalText(_ column: String) -> String? {
        if case .text(let text) = self[column] { text } else { nil }
    }

    public func integer(_ column: String) throws -> Int64 {
        guard case .integer(let number) = self[column] else { throw StorageFault.unreadable(column) }
        return number
    }

    public func optionalInteger(_ column: String) -> Int64? {
        if case .integer(let number) = self[column] { number } else { nil }
    }

    public func count(_ column: String) throws -> Int { Int(try integer(column)) }
    public func flag(_ column: String) throws -> Bool { try integer(column) != 0 }
    public func moment(_ column: String) throws -> Moment { Moment(milliseconds: try integer(column)) }
    public func optionalMoment(_ column: String) -> Moment? { optionalInteger(column).map(Moment.init(milliseconds:)) }
    public func id<Thing>(_ column: String) throws -> ID<Thing> { ID(try text(column)) }
    public func optionalID<Thing>(_ column: String) -> ID<Thing>? { optionalText(column).map { ID($0) } }
    public func author(_ column: String) throws -> Author { try Author(column: text(column)) }

    public func choice<Choice: RawRepresentable<String>>(_ column: String) throws -> Choice {
        guard let choice = Choice(rawValue: try text(column)) else { throw StorageFault.unreadable(column) }
        return choice
    }

    public func json<Shape: Decodable>(_ column: String) throws -> Shape {
        try JSONDecoder().decode(Shape.self, from: Data(try text(column).utf8))
    }
}

/// Something wrong with the data or its keeping, never with what was asked.
public enum StorageFault: Error, Equatable, Sendable {
    case unreadable(String)
    /// The database is written by a newer Moro than this.
    case newerSchema(found: Int, known: Int)
    case notDurable(String)
    case closed
}
