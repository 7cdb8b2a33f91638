import Core
import Foundation
import Hummingbird
import Reception
import Wire

/// Files on their way into a message. Their bytes are the body; name and type are only claims.
extension House {
    var uploadEndpoints: [Endpoint] { [Endpoint(.post, "/uploads", [.visitor, .agent], upload)] }

    private struct UploadShape: Encodable { let attachment: AttachmentShape }

    private func upload(_ call: Call) async throws -> Response {
        try limits.take(.messages, call.callerKey, perMinute: configuration.messagesPerSession)
        if let length = call.request.headers[.contentLength].flatMap(Int.init), length > Attachment.largest {
            throw Refusal.uploadTooLarge(limit: Attachment.largest)
        }
        let bytes = try await body(of: call)
        let name = call.request.headers[.moroFilename].map { $0.removingPercentEncoding ?? $0 } ?? ""
        let attachment = try await uploads.receive(bytes, name: name, by: call.inboundCaller.author, of: call.workspace)
        return .json(UploadShape(attachment: AttachmentShape(attachment)), status: .created)
    }

    private func body(of call: Call) async throws -> Data {
        do {
            return Data(buffer: try await call.request.body.collect(upTo: Attachment.largest))
        } catch let error as HTTPError where error.status == .contentTooLarge {
            throw Refusal.uploadTooLarge(limit: Attachment.largest)
        }
    }
}
