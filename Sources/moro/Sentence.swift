import Core

extension Refusal {
    /// For whoever typed the command.
    var sentence: String {
        switch self {
        case .invalid(let field, let remedy): "\(field): \(remedy)"
        case .unknownSite(let key): "there is no site with the key \(key). “moro site list” lists them."
        case .notFound(let what): "there is no such \(what)."
        case .conflict(let why), .forbidden(let why), .malformed(let why): why
        case .busy: "the database is busy. Nothing was stored; try again."
        default: "refused: \(self)"
        }
    }
}
