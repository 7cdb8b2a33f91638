import Foundation
import Storage

/// A whole Moro as it is named on the command line: a data directory with SQLite in it, or a PostgreSQL database.
public enum Installation: Sendable, Equatable, CustomStringConvertible {
    case sqlite(URL)
    case postgres(PostgresAddress)

    /// `sqlite:DIRECTORY`, or an address of PostgreSQL.
    public init?(_ text: String) {
        if text.hasPrefix("sqlite:") {
            guard let directory = Reading.directory(String(text.dropFirst("sqlite:".count))) else { return nil }
            self = .sqlite(directory)
        } else {
            guard let address = PostgresAddress(text) else { return nil }
            self = .postgres(address)
        }
    }

    /// Without the password.
    public var description: String {
        switch self {
        case .sqlite(let directory): "sqlite:\(directory.path)"
        case .postgres(let address): "\(address)"
        }
    }

    /// The data directory where it has one of its own.
    var directory: URL? { if case .sqlite(let directory) = self { directory } else { nil } }

    /// The same settings, for this installation. Reading it as a whole takes longer than any question of a day's work.
    func settings(_ settings: Settings) -> Settings {
        var settings = settings
        settings.databaseTimeout = 600
        switch self {
        case .sqlite(let directory): (settings.data, settings.database) = (directory, .sqlite)
        case .postgres(let address): settings.database = .postgres(address)
        }
        return settings
    }
}
