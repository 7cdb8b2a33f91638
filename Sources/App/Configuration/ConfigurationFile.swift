import Foundation
import Yams

/// The configuration file: YAML whose keys are the settings' names, `limits.messages-per-session: 60` or
/// `limits:` with the rest of the names below it.
enum ConfigurationFile {
    static func entries(of path: String) throws -> [Entry] {
        let name = URL(fileURLWithPath: path).lastPathComponent
        guard let bytes = FileManager.default.contents(atPath: path) else {
            throw fault(path, "the configuration file can't be read. Check the path and that Moro may read it.")
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw fault(name, "the file is not UTF-8 text. Save it as UTF-8.")
        }
        return try entries(in: text, name: name)
    }

    static func entries(in text: String, name: String) throws -> [Entry] {
        guard let root = try composed(text, name), root != Node("") else { return [] }
        guard case .mapping(let mapping) = root else {
            throw fault("\(name), line \(root.mark?.line ?? 1)", "the file must be lines like “port: 8080”.")
        }
        return try entries(of: mapping, under: "", name)
    }

    private static func composed(_ text: String, _ name: String) throws -> Node? {
        do { return try Yams.compose(yaml: text) } catch let error as YamlError {
            switch error {
            case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _), .composer(_, let problem, let mark, _):
                throw fault("\(name), line \(mark.line)", "this is not YAML: \(problem). Write lines like “port: 8080”.")
            case .duplicatedKeysInMapping(let keys, _):
                throw fault(name, "“\(keys.sorted().first ?? "")” stands there twice. Remove one of them.")
            default:
                throw fault(name, "this is not YAML. Write lines like “port: 8080”.")
            }
        }
    }

    private static func entries(of mapping: Node.Mapping, under prefix: String, _ file: String) throws -> [Entry] {
        try mapping.flatMap { key, value in
            let name = prefix + (key.scalar?.string ?? "")
            switch value {
            case .mapping(let below) where Setting.all.contains { $0.name.hasPrefix(name + ".") }:
                return try entries(of: below, under: name + ".", file)
            case .scalar(let scalar): return [entry(name, scalar.string, key, file)]
            case .sequence(let items): return [entry(name, items.compactMap(\.scalar?.string).joined(separator: ", "), key, file)]
            case .mapping, .alias: return [entry(name, "{…}", key, file)]
            }
        }
    }

    private static func entry(_ name: String, _ text: String, _ key: Node, _ file: String) -> Entry {
        Entry(name: name, text: text, place: .file(file, line: key.mark?.line ?? 1))
    }

    private static func fault(_ place: String, _ sentence: String) -> ConfigurationFaults {
        ConfigurationFaults([ConfigurationFault(place, sentence)])
    }
}
