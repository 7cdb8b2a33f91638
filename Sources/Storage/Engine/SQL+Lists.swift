import Synchronization

/// Statements with as many values as there happen to be.
extension SQL {
    /// One statement for many rows: `INSERT INTO tags (id, name) VALUES ($1, $2), ($3, $4)`.
    /// - Parameter head: everything before the rows.
    init(_ head: String, rows: some Collection<[Value]>, tail: String = "") {
        self = ""
        text = Self.texts.text(head, tail, rows.count, rows.first?.count ?? 0)
        values = rows.flatMap(\.self)
    }

    /// For `IN (…)`: the last row stands there so often that only some lengths occur, and the server soon knows all the statements.
    /// No row at all is one that is equal to nothing.
    init(_ head: String, anyOf rows: [[Value]], width: Int, tail: String) {
        let some = rows.isEmpty ? [Array(repeating: Value.null, count: width)] : rows
        var length = 1
        while length < some.count { length *= 2 }
        self.init(head, rows: some + Array(repeating: some[some.count - 1], count: length - some.count), tail: tail)
    }

    private static let texts = Texts()

    /// Long texts, put together once.
    private final class Texts: Sendable {
        private struct Key: Hashable {
            let head: String
            let count: Int
        }

        private let known = Mutex<[Key: String]>([:])

        func text(_ head: String, _ tail: String, _ count: Int, _ width: Int) -> String {
            known.withLock { known in
                let key = Key(head: head, count: count)
                if let text = known[key] { return text }
                let text = head + (0..<count).map { row($0, width) }.joined(separator: ", ") + tail
                if known.count < 1_000 { known[key] = text }
                return text
            }
        }

        private func row(_ number: Int, _ width: Int) -> String {
            let values = (1...width).map { "$\(number * width + $0)" }.joined(separator: ", ")
            return width == 1 ? values : "(\(values))"
        }
    }
}
