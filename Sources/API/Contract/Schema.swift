/// What a JSON value looks like. Requests are checked by it, and the OpenAPI document is written from it.
indirect enum Schema: Sendable {
    case text
    case whole
    case number
    case flag
    /// Milliseconds since 1970, UTC.
    case time
    case anything
    case null
    case choice([String])
    case list(Schema)
    /// Names that nobody knows beforehand.
    case map(Schema)
    case object(Fields)
    case either([Schema])
    /// A thing of the contract: described once, referred to by its name.
    case thing(String, Fields)

    static func choice<Choice: CaseIterable & RawRepresentable<String>>(of type: Choice.Type) -> Schema {
        .choice(type.allCases.map(\.rawValue))
    }

    static func orNull(_ schema: Schema) -> Schema { .either([schema, .null]) }

    /// The fields of an object; nil for what is none.
    var fields: Fields? {
        switch self {
        case .object(let fields), .thing(_, let fields): fields
        default: nil
        }
    }
}

/// The fields of an object, in the manual's notation: a question mark is for what may be absent.
///
///     ["clientId": .text, "attachments?": .list(.text)]
struct Fields: ExpressibleByDictionaryLiteral, Sendable {
    struct Entry: Sendable {
        let name: String
        let schema: Schema
        let isNeeded: Bool
    }

    let entries: [Entry]
    let names: Set<String>

    init(dictionaryLiteral elements: (String, Schema)...) { self.init(elements) }

    private init(_ elements: [(String, Schema)]) {
        entries = elements.map { name, schema in
            let isNeeded = !name.hasSuffix("?")
            return Entry(name: isNeeded ? name : String(name.dropLast()), schema: schema, isNeeded: isNeeded)
        }
        names = Set(entries.map(\.name))
    }
}

// MARK: As JSON Schema 2020-12

extension Schema {
    var json: JSONValue {
        switch self {
        case .text: ["type": "string"]
        case .whole: ["type": "integer", "format": "int64"]
        case .number: ["type": "number"]
        case .flag: ["type": "boolean"]
        case .time: ["type": "integer", "format": "int64", "description": "Milliseconds since 1970, UTC"]
        case .anything: [:]
        case .null: ["type": "null"]
        case .choice(let words): ["type": "string", "enum": .list(words.map(JSONValue.text))]
        case .list(let schema): ["type": "array", "items": schema.json]
        case .map(let schema): ["type": "object", "additionalProperties": schema.json]
        case .object(let fields): fields.json()
        case .either(let schemas): ["anyOf": .list(schemas.map(\.json))]
        case .thing(let name, _): ["$ref": "#/components/schemas/\(name)"]
        }
    }

    /// The things that this refers to, however deep.
    var things: [String: Fields] {
        switch self {
        case .list(let schema), .map(let schema): schema.things
        case .object(let fields): fields.things
        case .either(let schemas): schemas.reduce(into: [:]) { $0.merge($1.things) { one, _ in one } }
        case .thing(let name, let fields): fields.things.merging([name: fields]) { one, _ in one }
        default: [:]
        }
    }
}

extension Fields {
    /// - Parameter isClosed: whether other fields are refused. Answers may get more of them any day.
    func json(isClosed: Bool = false) -> JSONValue {
        let properties = entries.map { ($0.name, $0.schema.json) }
        let needed = entries.filter(\.isNeeded).map { JSONValue.text($0.name) }
        var json: [String: JSONValue] = [
            "type": "object", "properties": .object(Dictionary(properties) { _, last in last }),
        ]
        if isClosed { json["additionalProperties"] = false }
        if !needed.isEmpty { json["required"] = .list(needed) }
        return .object(json)
    }

    var things: [String: Fields] { entries.reduce(into: [:]) { $0.merge($1.schema.things) { one, _ in one } } }
}
