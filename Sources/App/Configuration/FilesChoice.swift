import Files
import Foundation

/// Where the attached files are kept.
public enum FilesChoice: Sendable, Equatable, CustomStringConvertible {
    /// The folder `files` in the data directory.
    case inData
    /// Another directory, which several nodes may share.
    case directory(URL)
    case bucket(BucketAddress)

    /// Nothing, or “own”, is the data directory; what looks like an address has to be one of a bucket; everything else is a path.
    public init?(_ text: String) {
        if ["", "own"].contains(text) {
            self = .inData
        } else if text.contains("://") {
            guard let address = BucketAddress(text) else { return nil }
            self = .bucket(address)
        } else {
            guard let directory = Reading.directory(text) else { return nil }
            self = .directory(directory)
        }
    }

    public var description: String {
        switch self {
        case .inData: "own"
        case .directory(let url): url.path
        case .bucket(let address): "\(address)"
        }
    }
}

/// The keys to a bucket. Whatever prints them prints nothing.
public struct BucketKeys: Sendable, Equatable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var access, secret, session: String?

    public init() {}

    /// As other programs that ask a bucket are told.
    init(environment: [String: String]) {
        func value(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
        (access, secret) = (value("AWS_ACCESS_KEY_ID"), value("AWS_SECRET_ACCESS_KEY"))
        session = value("AWS_SESSION_TOKEN")
    }

    /// Nil where one of them is missing.
    var credentials: S3Credentials? {
        guard let access, let secret else { return nil }
        return S3Credentials(accessKey: access, secretKey: secret, sessionToken: session)
    }

    public var description: String { credentials == nil ? "not set" : "set" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
