import Core
import Foundation
import HTTPTypes
import Hummingbird
import Wire

/// What went wrong, as RFC 9457 has it, with a stable code and a remedy.
struct Problem: Encodable, Sendable {
    let type, code, title, detail: String
    let status: Int
    var field: String?
    var retryAfter: Int?
    var attemptsLeft: Int?
    var at: Int64?

    init(
        _ status: HTTPResponse.Status, _ code: String, _ title: String, _ detail: String, field: String? = nil, retryAfter: Int? = nil,
        attemptsLeft: Int? = nil, at: Moment? = nil
    ) {
        type = "https://moro.example/problems/\(code)"
        self.code = code
        self.title = title
        self.detail = detail
        self.status = status.code
        self.field = field
        self.retryAfter = retryAfter
        self.attemptsLeft = attemptsLeft
        self.at = at?.milliseconds
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
        case .notSignedIn: self.init(.unauthorized, "not_signed_in", "Not signed in", "Sign in, or start a visitor session, and ask again.")
        case .wrongCredentials(let left):
            self.init(
                .unauthorized, "wrong_credentials", "Address and password do not match", "Try again, or use a sign-in link.",
                attemptsLeft: left)
        case .tooManyAttempts(let wait):
            self.init(
                .tooManyRequests, "too_many_attempts", "Too many wrong passwords", "Wait \(wait) seconds, or use a sign-in link.",
                retryAfter: wait)
        case .linkUsed(let at): self.init(.gone, "link_used", "This link has been used", "A link works once. Ask for a new one.", at: at)
        case .linkExpired(let at):
            self.init(.gone, "link_expired", "This link is too old", "Ask for a new one: moro agent sign-in-link.", at: at)
        case .forbidden(let why): self.init(.forbidden, "forbidden", "Not allowed", why)
        case .foreignOrigin(let origin):
            self.init(
                .forbidden, "foreign_origin", "Foreign origin", "\(origin) is not an allowed origin. Add it to the site's allowed origins.")
        case .unknownSite(let key):
            self.init(
                .notFound, "unknown_site", "Unknown site",
                "There is no site with the key “\(key.beginning(60))”. Check data-site in the script tag.")
        case .notFound(let what): self.init(.notFound, "not_found", "Not found", "There is no such \(what), or it is not yours to see.")
        case .malformed(let why): self.init(.badRequest, "malformed", "Not understood", why)
        case .invalid(let field, let remedy): self.init(.unprocessableContent, "invalid_field", "Check \(field)", remedy, field: field)
        case .messageEmpty:
            self.init(.unprocessableContent, "message_empty", "Nothing to send", "Write something or attach a file.", field: "text")
        case .messageTooLong(let limit):
            self.init(
                .contentTooLarge, "message_too_long", "Too long a message",
                "A message holds \(limit) bytes. Send the rest as another message or as a file.", field: "text")
        default: self.init(ofTraffic: refusal)
        }
    }

    private init(ofTraffic refusal: Refusal) {
        switch refusal {
        case .uploadTooLarge(let limit):
            self.init(
                .contentTooLarge, "upload_too_large", "Too large a file",
                "A file may have \(limit / 1_048_576) MB. Send a smaller one or a link.")
        case .uploadTypeRefused(let name):
            self.init(
                .unsupportedMediaType, "upload_type_refused", "Programs are not accepted",
                "“\(name)” is a program. Pack it into a zip file if it is needed.")
        case .uploadEmpty: self.init(.unprocessableContent, "upload_empty", "Empty file", "The file has no content. Choose another.")
        case .tooManyRequests(let wait):
            self.init(.tooManyRequests, "too_many_requests", "Too many requests", "Wait \(wait) seconds and go on.", retryAfter: wait)
        case .conflict(let why): self.init(.conflict, "conflict", "Something has changed", why)
        case .alreadyTaken(let name):
            self.init(.conflict, "already_taken", "\(name) was quicker", "\(name) has taken this conversation.")
        case .identityNotProven:
            self.init(
                .forbidden, "identity_not_proven", "Identity not proven",
                "Send hash = hex HMAC-SHA256 of the id, made on your server with the site's identity secret.", field: "hash")
        case .busy(let wait):
            self.init(.serviceUnavailable, "busy", "Too busy", "Nothing was stored. Try again in \(wait) seconds.", retryAfter: wait)
        default: self = .internalError
        }
    }

    static let internalError = Problem(
        .internalServerError, "internal", "Something broke here", "The fault is ours and has been logged. Nothing was stored; try again.")
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
