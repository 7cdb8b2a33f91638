@testable import API
import Testing

/// The OpenAPI document as a tool reads it.
struct Description {
    let document: Value

    static func of(_ shop: Shop) async throws -> Description {
        let answer = try await shop.ask("GET", "/openapi.json")
        #expect(answer.status == 200 && answer["Content-Type"] == "application/json; charset=utf-8")
        return Description(document: answer.json)
    }

    func operation(_ endpoint: Endpoint) -> Value {
        let path =
            "/"
            + endpoint.path.split(separator: "/").map { $0.hasPrefix(":") ? "{\($0.dropFirst())}" : "\($0)" }
            .joined(separator: "/")
        return document.paths[path][endpoint.method.rawValue.lowercased()]
    }

    func body(_ endpoint: Endpoint) -> Value { operation(endpoint).requestBody.content["application/json"].schema }

    /// What an answer of this status holds; null where nothing is described.
    func answer(_ endpoint: Endpoint, _ status: Int) -> Value {
        let content = resolved(operation(endpoint).responses["\(status)"]).content
        return content["application/json"].isThere ? content["application/json"].schema : content["application/problem+json"].schema
    }

    /// Where a value is not as described, or has more than is described.
    func faults(in value: Value, beside schema: Value, at place: String = "") -> [String] {
        if schema["$ref"].isThere { return faults(in: value, beside: resolved(schema), at: place) }
        if schema.anyOf.isThere {
            let each = schema.anyOf.asList.map { faults(in: value, beside: $0, at: place) }
            return each.contains([]) ? [] : each.min { $0.count < $1.count } ?? []
        }
        if schema.allOf.isThere { return faults(in: value, beside: schema.allOf[0], at: place) }
        switch (schema.type.asText, value) {
        case ("", _), ("boolean", .flag), ("integer", .whole), ("number", .whole), ("number", .number), ("null", .null): return []
        case ("string", .string): return !schema["enum"].isThere || schema["enum"].asList.contains(value) ? [] : ["\(place) is “\(value)”"]
        case ("array", .list(let items)): return items.flatMap { faults(in: $0, beside: schema.items, at: place + "[]") }
        case ("object", .object(let fields)): return faults(among: fields, beside: schema, at: place)
        default: return ["\(place) is no \(schema.type.asText): \(value)"]
        }
    }

    private func faults(among fields: [String: Value], beside schema: Value, at place: String) -> [String] {
        let missing = schema.required.asList.map(\.asText).filter { fields[$0] == nil }.map { "\(place).\($0) is missing" }
        return missing
            + fields.flatMap { name, value -> [String] in
                let known = schema.properties.fieldNames.contains(name) ? schema.properties[name] : schema.additionalProperties
                return known.isThere ? faults(in: value, beside: known, at: "\(place).\(name)") : ["\(place).\(name) is not described"]
            }
    }

    func resolved(_ schema: Value) -> Value {
        guard schema["$ref"].isThere else { return schema }
        return schema["$ref"].asText.split(separator: "/").dropFirst().reduce(document) { $0[String($1)] }
    }

    /// Every value under a name, however deep.
    static func all(_ name: String, in value: Value) -> [Value] {
        switch value {
        case .object(let fields): fields.flatMap { $0 == name ? [$1] : all(name, in: $1) }
        case .list(let items): items.flatMap { all(name, in: $0) }
        default: []
        }
    }
}
