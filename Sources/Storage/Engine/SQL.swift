/// SQL text with its values apart: interpolation becomes a numbered parameter (`$1`, `$2` …), which both engines read.
///
///     "SELECT id FROM sites WHERE key = \(key)"
public struct SQL: ExpressibleByStringInterpolation, Sendable {
    public internal(set) var text: String
    public internal(set) var values: [Value]

    public init(stringLiteral value: String) {
        text = value
        values = []
    }

    public init(stringInterpolation: Interpolation) {
        text = stringInterpolation.text
        values = stringInterpolation.values
    }

    public struct Interpolation: StringInterpolationProtocol {
        var text = ""
        var values: [Value] = []

        public init(literalCapacity: Int, interpolationCount: Int) {
            text.reserveCapacity(literalCapacity + interpolationCount * 3)
            values.reserveCapacity(interpolationCount)
        }

        public mutating func appendLiteral(_ literal: String) { text += literal }

        public mutating func appendInterpolation(_ value: (any Storable)?) { append(value?.stored ?? .null) }
        public mutating func appendInterpolation(_ value: some Storable) { append(value.stored) }

        /// A list of values for `IN (…)`.
        public mutating func appendInterpolation(list: [any Storable]) {
            for (place, value) in list.enumerated() {
                if place > 0 { text += ", " }
                append(value.stored)
            }
        }

        /// For `SET`: `a = $1, b = $2`.
        mutating func appendInterpolation(assigning columns: [Column]) {
            for (place, column) in columns.enumerated() {
                text += place > 0 ? ", \(column.name) = " : "\(column.name) = "
                append(column.value)
            }
        }

        mutating func appendInterpolation(names columns: [Column]) {
            text += columns.map { "\($0.name)" }.joined(separator: ", ")
        }

        mutating func appendInterpolation(values columns: [Column]) {
            for (place, column) in columns.enumerated() {
                if place > 0 { text += ", " }
                append(column.value)
            }
        }

        /// A piece of SQL written in the source, never input.
        public mutating func appendInterpolation(raw: StaticString) { text += "\(raw)" }

        private mutating func append(_ value: Value) {
            values.append(value)
            text += "$"
            text += String(values.count)
        }
    }
}

/// A column and what is to stand in it.
typealias Column = (name: StaticString, value: Value)

/// What a column holds. Times are integer milliseconds, flags integers, structures JSON text.
public enum Value: Sendable, Equatable {
    case null
    case integer(Int64)
    case double(Double)
    case text(String)
}
