import Foundation

/// JSON as tests write and read it: `answer.json.message.text == "Moi"`.
@dynamicMemberLookup
enum Value: Sendable, Equatable {
    case null
    case flag(Bool)
    case whole(Int64)
    case number(Double)
    case string(String)
    case list([Value])
    case object([String: Value])

    init(parsing bytes: some Sequence<UInt8>) throws { self = try JSONDecoder().decode(Value.self, from: Data(bytes)) }

    subscript(dynamicMember name: String) -> Value { self[name] }

    subscript(name: String) -> Value {
        if case .object(let fields) = self { fields[name] ?? .null } else { .null }
    }

    subscript(place: Int) -> Value { asList.indices.contains(place) ? asList[place] : .null }

    var asText: String { if case .string(let text) = self { text } else { "" } }
    var asNumber: Int64 { if case .whole(let number) = self { number } else { 0 } }
    var asList: [Value] { if case .list(let list) = self { list } else { [] } }
    var fieldNames: Set<String> { if case .object(let fields) = self { Set(fields.keys) } else { [] } }
    var isThere: Bool { self != .null }

    var bytes: [UInt8] { (try? JSONEncoder().encode(self)).map([UInt8].init) ?? [] }
}

extension Value: Codable {
    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let flag = try? container.decode(Bool.self) {
            self = .flag(flag)
        } else if let whole = try? container.decode(Int64.self) {
            self = .whole(whole)
        } else if let number = try? container.decode(Double.self) {
            self = .number(number)
        } else if let text = try? container.decode(String.self) {
            self = .string(text)
        } else if let list = try? container.decode([Value].self) {
            self = .list(list)
        } else {
            self = .object(try container.decode([String: Value].self))
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .flag(let flag): try container.encode(flag)
        case .whole(let whole): try container.encode(whole)
        case .number(let number): try container.encode(number)
        case .string(let text): try container.encode(text)
        case .list(let list): try container.encode(list)
        case .object(let fields): try container.encode(fields)
        }
    }
}

extension Value: ExpressibleByStringInterpolation, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral, ExpressibleByNilLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    init(stringLiteral text: String) { self = .string(text) }
    init(integerLiteral number: Int64) { self = .whole(number) }
    init(booleanLiteral flag: Bool) { self = .flag(flag) }
    init(nilLiteral: ()) { self = .null }
    init(arrayLiteral elements: Value...) { self = .list(elements) }
    init(dictionaryLiteral elements: (String, Value)...) { self = .object(Dictionary(elements) { _, last in last }) }
}
