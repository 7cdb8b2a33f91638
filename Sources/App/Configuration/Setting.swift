import Foundation
import Logging

/// One thing that can be set: its name, what it means, and how its text is read.
///
/// The configuration file, the environment, the command line and the table in the manual all come from `Setting.all`.
public struct Setting: Sendable {
    /// As in the configuration file; a dot is a level.
    public let name: String
    /// What kind of text is expected, in capitals.
    public let value: String
    /// The default, in the words of the manual.
    public let standard: String
    public let meaning: String
    /// What a right value looks like, said to whoever wrote a wrong one.
    let remedy: String
    let show: @Sendable (Settings) -> String
    /// False when the text is not a value of this setting.
    let take: @Sendable (inout Settings, String) -> Bool
    /// Whether there may be a password in its text, so that it is never repeated.
    var isSecret = false
    /// Whether it may be given on the command line, which every user of the machine can read.
    public private(set) var hasFlag = true

    /// The environment variable: `limits.requests-per-address` is `MORO_LIMITS_REQUESTS_PER_ADDRESS`.
    public var variable: String { "MORO_" + name.uppercased().map { $0 == "." || $0 == "-" ? "_" : String($0) }.joined() }
    /// The command-line flag without its dashes.
    public var flag: String { name.replacingOccurrences(of: ".", with: "-") }

    public static func named(_ name: String) -> Setting? { all.first { $0.name == name } }

    public func text(in settings: Settings) -> String { show(settings) }
}

extension Setting {
    public static let all: [Setting] =
        [
            Setting(
                "host", "ADDRESS", "The address to listen on. Behind a proxy on the same machine leave it; 0.0.0.0 is every address.",
                remedy: "Write an IP address such as 127.0.0.1, 0.0.0.0 or ::, or “localhost”.", \.host, Reading.host),
            Setting(
                "port", "NUMBER", "The port to listen on.", remedy: "Write a number from 1 to 65535.", \.port,
                Reading.number(in: 1...65_535)),
            Setting(
                "data", "DIRECTORY", "Where everything is kept: the attached files, and the database unless it is PostgreSQL.",
                standard: "./data",
                remedy: "Write the path of a directory.", \.data, Reading.directory),
            database,
            Setting(
                "database-readers", "NUMBER", "How many connections read from PostgreSQL at the same time; one more writes.",
                remedy: "Write a number from 1 to 64.", \.databaseReaders, Reading.number(in: 1...64)),
            Setting(
                "database-timeout", "SECONDS", "After how many seconds PostgreSQL gives a statement up.",
                remedy: "Write a number of seconds from 1 to 600.", \.databaseTimeout, Reading.number(in: 1...600)),
            files, key("s3-access-key", "The key to the bucket that files names. AWS_ACCESS_KEY_ID says the same.", \.bucketKeys.access),
            key("s3-secret-key", "The secret that belongs to the key. AWS_SECRET_ACCESS_KEY says the same.", \.bucketKeys.secret),
            key("s3-session-token", "Of temporary credentials. AWS_SESSION_TOKEN says the same.", \.bucketKeys.session),
            Setting(
                "web", "DIRECTORY", "The front end's files.", standard: "the `Web` that belongs to the program",
                remedy: "Write the path of the directory `Web` that came with Moro.", \.web, Reading.directory),
            Setting(
                "base-url", "URL", "Where browsers reach Moro. Behind a proxy this is the proxy's public address.",
                standard: "http://localhost:PORT", remedy: "Write an address such as https://chat.example, without a path.",
                show: \.baseURL, Reading.baseURL),
            Setting(
                "log-level", "LEVEL", "How much is written to the log: trace, debug, info, notice, warning, error or critical.",
                remedy: "Write one of trace, debug, info, notice, warning, error and critical.", show: \.logLevel.rawValue, Reading.logLevel
            ),
            Setting(
                "trusted-proxies", "ADDRESSES",
                "Proxies whose X-Forwarded-For is believed: addresses or networks, with commas between; “none” for none.",
                remedy: "Write addresses or networks such as 127.0.0.1, 10.0.0.0/8, with commas between, or “none”.",
                show: { text($0.trustedProxies) }, Reading.addresses(\.trustedProxies)),
            Setting(
                "metrics", "ADDRESSES",
                "Who may read /metrics (Prometheus): addresses or networks, with commas between; “none” for nobody.",
                remedy: "Write addresses or networks such as 127.0.0.1, 10.0.0.0/8, with commas between, or “none”.",
                show: { text($0.metricsReaders) }, Reading.addresses(\.metricsReaders)),
            Setting(
                "company", "NAME", "The company's name, for the workspace that the first start makes.",
                remedy: "Write a name of 1 to 80 characters.", show: \.company, Reading.company),
            Setting(
                "owner", "EMAIL", "The owner's email address, for the workspace that the first start makes.",
                remedy: "Write an address like tuula@example.com.", show: \.owner, Reading.owner),
            Setting(
                "demo", "YES-OR-NO", "Whether the start makes a demo shop with conversations.", remedy: "Write yes or no.",
                show: { $0.demo ? "yes" : "no" }, Reading.demo),
        ] + limits

    private static let database: Setting = {
        var setting = Setting(
            "database", "ADDRESS",
            "PostgreSQL as postgres://user:password@host:5432/database, where one machine is not enough; “sqlite” is a file in the data directory.",
            remedy:
                "Write postgres://user:password@host:5432/database (%40 for an @ in the password), or “sqlite” for a file in the data directory.",
            \.database, DatabaseChoice.init)
        setting.isSecret = true
        return setting
    }()

    private static let files: Setting = {
        var setting = Setting(
            "files", "PLACE",
            "Where the attached files are kept: a directory, which several nodes may share, or a bucket of an S3-compatible store, "
                + "s3://BUCKET/PREFIX?endpoint=https://…&region=…&path-style=yes.",
            standard: "own: the folder `files` in the data directory",
            remedy:
                "Write the path of a directory, or s3://BUCKET/PREFIX?endpoint=https://HOST&region=REGION&path-style=yes, of which only "
                + "the bucket is needed at AWS in us-east-1. Keys have settings of their own: s3-access-key and s3-secret-key.",
            \.files, FilesChoice.init)
        setting.isSecret = true
        return setting
    }()

    /// Nobody is shown it.
    private static func key(_ name: String, _ meaning: String, _ path: Path<String?>) -> Setting {
        var setting = Setting(
            name, "TEXT", meaning, standard: "none", remedy: "Write it without spaces, as the store has given it.",
            show: { $0[keyPath: path] == nil ? "none" : "set" }
        ) { settings, text in
            settings[keyPath: path] = text == "none" ? nil : text
            return !text.isEmpty && !text.contains { $0.isWhitespace || $0.isNewline }
        }
        (setting.isSecret, setting.hasFlag) = (true, false)
        return setting
    }

    private static let limits: [Setting] = [
        limit("messages-per-session", "Messages that one visitor's browser may send in a minute.", \.limits.messagesPerSession),
        limit(
            "requests-per-address", "Requests from one address in a minute; a whole office may stand behind one.",
            \.limits.requestsPerAddress),
        limit("sign-ins-per-address", "Attempts to sign in from one address in a minute.", \.limits.signInsPerAddress),
        limit("sessions-per-address", "New visitor sessions from one address in a minute.", \.limits.sessionsPerAddress),
    ]

    private typealias Path<Value> = WritableKeyPath<Settings, Value> & Sendable

    private static func limit(_ name: String, _ meaning: String, _ path: Path<Int>) -> Setting {
        Setting(
            "limits." + name, "NUMBER", meaning + " 0: no limit.", remedy: "Write a number from 0 to 1000000; 0 is no limit.",
            path, Reading.number(in: 0...1_000_000))
    }

    /// A setting that is one value of one type.
    private init<Value: Sendable>(
        _ name: String, _ value: String, _ meaning: String, standard: String? = nil, remedy: String, _ path: Path<Value>,
        _ read: @escaping @Sendable (String) -> Value?
    ) {
        self.init(name, value, meaning, standard: standard, remedy: remedy, show: { Self.text($0[keyPath: path]) }) { settings, text in
            guard let value = read(text) else { return false }
            settings[keyPath: path] = value
            return true
        }
    }

    private init(
        _ name: String, _ value: String, _ meaning: String, standard: String? = nil, remedy: String,
        show: @escaping @Sendable (Settings) -> String, _ take: @escaping @Sendable (inout Settings, String) -> Bool
    ) {
        self.init(
            name: name, value: value, standard: standard ?? show(Settings()), meaning: meaning, remedy: remedy, show: show, take: take)
    }

    private static func text(_ ranges: [AddressRange]) -> String {
        ranges.isEmpty ? "none" : ranges.map(\.description).joined(separator: ", ")
    }

    private static func text(_ value: some Sendable) -> String { (value as? URL)?.path ?? "\(value)" }
}

extension Setting {
    /// The table of the manual.
    public static var manual: String {
        let head = "| setting | default | meaning | environment |\n| --- | --- | --- | --- |"
        return ([head] + all.map { "| `\($0.name)` | \($0.standard) | \($0.meaning) | `\($0.variable)` |" }).joined(separator: "\n")
    }
}
