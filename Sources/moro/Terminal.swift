import Foundation

/// What a command says to whoever typed it.
enum Terminal {
    static func say(_ text: String) { write(text, to: .standardOutput) }
    static func complain(_ sentence: String) { write("moro: " + sentence, to: .standardError) }

    /// Facts for machines.
    static func say(json facts: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        say(String(decoding: try encoder.encode(facts), as: UTF8.self))
    }

    /// Lines in columns, as wide as their widest text.
    static func say(table rows: [[String]]) {
        let widths = rows.reduce(into: [Int]()) { widths, row in
            for (place, text) in row.enumerated() {
                if place < widths.count { widths[place] = max(widths[place], text.count) } else { widths.append(text.count) }
            }
        }
        for row in rows {
            let cells = zip(row, widths).map { $0.padding(toLength: max($1, $0.count), withPad: " ", startingAt: 0) }
            say(cells.joined(separator: "  ").trimmingCharacters(in: .whitespaces))
        }
    }

    /// The same line again and again on a terminal; a line now and then elsewhere.
    static func progress(_ text: String, isLast: Bool) {
        let isTerminal = isatty(STDERR_FILENO) == 1
        let end = isTerminal && !isLast ? "" : "\n"
        FileHandle.standardError.write(Data(((isTerminal ? "\r\u{1B}[K" : "") + text + end).utf8))
    }

    private static func write(_ text: String, to place: FileHandle) { place.write(Data((text + "\n").utf8)) }
}
