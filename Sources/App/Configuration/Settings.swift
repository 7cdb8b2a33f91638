import Foundation
import Logging

/// Everything that can be set about a server, with the values it has when nothing is set.
///
/// Names, meanings and ways to write them stand in `Setting.all`; where they are read from in `Configuration`.
public struct Settings: Sendable, Equatable {
    public var host = "127.0.0.1"
    public var port = 8080
    public var data = URL(fileURLWithPath: "data", isDirectory: true)
    public var database = DatabaseChoice.sqlite
    /// How many connections read from PostgreSQL; one more writes.
    public var databaseReaders = 4
    /// Seconds after which PostgreSQL gives a statement up.
    public var databaseTimeout = 10
    /// Where the attached files are.
    public var files = FilesChoice.inData
    /// To the bucket, if they are in one.
    public var bucketKeys = BucketKeys()
    /// The front end's files.
    public var web = WebDirectory.found()
    /// As given; nil follows the port.
    public var publicAddress: String?
    public var logLevel = Logger.Level.info
    public var limits = Limits()
    /// Whose `X-Forwarded-For` is believed.
    public var trustedProxies = AddressRange.loopback
    /// Who may read `/metrics`.
    public var metricsReaders = AddressRange.loopback
    /// Who owns the workspace that the first start makes.
    public var company = "Moro"
    public var owner = "owner@localhost"
    /// Whether the demo shop and its conversations are made at the start.
    public var demo = false

    /// How much one client may do in a minute. 0: as much as it likes.
    public struct Limits: Sendable, Equatable {
        public var messagesPerSession = 120
        /// High, because a whole office may stand behind one address.
        public var requestsPerAddress = 6_000
        public var signInsPerAddress = 30
        public var sessionsPerAddress = 240

        public init() {}
    }

    public init() {}

    /// Where browsers reach Moro, without a slash at the end.
    public var baseURL: String { publicAddress ?? "http://localhost:\(port)" }
    public var isSecure: Bool { baseURL.hasPrefix("https://") }
    /// SQLite's.
    public var databaseFile: URL { data.appendingPathComponent("moro.db") }

    /// Whether this peer's word about whom it forwards is believed.
    public func trusts(proxy address: String) -> Bool { trustedProxies.contains { $0.contains(address) } }

    public func showsMetrics(to address: String) -> Bool { metricsReaders.contains { $0.contains(address) } }
}
