import Core
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Sockets
import Storage

/// Every error leaves the house as a problem document; what is not the asker's fault is logged and not told in detail.
struct ProblemMiddleware: RouterMiddleware {
    func handle(
        _ request: Request, context: MoroContext, next: (Request, MoroContext) async throws -> Response
    ) async throws -> Response {
        do {
            var response = try await next(request, context)
            response.headers[.xContentTypeOptions] = "nosniff"
            return response
        } catch {
            var response = answer(error, request)
            response.headers[.xContentTypeOptions] = "nosniff"
            return response
        }
    }

    private func answer(_ error: any Error, _ request: Request) -> Response {
        switch error {
        case let refusal as Refusal: return Problem(refusal).response
        case let refusal as UpgradeRefusal:
            var response = Problem(.malformed, "No WebSocket handshake", refusal.detail, status: refusal.status).response
            response.headers.append(contentsOf: refusal.headers.filter { $0.name != .contentType })
            return response
        case is NIOTooManyBytesError:
            return Problem(.malformed, "Too large a request", "Send less at a time.", status: .contentTooLarge).response
        case let error as HTTPError where error.status.code < 500:
            return Problem(
                error.status == .notFound ? .notFound : .malformed, "Not understood", error.body ?? "Not found.", status: error.status
            ).response
        default:
            Logger(label: "moro.api").error(
                "request failed", metadata: ["path": "\(request.uri.path)", "method": "\(request.method)", "error": "\(error)"])
            return Self.isPassing(error) ? Problem(.busy(retryAfter: 2)).response : Problem.internalError.response
        }
    }

    /// The database is locked or the disk is full: it may be over soon, and nothing was stored.
    private static func isPassing(_ error: any Error) -> Bool {
        let text = String(describing: error)
        return text.contains("database is locked") || text.contains("disk is full") || text.contains("SQLite error 13")
    }
}
