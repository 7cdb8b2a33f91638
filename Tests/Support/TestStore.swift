import Files
import Foundation

/// Where tests keep files: a directory always, a bucket where `MORO_TEST_S3` names a server.
public enum TestStore: String, Sendable, CaseIterable {
    case directory, bucket

    public static let all: [TestStore] = TestBucket.server == nil ? [.directory] : [.directory, .bucket]

    /// An empty store; opened with the same name again it is the same.
    public func open(in folder: TemporaryFolder, name: String = "files") throws -> any FileStore {
        switch self {
        case .directory: try DirectoryStore(folder.url.appendingPathComponent(name))
        case .bucket: BucketStore(try TestBucket.address(prefix: "\(folder.url.lastPathComponent)/\(name)"), try TestBucket.credentials)
        }
    }
}

/// The bucket that `MORO_TEST_S3` names, as http://KEY:SECRET@HOST:PORT/BUCKET.
public enum TestBucket {
    public static let server = ProcessInfo.processInfo.environment["MORO_TEST_S3"].flatMap(URLComponents.init)

    public struct Absent: Error {}

    public static var key: String { server?.user ?? "" }
    public static var secret: String { server?.password ?? "" }
    public static var credentials: S3Credentials {
        get throws { S3Credentials(accessKey: key, secretKey: secret) }
    }

    /// - Parameter bucket: another than the one that is there.
    public static func text(prefix: String, bucket: String? = nil) throws -> String {
        guard let server, let host = server.host, let port = server.port else { throw Absent() }
        return "s3://\(bucket ?? String(server.path.dropFirst()))/\(prefix)?endpoint=http://\(host):\(port)&region=eu-north-1"
    }

    public static func address(prefix: String, bucket: String? = nil) throws -> BucketAddress {
        guard let address = BucketAddress(try text(prefix: prefix, bucket: bucket)) else { throw Absent() }
        return address
    }
}
