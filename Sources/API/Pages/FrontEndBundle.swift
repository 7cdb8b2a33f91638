import Foundation

/// One file of a page's script or style, with everything it imports in its place: browsers then ask once instead of twenty times,
/// and the sources stay small files that run as they are.
///
/// What it understands is what our front end uses: `import { a, b as c } from "./x.js";`, `import * as x from "./x.js";`, `export` before `const`,
/// `let`, `function`, `async function` or `class`, and `@import url("x.css");`. Anything else on such a line is refused at the start.
struct FrontEndBundle {
    struct Refused: Error, CustomStringConvertible {
        let file, line: String
        var description: String { "\(file): the bundle does not understand: \(line)" }
    }

    /// The text of a file below `Web/`, or nil.
    let source: (String) -> String?

    func style(_ path: String) throws -> String {
        try lines(of: path).map { line in
            guard line.hasPrefix("@import url(\"") else { return line }
            guard let name = line.quoted else { throw Refused(file: path, line: line) }
            return try style(path.sibling(name))
        }.joined(separator: "\n")
    }

    /// Each module is a function that returns what it exports, so that private names of two files never meet.
    func script(_ entry: String) throws -> String {
        var order: [String] = []
        try collect(entry, into: &order)
        return try order.enumerated().map { number, path in try module(path, number, order) }.joined(separator: "\n")
    }

    private func collect(_ path: String, into order: inout [String]) throws {
        guard !order.contains(path) else { return }
        for line in try lines(of: path) where line.hasPrefix("import ") {
            guard let name = line.quoted else { throw Refused(file: path, line: line) }
            try collect(path.sibling(name), into: &order)
        }
        order.append(path)
    }

    private func module(_ path: String, _ number: Int, _ order: [String]) throws -> String {
        var exported: [String] = []
        let body = try lines(of: path).map { line -> String in
            if line.hasPrefix("import ") { return try imported(line, path, order) }
            guard line.hasPrefix("export ") else { return line }
            let rest = line.dropFirst("export ".count)
            guard let name = rest.declaredName else { throw Refused(file: path, line: line) }
            exported.append(name)
            return String(rest)
        }
        return "const $\(number) = (() => {\n\(body.joined(separator: "\n"))\nreturn { \(exported.joined(separator: ", ")) };\n})();"
    }

    private func imported(_ line: String, _ path: String, _ order: [String]) throws -> String {
        guard let name = line.quoted, let number = order.firstIndex(of: path.sibling(name)) else { throw Refused(file: path, line: line) }
        if let whole = line.wordBetween("* as ", " from") { return "const \(whole) = $\(number);" }
        guard let open = line.firstIndex(of: "{"), let close = line.firstIndex(of: "}") else { return "" }
        return "const \(line[open...close].replacingOccurrences(of: " as ", with: ": ")) = $\(number);"
    }

    /// The file without its comments: whole lines of them, which is all that weighs.
    private func lines(of path: String) throws -> [String] {
        guard let text = source(path) else { throw Refused(file: path, line: "no such file") }
        var isComment = false
        return text.split(separator: "\n", omittingEmptySubsequences: true).compactMap { line in
            var rest = Substring(line)
            let start = line.drop { $0 == " " }
            if !isComment {
                if start.hasPrefix("// ") { return nil }
                guard start.hasPrefix("/*") else { return String(line) }
                isComment = true
                rest = start.dropFirst(2)
            }
            guard let end = rest.range(of: "*/") else { return nil }
            isComment = false
            let after = rest[end.upperBound...]
            return after.allSatisfy { $0 == " " } ? nil : String(after)
        }
    }
}

extension StringProtocol {
    fileprivate var quoted: String? {
        let parts = split(separator: "\"", omittingEmptySubsequences: false)
        return parts.count == 3 ? String(parts[1]) : nil
    }

    fileprivate func wordBetween(_ before: String, _ after: String) -> String? {
        guard let start = range(of: before), let end = range(of: after, range: start.upperBound..<endIndex) else { return nil }
        return String(self[start.upperBound..<end.lowerBound])
    }

    fileprivate var declaredName: String? {
        var words = String(self).split { " (={".contains($0) }.map { String($0) }[...]
        if words.first == "async" { words.removeFirst() }
        guard let kind = words.popFirst(), ["const", "let", "function", "class"].contains(kind) else { return nil }
        return words.first
    }

    /// `shared/api.js` for `../shared/api.js` asked by `widget/panel.js`.
    fileprivate func sibling(_ name: String) -> String {
        var folders = String(self).split(separator: "/").dropLast().map { String($0) }
        for part in name.split(separator: "/") {
            if part == ".." { folders.removeLast() } else if part != "." { folders.append(String(part)) }
        }
        return folders.joined(separator: "/")
    }
}
