import CPostgres
import Foundation

/// Where a PostgreSQL database is and who asks for it, taken apart by libpq itself.
///
/// Printed, logged or dumped it never shows a password.
public struct PostgresAddress: Sendable, Equatable {
    /// As it was written, for libpq alone.
    let text: String
    public let password: String?
    private let parts: [Part]

    private struct Part: Sendable, Equatable {
        let name, value: String
        let isSecret: Bool
    }

    /// - Parameter text: `postgres://user:password@host:5432/database?sslmode=verify-full`, or libpq's `host=… dbname=…`.
    public init?(_ text: String) {
        guard text.hasPrefix("postgres://") || text.hasPrefix("postgresql://") || text.contains("=") else { return nil }
        guard let parts = Self.parts(of: text) else { return nil }
        // A password with an @ in it that nobody has escaped: its rest would pass for a host, and be shown.
        guard !parts.contains(where: { $0.name == "host" && $0.value.contains("@") }) else { return nil }
        guard parts.allSatisfy({ $0.name != "port" || $0.value.allSatisfy { $0.isNumber || $0 == "," } }) else { return nil }
        (self.text, self.parts) = (text, parts)
        password = parts.first { $0.name == "password" }?.value
    }

    private static func parts(of text: String) -> [Part]? {
        guard let options = PQconninfoParse(text, nil) else { return nil }
        defer { PQconninfoFree(options) }
        var (parts, place) = ([Part](), options)
        while let name = place.pointee.keyword {
            if let value = place.pointee.val {
                let isSecret = place.pointee.dispchar.map { String(cString: $0) == "*" } ?? false
                parts.append(Part(name: String(cString: name), value: String(cString: value), isSecret: isSecret))
            }
            place += 1
        }
        return parts
    }
}

extension PostgresAddress: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The same place as an address without secrets, which libpq understands too.
    public var description: String {
        let (host, port) = (self["host"] ?? "", self["port"] ?? "")
        let isPlain = !host.isEmpty && !host.contains { "/,".contains($0) }
        var text = "postgres://" + (self["user"].map { Self.escaped($0) + "@" } ?? "")
        if isPlain { text += (host.contains(":") ? "[\(host)]" : Self.escaped(host)) + (port.isEmpty ? "" : ":" + port) }
        text += "/" + Self.escaped(self["dbname"] ?? "")
        let told = ["user", "dbname"] + (isPlain ? ["host", "port"] : [])
        let rest = parts.filter { !$0.isSecret && !told.contains($0.name) }
        return rest.isEmpty ? text : text + "?" + rest.map { "\($0.name)=\(Self.escaped($0.value))" }.joined(separator: "&")
    }

    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: ["address": description]) }

    private subscript(name: String) -> String? { parts.first { $0.name == name }?.value }

    private static func escaped(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics.intersection(.asciiOnly).union(.init(charactersIn: "-._~"))) ?? ""
    }
}

extension CharacterSet {
    fileprivate static let asciiOnly = CharacterSet(charactersIn: Unicode.Scalar(0)...Unicode.Scalar(127))
}

extension PostgresEngine {
    public convenience init(_ address: PostgresAddress, options: Options = Options()) throws {
        try self.init(address.text, options: options)
    }
}

extension DatabaseUnreachable {
    /// What lies behind an error of a database that could be reached: since PostgreSQL 15 nobody may make tables unasked.
    public init?(behind error: any Error) {
        if let obstacle = error as? DatabaseUnreachable {
            self = obstacle
        } else if let fault = error as? PostgresFault {
            self.init(reason: fault.code == "42501" ? .noRight : .other, detail: fault.message)
        } else {
            return nil
        }
    }
}
