import CPostgres
import Core

/// What PostgreSQL refused. Without its details, which may quote what people have written.
struct PostgresFault: Error, CustomStringConvertible {
    let code: String
    let message: String

    init(_ result: OpaquePointer) {
        code = Self.field(Int32(UInt8(ascii: "C")), of: result)
        message = Self.field(Int32(UInt8(ascii: "M")), of: result)
    }

    var description: String { "PostgreSQL \(code): \(message)" }

    /// Others were in the way; the same again may well succeed.
    var isCollision: Bool { code == "40001" || code == "40P01" }

    /// A table has changed under a statement prepared earlier, or somebody has forgotten it: a new connection knows nothing old.
    var isStale: Bool { code == "26000" || (code == "0A000" && message.contains("cached plan")) }

    /// The server ends the connection or is no longer the one that writes.
    var isGoodbye: Bool { code.hasPrefix("57P") || code.hasPrefix("08") || code == "25006" || code == "25P03" }

    /// What whoever asked is told: where waiting helps, an honest “later”.
    var toTheAsker: any Error {
        let isPassing = code.hasPrefix("53") || code == "57014" || code == "55P03"
        return isPassing ? Refusal.busy(retryAfter: 2) : self
    }

    private static func field(_ name: Int32, of result: OpaquePointer) -> String {
        PQresultErrorField(result, name).map { String(cString: $0) } ?? ""
    }
}

/// The connection is gone; what was not committed has not happened.
struct ConnectionLost: Error, CustomStringConvertible {
    let description: String
}
