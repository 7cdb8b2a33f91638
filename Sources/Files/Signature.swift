import Crypto
import Foundation

/// Who asks an S3-compatible store, and the secret that proves it.
public struct S3Credentials: Sendable, Equatable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public let accessKey: String
    let secretKey: String
    let sessionToken: String?

    public init(accessKey: String, secretKey: String, sessionToken: String? = nil) {
        (self.accessKey, self.secretKey, self.sessionToken) = (accessKey, secretKey, sessionToken)
    }

    /// Without the secret, in whatever log it ends.
    public var description: String { "the key \(accessKey.prefix(4))…" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: []) }
}

/// AWS signature version 4 of one request, as AWS's “Create a signed AWS API request” has it: canonical request, string to sign,
/// a key derived from secret, day, region and service, HMAC-SHA256.
struct Signature: Sendable {
    let credentials: S3Credentials
    let region: String
    var service = "s3"

    /// What is signed. Path and query as they are meant, not encoded yet.
    struct Request: Sendable {
        var method: String
        var path: String
        var query: [(name: String, value: String)] = []
        /// All of them are signed; `host` and `x-amz-date` have to be among them.
        var headers: [(name: String, value: String)]
        /// SHA-256 of the body in hex.
        var payload: String
    }

    func authorization(of request: Request, at moment: Date) -> String {
        "AWS4-HMAC-SHA256 Credential=\(credentials.accessKey)/\(scope(moment)), "
            + "SignedHeaders=\(Self.names(request)), Signature=\(signature(of: request, at: moment))"
    }

    func signature(of request: Request, at moment: Date) -> String {
        let steps = [String(Self.stamp(moment).prefix(8)), region, service, "aws4_request"]
        let key = steps.reduce(SymmetricKey(data: Data("AWS4\(credentials.secretKey)".utf8))) { key, step in
            SymmetricKey(data: HMAC<SHA256>.authenticationCode(for: Data(step.utf8), using: key))
        }
        return HMAC<SHA256>.authenticationCode(for: Data(stringToSign(request, at: moment).utf8), using: key).hex
    }

    func stringToSign(_ request: Request, at moment: Date) -> String {
        let digest = SHA256.hash(data: Data(Self.canonical(request).utf8)).hex
        return ["AWS4-HMAC-SHA256", Self.stamp(moment), scope(moment), digest].joined(separator: "\n")
    }

    static func canonical(_ request: Request) -> String {
        let headers = gathered(request).map { "\($0):\($1)\n" }.joined()
        return [request.method, encoded(path: request.path), encoded(query: request.query), headers, names(request), request.payload]
            .joined(separator: "\n")
    }

    /// S3 neither resolves dots nor joins slashes: a key is a key.
    static func encoded(path: String) -> String { escaped(path, leaving: "/") }

    static func encoded(query: [(name: String, value: String)]) -> String {
        query.map { (escaped($0.name), escaped($0.value)) }.sorted { $0 < $1 }.map { "\($0)=\($1)" }.joined(separator: "&")
    }

    /// 20150830T123600Z
    static func stamp(_ moment: Date) -> String {
        let (days, seconds) = Int(moment.timeIntervalSince1970.rounded(.down)).quotientAndRemainder(dividingBy: 86_400)
        let day = Date(timeIntervalSince1970: Double(days) * 86_400).formatted(.iso8601.year().month().day().dateSeparator(.omitted))
        return day + String(format: "T%02d%02d%02dZ", seconds / 3600, seconds / 60 % 60, seconds % 60)
    }

    private func scope(_ moment: Date) -> String { "\(Self.stamp(moment).prefix(8))/\(region)/\(service)/aws4_request" }

    private static func names(_ request: Request) -> String { gathered(request).map(\.0).joined(separator: ";") }

    /// Small letters, in their order; a header that stands there twice is one with a comma.
    private static func gathered(_ request: Request) -> [(String, String)] {
        Dictionary(request.headers.map { ($0.name.lowercased(), trimmed($0.value)) }) { "\($0),\($1)" }.sorted { $0.key < $1.key }
    }

    private static func trimmed(_ value: String) -> String {
        value.split(separator: " ", omittingEmptySubsequences: true).joined(separator: " ")
    }

    /// By bytes: only letters and digits of ASCII and `-._~` stand for themselves.
    private static func escaped(_ text: String, leaving: String = "") -> String {
        text.utf8.reduce(into: "") { result, byte in
            let isPlain = byte < 0x80 && (unreserved.contains(byte) || leaving.utf8.contains(byte))
            result += isPlain ? String(UnicodeScalar(byte)) : String(format: "%%%02X", byte)
        }
    }

    private static let unreserved = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~".utf8)
}

extension Sequence where Element == UInt8 {
    var hex: String { map { String(format: "%02x", $0) }.joined() }
}
