/// Why something asked for was not done. A closed set: every case has a stable code on the wire and a sentence for people.
public enum Refusal: Error, Equatable, Sendable {
    case notSignedIn
    case wrongCredentials(attemptsLeft: Int)
    case tooManyAttempts(retryAfter: Int)
    case linkUsed(at: Moment)
    case linkExpired(at: Moment)
    case forbidden(String)
    case foreignOrigin(String)
    case unknownSite(String)
    case notFound(String)
    case malformed(String)
    case invalid(field: String, String)
    case messageEmpty
    case messageTooLong(limit: Int)
    case uploadTooLarge(limit: Int)
    case uploadTypeRefused(String)
    case uploadEmpty
    case tooManyRequests(retryAfter: Int)
    case conflict(String)
    case alreadyTaken(by: String)
    case identityNotProven
    case busy(retryAfter: Int)
    /// The place where attached files are kept does not answer.
    case filesUnavailable(retryAfter: Int)
}
