import HTTPTypes

/// What an endpoint says of itself beside its fields.
struct Contract: Sendable {
    struct Parameter: Sendable {
        let name: String
        let schema: Schema
        let note: String
    }

    struct File: Sendable {
        let types: [String]
        let note: String
    }

    struct Success: Sendable {
        let status: HTTPResponse.Status
        let fields: Fields?
    }

    var details = ""
    var queries: [Parameter] = []
    var headers: [Parameter] = []
    var file: File?
    /// Nothing but 204 unless something else is said.
    var successes = [Success(status: .noContent, fields: nil)]
    var refusals: Set<Problem.Code> = []
}

extension Endpoint {
    /// What does not fit into one line.
    func details(_ text: String) -> Endpoint { changed { $0.details = text } }

    func query(_ name: String, _ schema: Schema, _ note: String) -> Endpoint {
        changed { $0.queries.append(.init(name: name, schema: schema, note: note)) }
    }

    func header(_ name: HTTPField.Name, _ note: String) -> Endpoint {
        changed { $0.headers.append(.init(name: name.canonicalName, schema: .text, note: note)) }
    }

    /// The body is a file's bytes.
    func file(_ types: String..., note: String) -> Endpoint { changed { $0.file = .init(types: types, note: note) } }

    /// What comes back when it is done.
    func answers(_ statuses: HTTPResponse.Status..., with fields: Fields?) -> Endpoint {
        changed { $0.successes = (statuses.isEmpty ? [.ok] : statuses).map { .init(status: $0, fields: fields) } }
    }

    /// Problems that this endpoint has of its own; what every endpoint of its kind may say is known (`problems`).
    func refuses(_ codes: Problem.Code...) -> Endpoint { changed { $0.refusals.formUnion(codes) } }

    private func changed(_ change: (inout Contract) -> Void) -> Endpoint {
        var endpoint = self
        change(&endpoint.contract)
        return endpoint
    }
}

extension Endpoint {
    /// Every problem it may answer with.
    var problems: Set<Problem.Code> {
        var codes = contract.refusals.union([.tooManyRequests, .busy, .internal])
        if !who.contains(.anyone) { codes.insert(.notSignedIn) }
        if who.contains(.visitor) { codes.insert(.unknownSite) }
        // Where both may come, nobody comes to the wrong door.
        if !who.contains(.anyone), !who.isSuperset(of: [.visitor, .agent]) { codes.insert(.forbidden) }
        if method != .get { codes.insert(.foreignOrigin) }
        if body != nil { codes.formUnion([.malformed, .invalidField]) }
        if !contract.queries.isEmpty { codes.insert(.invalidField) }
        if !pathParameters.isEmpty { codes.insert(.notFound) }
        return codes
    }

    var pathParameters: [String] { path.split(separator: "/").filter { $0.hasPrefix(":") }.map { String($0.dropFirst()) } }
}
