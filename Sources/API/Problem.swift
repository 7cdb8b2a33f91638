import Core
import Foundation
import HTTPTypes
import Hummingbird
import Wire

/// What went wrong, as RFC 9457 has it, with a stable code and a remedy.
struct Problem: Encodable, Sendable {
    /// What went wrong, for machines. The list is part of the contract.
    enum Code: String, CaseIterable, Encodable, Sendable {
        case notSignedIn = "not_signed_in", wrongCredentials = "wrong_credentials", linkUsed = "link_used", linkExpired = "link_expired"
        case tooManyAttempts = "too_many_attempts", forbidden, foreignOrigin = "foreign_origin", unknownSite = "unknown_site"
        case notFound = "not_found", malformed, invalidField = "invalid_field", messageEmpty = "message_empty"
        case messageTooLong = "message_too_long", uploadTooLarge = "upload_too_large", uploadTypeRefused = "upload_type_refused"
        case uploadEmpty = "upload_empty", tooManyRequests = "too_many_requests", conflict, alreadyTaken = "already_taken"
        case identityNotProven = "identity_not_proven", busy, filesUnavailable = "files_unavailable", `internal`

        var status: HTTPResponse.Status {
            switch self {
            case .malformed: .badRequest
            case .notSignedIn, .wrongCredentials: .unauthorized
            case .forbidden, .foreignOrigin, .identityNotProven: .forbidden
            case .unknownSite, .notFound: .notFound
            case .conflict, .alreadyTaken: .conflict
            case .linkUsed, .linkExpired: .gone
            case .messageTooLong, .uploadTooLarge: .contentTooLarge
            case .uploadTypeRefused: .unsupportedMediaType
            case .invalidField, .messageEmpty, .uploadEmpty: .unprocessableContent
            case .tooManyAttempts, .tooManyRequests: .tooManyRequests
            case .internal: .internalServerError
            case .busy, .filesUnavailable: .serviceUnavailable
            }
        }
    }

    struct Holder: Encodable, Sendable { let id, name: String }

    let type: String
    let code: Code
    let title, detail: String
    let status: Int
    var field: String?
    var retryAfter: Int?
    var attemptsLeft: Int?
    var at: Int64?
    /// Who was quicker.
    var agent: Holder?

    /// - Parameter status: where it is not the code's own.
    init(
        _ code: Code, _ title: String, _ detail: String, status: HTTPResponse.Status? = nil, field: String? = nil, retryAfter: Int? = nil,
        attemptsLeft: Int? = nil, at: Moment? = nil
    ) {
        type = "https://moro.example/problems/\(code.rawValue)"
        self.code = code
        self.title = title
        self.detail = detail
        self.status = (status ?? code.status).code
        self.field = field
        self.retryAfter = retryAfter
        self.attemptsLeft = attemptsLeft
        self.at = at?.milliseconds
    }

    /// Says who was quicker.
    func naming(_ agent: Agent) -> Problem {
        var problem = self
        problem.agent = Holder(id: agent.id.text, name: agent.name)
        return problem
    }

    var response: Response {
        var response = Response.json(self, status: .init(code: status))
        response.headers[.contentType] = "application/problem+json"
        response.headers[.cacheControl] = "no-store"
        if let retryAfter { response.headers[.retryAfter] = "\(retryAfter)" }
        return response
    }
}

extension Problem {
    init(_ refusal: Refusal) {
        switch refusal {
        case .notSignedIn: self.init(.notSignedIn, "Not signed in", "Sign in, or start a visitor session, and ask again.")
        case .wrongCredentials(let left):
            self.init(
                .wrongCredentials, "Address and password do not match", "Try again, or use a sign-in link.",
                attemptsLeft: left)
        case .tooManyAttempts(let wait):
            self.init(
                .tooManyAttempts, "Too many wrong passwords", "Wait \(wait) seconds, or use a sign-in link.",
                retryAfter: wait)
        case .linkUsed(let at): self.init(.linkUsed, "This link has been used", "A link works once. Ask for a new one.", at: at)
        case .linkExpired(let at):
            self.init(.linkExpired, "This link is too old", "Ask for a new one: moro agent sign-in-link.", at: at)
        case .forbidden(let why): self.init(.forbidden, "Not allowed", why)
        case .foreignOrigin(let origin):
            self.init(
                .foreignOrigin, "Foreign origin", "\(origin) is not an allowed origin. Add it to the site's allowed origins.")
        case .unknownSite(let key):
            self.init(
                .unknownSite, "Unknown site",
                "There is no site with the key “\(key.beginning(60))”. Check data-site in the script tag.")
        case .notFound(let what): self.init(.notFound, "Not found", "There is no such \(what), or it is not yours to see.")
        case .malformed(let why): self.init(.malformed, "Not understood", why)
        case .invalid(let field, let remedy): self.init(.invalidField, "Check \(field)", remedy, field: field)
        case .messageEmpty:
            self.init(.messageEmpty, "Nothing to send", "Write something or attach a file.", field: "text")
        case .messageTooLong(let limit):
            self.init(
                .messageTooLong, "Too long a message",
                "A message holds \(limit) bytes. Send the rest as another message or as a file.", field: "text")
        default: self.init(ofTraffic: refusal)
        }
    }

    private init(ofTraffic refusal: Refusal) {
        switch refusal {
        case .uploadTooLarge(let limit):
            self.init(
                .uploadTooLarge, "Too large a file",
                "A file may have \(limit / 1_048_576) MB. Send a smaller one or a link.")
        case .uploadTypeRefused(let name):
            self.init(
                .uploadTypeRefused, "Programs are not accepted",
                "“\(name)” is a program. Pack it into a zip file if it is needed.")
        case .uploadEmpty: self.init(.uploadEmpty, "Empty file", "The file has no content. Choose another.")
        case .tooManyRequests(let wait):
            self.init(.tooManyRequests, "Too many requests", "Wait \(wait) seconds and go on.", retryAfter: wait)
        case .conflict(let why): self.init(.conflict, "Something has changed", why)
        case .alreadyTaken(let name):
            self.init(.alreadyTaken, "\(name) was quicker", "\(name) has taken this conversation.")
        case .identityNotProven:
            self.init(
                .identityNotProven, "Identity not proven",
                "Send hash = hex HMAC-SHA256 of the id, made on your server with the site's identity secret.", field: "hash")
        case .busy(let wait):
            self.init(.busy, "Too busy", "Nothing was stored. Try again in \(wait) seconds.", retryAfter: wait)
        case .filesUnavailable(let wait):
            self.init(
                .filesUnavailable, "No files just now", "The place of the attached files does not answer. Try again in \(wait) seconds.",
                retryAfter: wait)
        default: self = .internalError
        }
    }

    static let internalError = Problem(
        .internal, "Something broke here", "The fault is ours and has been logged. Nothing was stored; try again.")
}

extension Response {
    static func json(_ value: some Encodable, status: HTTPResponse.Status = .ok) -> Response {
        guard let bytes = try? wireJSON(value) else { return Response(status: .internalServerError) }
        return Response(
            status: status, headers: [.contentType: "application/json; charset=utf-8", .cacheControl: "no-store"],
            body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    static var noContent: Response { Response(status: .noContent) }
}
