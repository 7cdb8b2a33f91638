import App
import ArgumentParser
import Foundation

/// Where the company's data lies: what every command needs.
struct PlaceOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The configuration file (YAML). MORO_CONFIG says the same.", valueName: "file"))
    var config: String?
    @Option(name: .setting("data"), help: .setting("data")) var data: String?
    @Option(name: .setting("database"), help: .setting("database")) var database: String?
    @Option(name: .setting("database-readers"), help: .setting("database-readers")) var databaseReaders: String?
    @Option(name: .setting("database-timeout"), help: .setting("database-timeout")) var databaseTimeout: String?
    @Option(name: .setting("files"), help: .setting("files")) var files: String?
    @Option(name: .setting("base-url"), help: .setting("base-url")) var baseURL: String?
    @Option(name: .setting("port"), help: .setting("port")) var port: String?

    var given: [String: String?] {
        [
            "data": data, "database": database, "database-readers": databaseReaders, "database-timeout": databaseTimeout,
            "files": files, "base-url": baseURL, "port": port,
        ]
    }

    /// - Parameter more: what other options of the command say, by the settings' names.
    func settings(_ more: [String: String?] = [:]) throws -> Settings {
        let environment = ProcessInfo.processInfo.environment
        return try Configuration.settings(
            flags: given.merging(more) { _, new in new }.compactMapValues(\.self), environment: environment,
            file: config ?? environment["MORO_CONFIG"])
    }
}

/// The rest of the settings, for commands that serve or look at serving.
struct ServingOptions: ParsableArguments {
    @Option(name: .setting("host"), help: .setting("host")) var host: String?
    @Option(name: .setting("web"), help: .setting("web")) var web: String?
    @Option(name: .setting("log-level"), help: .setting("log-level")) var logLevel: String?
    @Option(name: .setting("trusted-proxies"), help: .setting("trusted-proxies")) var trustedProxies: String?
    @Option(name: .setting("metrics"), help: .setting("metrics")) var metrics: String?
    @Option(name: .setting("company"), help: .setting("company")) var company: String?
    @Option(name: .setting("owner"), help: .setting("owner")) var owner: String?
    @Flag(name: .setting("demo"), help: .setting("demo")) var demo = false
    @Option(name: .setting("limits.messages-per-session"), help: .setting("limits.messages-per-session")) var messages: String?
    @Option(name: .setting("limits.requests-per-address"), help: .setting("limits.requests-per-address")) var requests: String?
    @Option(name: .setting("limits.sign-ins-per-address"), help: .setting("limits.sign-ins-per-address")) var signIns: String?
    @Option(name: .setting("limits.sessions-per-address"), help: .setting("limits.sessions-per-address")) var sessions: String?

    var given: [String: String?] {
        [
            "host": host, "web": web, "log-level": logLevel, "trusted-proxies": trustedProxies, "metrics": metrics,
            "company": company, "owner": owner,
            "demo": demo ? "yes" : nil, "limits.messages-per-session": messages, "limits.requests-per-address": requests,
            "limits.sign-ins-per-address": signIns, "limits.sessions-per-address": sessions,
        ]
    }
}

extension NameSpecification {
    fileprivate static func setting(_ name: String) -> NameSpecification { .customLong(name.replacingOccurrences(of: ".", with: "-")) }
}

extension ArgumentHelp {
    fileprivate static func setting(_ name: String) -> ArgumentHelp {
        guard let setting = Setting.named(name) else { return ArgumentHelp("") }
        return ArgumentHelp("\(setting.meaning) (default: \(setting.standard))", valueName: setting.value.lowercased())
    }
}
