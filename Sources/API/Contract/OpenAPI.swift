import HTTPTypes
import Hummingbird

/// The whole API for machines (OpenAPI 3.1), written from the list of endpoints, so that none can be missing.
struct OpenAPI {
    let endpoints: [Endpoint]
    let baseURL: String

    var document: JSONValue {
        [
            "openapi": "3.1.0",
            "info": ["title": "Moro", "version": "1", "description": .text(Self.introduction)],
            "servers": [["url": "\(baseURL)/api/v1"]],
            "paths": .object(paths),
            "components": [
                "schemas": .object(things.mapValues { $0.json() }), "responses": .object(refusals), "securitySchemes": Self.schemes,
            ],
        ]
    }

    private static let introduction =
        "Commands are HTTP requests to a noun, news comes by one socket or long poll. Times are milliseconds since 1970, UTC. "
        + "Fields that are absent mean null. Unknown fields in a request are refused by name."

    private var paths: [String: JSONValue] {
        Dictionary(grouping: endpoints, by: \.openPath).mapValues { endpoints in
            .object(Dictionary(endpoints.map { ($0.method.rawValue.lowercased(), $0.operation) }) { one, _ in one })
        }
    }

    private var things: [String: Fields] {
        let schemas = endpoints.flatMap { endpoint in
            [endpoint.body] + endpoint.contract.successes.map(\.fields) + endpoint.contract.queries.map(\.schema.fields)
        }
        return (schemas.compactMap(\.self).map(Schema.object) + [.problem]).reduce(into: [:]) { $0.merge($1.things) { one, _ in one } }
    }

    private var refusals: [String: JSONValue] {
        let all = endpoints.flatMap(\.refusals).map { ($0.name, $0.json) }
        return Dictionary(all) { one, _ in one }
    }

    private static let schemes: JSONValue = [
        "agentToken": ["type": "http", "scheme": "bearer", "description": "An agent's session token, without Moro-Site"],
        "agentCookie": ["type": "apiKey", "in": "cookie", "name": "moro_agent"],
        "visitorToken": ["type": "http", "scheme": "bearer", "description": "A visitor's session token, with Moro-Site"],
        "visitorCookie": ["type": "apiKey", "in": "cookie", "name": "moro_visitor_KEY", "description": "KEY is the site's key"],
        "site": ["type": "apiKey", "in": "header", "name": "Moro-Site", "description": "The site's key; `?site=` says the same"],
    ]
}

extension Endpoint {
    fileprivate var openPath: String {
        path.split(separator: "/").map { $0.hasPrefix(":") ? "/{\($0.dropFirst())}" : "/\($0)" }.joined()
    }

    fileprivate var operation: JSONValue {
        var operation: [String: JSONValue] = [
            "operationId": .text(operationID), "summary": .text(summary), "tags": [.text(String(path.split(separator: "/")[0]))],
            "parameters": .list(parameters), "responses": .object(responses), "security": .list(security),
        ]
        let details = [contract.details, isForAdmins ? "Owners and admins only." : ""].filter { !$0.isEmpty }
        if !details.isEmpty { operation["description"] = .text(details.joined(separator: " ")) }
        if let requestBody { operation["requestBody"] = requestBody }
        return .object(operation)
    }

    /// `PUT /conversations/:id/marks` is `putConversationsIdMarks`.
    private var operationID: String {
        let words = path.split { !$0.isLetter }.map { $0.prefix(1).uppercased() + $0.dropFirst() }
        return method.rawValue.lowercased() + words.joined()
    }

    private var isForAdmins: Bool { who.contains(.admin) && !who.contains(.agent) }

    private var security: [JSONValue] {
        var ways: [JSONValue] = []
        if who.contains(.visitor) { ways += [["visitorToken": [], "site": []], ["visitorCookie": [], "site": []]] }
        if who.contains(.agent) || who.contains(.admin) { ways += [["agentToken": []], ["agentCookie": []]] }
        return ways
    }

    private var parameters: [JSONValue] {
        pathParameters.map { ["name": .text($0), "in": "path", "required": true, "schema": Schema.text.json] }
            + contract.queries.map { $0.json(in: "query") } + contract.headers.map { $0.json(in: "header") }
    }

    private var requestBody: JSONValue? {
        if let body { return ["required": true, "content": ["application/json": ["schema": body.json(isClosed: true)]]] }
        guard let file = contract.file else { return nil }
        let content = file.types.map { ($0, ["schema": ["type": "string", "format": "binary"]] as JSONValue) }
        return ["required": true, "description": .text(file.note), "content": .object(Dictionary(content) { one, _ in one })]
    }

    private var responses: [String: JSONValue] {
        let told = refusals.map { ("\($0.status.code)", ["$ref": "#/components/responses/\($0.name)"] as JSONValue) }
        return Dictionary(told + contract.successes.map { ("\($0.status.code)", $0.json) }) { _, success in success }
    }

    /// Its problems by status.
    fileprivate var refusals: [Refused] {
        var told = problems.map { (status: $0.status, code: $0) }
        if body != nil { told.append((.contentTooLarge, .malformed)) }
        if contract.successes.contains(where: { $0.status == .switchingProtocols }) { told.append((.upgradeRequired, .malformed)) }
        return Dictionary(grouping: told, by: \.status).map { Refused(status: $0, codes: $1.map(\.code.rawValue).sorted()) }
    }
}

extension Contract.Parameter {
    fileprivate func json(in place: String) -> JSONValue {
        ["name": .text(name), "in": .text(place), "description": .text(note), "schema": schema.json]
    }
}

extension Contract.Success {
    fileprivate var json: JSONValue {
        let phrase = JSONValue.text(status.reasonPhrase)
        guard let fields else { return ["description": phrase] }
        return ["description": phrase, "content": ["application/json": ["schema": fields.json()]]]
    }
}

/// A status with the problems that may stand behind it; described once, however many endpoints answer so.
fileprivate struct Refused {
    let status: HTTPResponse.Status
    let codes: [String]

    var name: String { codes.joined(separator: ".") }

    var json: JSONValue {
        let schema: JSONValue = ["allOf": [Schema.problem.json, ["properties": ["code": Schema.choice(codes).json]]]]
        return [
            "description": .text(codes.map { "`\($0)`" }.joined(separator: ", ")),
            "content": ["application/problem+json": ["schema": schema]],
        ]
    }
}

extension House {
    var contractEndpoints: [Endpoint] {
        [
            Endpoint(.get, "/openapi.json", [.anyone], "This document", contract)
                .answers(with: ["openapi": .text, "info": .anything, "servers": .anything, "paths": .anything, "components": .anything])
        ]
    }

    private func contract(_ call: Call) async throws -> Response {
        var response = Response.json(OpenAPI(endpoints: endpoints, baseURL: configuration.baseURL).document)
        response.headers[.cacheControl] = "public, max-age=300"
        // Tools that show it live on other origins, and it holds no secret.
        response.headers[.accessControlAllowOrigin] = "*"
        return response
    }
}
