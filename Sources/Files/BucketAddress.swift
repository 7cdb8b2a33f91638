import Foundation

/// Where a bucket is: `s3://BUCKET/PREFIX?endpoint=https://…&region=…&path-style=yes`.
public struct BucketAddress: Sendable, Equatable, CustomStringConvertible {
    let bucket: String
    /// Without slashes at its ends; may be empty.
    let prefix: String
    let region: String
    let isSecure: Bool
    /// With the port where it is not the scheme's own; as it is signed.
    let host: String
    /// Whether the bucket stands in the path instead of the host's name.
    let isPathStyle: Bool
    public let description: String

    /// Nil for what is no such address, or holds credentials, which belong elsewhere.
    public init?(_ text: String) {
        guard text.hasPrefix("s3://") else { return nil }
        let halves = text.dropFirst(5).split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let parts = halves[0].split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard parts[0].wholeMatch(of: /[A-Za-z0-9][A-Za-z0-9._-]{1,62}/) != nil,
            let options = Self.options(halves.count > 1 ? String(halves[1]) : "")
        else { return nil }
        bucket = parts[0]
        prefix = parts.count > 1 ? parts[1].trimmingCharacters(in: ["/"]) : ""
        region = options["region"] ?? "us-east-1"
        guard let endpoint = Endpoint(options["endpoint"] ?? "https://s3.\(region).amazonaws.com"),
            region.wholeMatch(of: /[a-z0-9-]{1,40}/) != nil,
            ["yes", "no", nil].contains(options["path-style"])
        else { return nil }
        // AWS wants the bucket in the name; most others have no name for each. A certificate for *.s3… has no room for a dot.
        isPathStyle = options["path-style"].map { $0 == "yes" } ?? (options["endpoint"] != nil || bucket.contains("."))
        (isSecure, host) = (endpoint.isSecure, isPathStyle ? endpoint.host : "\(bucket).\(endpoint.host)")
        description = text
    }

    /// The path of a key, not encoded yet.
    func path(_ key: String) -> String {
        let key = prefix.isEmpty ? key : "\(prefix)/\(key)"
        return isPathStyle ? "/\(bucket)/\(key)" : "/\(key)"
    }

    private static func options(_ query: String) -> [String: String]? {
        var options: [String: String] = [:]
        for item in query.split(separator: "&") {
            let sides = item.split(separator: "=", maxSplits: 1).map { String($0).removingPercentEncoding ?? "" }
            guard sides.count == 2, ["endpoint", "region", "path-style"].contains(sides[0]), options[sides[0]] == nil else { return nil }
            options[sides[0]] = sides[1]
        }
        return options
    }

    private struct Endpoint {
        let isSecure: Bool
        let host: String

        init?(_ text: String) {
            guard let url = URLComponents(string: text), let scheme = url.scheme, ["http", "https"].contains(scheme),
                let name = url.host, !name.isEmpty, ["", "/"].contains(url.path), url.query == nil, url.fragment == nil, url.user == nil
            else { return nil }
            isSecure = scheme == "https"
            let ownPort = isSecure ? 443 : 80
            host = name.lowercased() + (url.port.map { $0 == ownPort ? "" : ":\($0)" } ?? "")
        }
    }
}
