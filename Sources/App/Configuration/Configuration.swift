import Foundation

/// Where settings come from. The command line goes before the environment, the environment before the file, the file before
/// the default.
public enum Configuration {
    /// - Parameters:
    ///   - flags: what the command line says, by the settings' names.
    ///   - file: the configuration file; nil where there is none.
    /// - Throws: `ConfigurationFaults`, all of them at once.
    public static func settings(flags: [String: String], environment: [String: String], file: String?) throws -> Settings {
        var (settings, faults) = (Settings(), [ConfigurationFault]())
        for entry in try (file.map(ConfigurationFile.entries(of:)) ?? []) + entries(of: environment) + entries(flags: flags) {
            faults += take(entry, into: &settings).map { [$0] } ?? []
        }
        guard faults.isEmpty else { throw ConfigurationFaults(faults) }
        // All of them from one place: halves of two keys open nothing.
        if settings.bucketKeys == BucketKeys() { settings.bucketKeys = BucketKeys(environment: environment) }
        return settings
    }

    private static func take(_ entry: Entry, into settings: inout Settings) -> ConfigurationFault? {
        guard let setting = Setting.named(entry.name) else { return .unknown(entry) }
        return setting.take(&settings, entry.text) ? nil : .wrong(entry, setting)
    }

    /// Other programs put variables with our prefix there too (Kubernetes: `MORO_SERVICE_HOST`), so only what looks like
    /// a slip of the pen is refused.
    private static func entries(of environment: [String: String]) -> [Entry] {
        environment.filter { $0.key.hasPrefix("MORO_") && $0.key != "MORO_CONFIG" }.sorted { $0.key < $1.key }.compactMap { key, text in
            if let setting = Setting.all.first(where: { $0.variable == key }) {
                return Entry(name: setting.name, text: text, place: .variable(key))
            }
            let isSlip = nearest(to: key, among: Setting.all.map(\.variable)) != nil
            return isSlip ? Entry(name: key, text: text, place: .variable(key)) : nil
        }
    }

    private static func entries(flags: [String: String]) -> [Entry] {
        flags.sorted { $0.key < $1.key }.map { name, text in
            Entry(name: name, text: text, place: .flag("--" + name.replacingOccurrences(of: ".", with: "-")))
        }
    }
}

/// A name and a text, and where they stand.
struct Entry: Sendable, Equatable {
    enum Place: Sendable, Equatable, CustomStringConvertible {
        case file(String, line: Int)
        case variable(String)
        case flag(String)

        var description: String {
            switch self {
            case .file(let name, let line): "\(name), line \(line)"
            case .variable(let name): "environment variable \(name)"
            case .flag(let flag): flag
            }
        }
    }

    let name: String
    let text: String
    let place: Place
}
