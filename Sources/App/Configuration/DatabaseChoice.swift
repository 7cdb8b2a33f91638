import Storage

/// Which database keeps everything.
public enum DatabaseChoice: Sendable, Equatable, CustomStringConvertible, CustomDebugStringConvertible {
    /// The file in the data directory.
    case sqlite
    case postgres(PostgresAddress)

    /// Nothing, or “sqlite”, is the file; everything else an address that libpq understands.
    public init?(_ text: String) {
        if ["", "sqlite"].contains(text) {
            self = .sqlite
        } else {
            guard let address = PostgresAddress(text) else { return nil }
            self = .postgres(address)
        }
    }

    /// Without the password.
    public var description: String {
        switch self {
        case .sqlite: "sqlite"
        case .postgres(let address): "\(address)"
        }
    }

    public var debugDescription: String { description }
}
