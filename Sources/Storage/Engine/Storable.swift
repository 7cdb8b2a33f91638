import Core
import Foundation

/// Whatever can stand in a column.
public protocol Storable: Sendable {
    var stored: Value { get }
}

extension String: Storable { public var stored: Value { .text(self) } }
extension Int64: Storable { public var stored: Value { .integer(self) } }
extension Int: Storable { public var stored: Value { .integer(Int64(self)) } }
extension Bool: Storable { public var stored: Value { .integer(self ? 1 : 0) } }
extension Moment: Storable { public var stored: Value { .integer(milliseconds) } }
extension ID: Storable { public var stored: Value { .text(text) } }

extension Author: Storable {
    public var stored: Value { .text(column) }

    /// `contact:<id>`, `agent:<id>`, `bot` or `system`.
    public var column: String {
        switch self {
        case .contact(let id): "contact:\(id.text)"
        case .agent(let id): "agent:\(id.text)"
        case .bot: "bot"
        case .system: "system"
        }
    }

    public init(column: String) throws {
        let parts = column.split(separator: ":", maxSplits: 1).map(String.init)
        switch (parts.first, parts.count) {
        case ("contact", 2): self = .contact(ID(parts[1]))
        case ("agent", 2): self = .agent(ID(parts[1]))
        case ("bot", 1): self = .bot
        case ("system", 1): self = .system
        default: throw StorageFault.unreadable("author “\(column)”")
        }
    }
}

/// A structure kept as JSON text in a column.
public struct JSON: Storable {
    let text: String

    public init(_ value: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        text = String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    public var stored: Value { .text(text) }
}
