import Core
import Foundation
import Hummingbird

/// A request's JSON. Names every field it knows: others are refused by name, because a misspelt field that is silently
/// ignored costs an integrator a day.
protocol Body: Decodable {
    /// As in the manual and in the OpenAPI document.
    static var fields: Fields { get }
}

/// JSON text grows when escaped: 64 KB of control characters would be 384 KB.
let largestJSON = 512 * 1024

extension Call {
    func body<Shape: Body>(_ type: Shape.Type) async throws -> Shape {
        let buffer = try await request.body.collect(upTo: largestJSON)
        do {
            return try JSONDecoder().decode(Strict<Shape>.self, from: Data(buffer: buffer)).value
        } catch let error as DecodingError { throw Refusal(error) }
    }
}

private struct Strict<Shape: Body>: Decodable {
    let value: Shape

    init(from decoder: any Decoder) throws {
        try Self.refuseUnknown(in: decoder.container(keyedBy: AnyKey.self), beside: Shape.fields)
        value = try Shape(from: decoder)
    }

    private static func refuseUnknown(
        in container: KeyedDecodingContainer<AnyKey>, beside known: Fields, at place: String = ""
    ) throws {
        if let unknown = container.allKeys.map(\.stringValue).filter({ !known.names.contains($0) }).min() {
            throw Refusal.invalid(
                field: place + unknown,
                "There is no field “\(unknown.beginning(60))” here. Known: \(known.names.sorted().joined(separator: ", ")).")
        }
        for entry in known.entries {
            // What is no object is left to the decoding, which says so.
            guard let fields = entry.schema.fields,
                let inner = try? container.nestedContainer(keyedBy: AnyKey.self, forKey: AnyKey(stringValue: entry.name))
            else { continue }
            try refuseUnknown(in: inner, beside: fields, at: place + entry.name + ".")
        }
    }
}

struct AnyKey: CodingKey {
    let stringValue: String
    let intValue: Int? = nil
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
}

/// A field that may be absent, null, or there: absent leaves things as they are.
enum Field<Value: Decodable & Sendable>: Sendable {
    case absent
    case null
    case value(Value)

    var orNil: Value? { if case .value(let value) = self { value } else { nil } }
    var isPresent: Bool { if case .absent = self { false } else { true } }
}

extension KeyedDecodingContainer {
    func field<Value>(_ key: Key) throws -> Field<Value> {
        guard contains(key) else { return .absent }
        return try decodeNil(forKey: key) ? .null : .value(try decode(Value.self, forKey: key))
    }
}

extension Refusal {
    fileprivate init(_ error: DecodingError) {
        func path(_ context: DecodingError.Context, _ last: (any CodingKey)? = nil) -> String {
            (context.codingPath + [last].compactMap(\.self)).map(\.stringValue).joined(separator: ".")
        }
        switch error {
        case .keyNotFound(let key, let context): self = .invalid(field: path(context, key), "This field is needed.")
        case .typeMismatch(let type, let context) where !context.codingPath.isEmpty:
            self = .invalid(field: path(context), "Expected \(Self.word(for: type)).")
        case .valueNotFound(let type, let context) where !context.codingPath.isEmpty:
            self = .invalid(field: path(context), "Expected \(Self.word(for: type)), not null.")
        case .dataCorrupted(let context) where !context.codingPath.isEmpty:
            self = .invalid(field: path(context), "This value is not one that is known here.")
        default: self = .malformed("Send one JSON object in UTF-8.")
        }
    }

    private static func word(for type: Any.Type) -> String {
        switch type {
        case is String.Type: "text"
        case is Bool.Type: "true or false"
        case is Int.Type, is Int64.Type, is Double.Type: "a number"
        case is [String].Type: "a list of texts"
        default: "another kind of value"
        }
    }
}
