import Core
import Foundation
import Hummingbird
import NIOCore
import Reception
import Wire

/// Files on their way into a message. Their bytes are the body; name and type are only claims.
extension House {
    var uploadEndpoints: [Endpoint] {
        [
            Endpoint(.post, "/uploads", [.visitor, .agent], "Upload a file, to be put into one message", upload)
                .file("*/*", note: "The file's bytes, at most 25 MB. Its type is decided by its content.")
                .header(.moroFilename, "The file's name as percent-encoded UTF-8")
                .answers(.created, with: ["attachment": .attachment])
                .refuses(.uploadTooLarge, .uploadTypeRefused, .uploadEmpty, .filesUnavailable)
        ]
    }

    private struct UploadShape: Encodable { let attachment: AttachmentShape }

    private func upload(_ call: Call) async throws -> Response {
        try limits.take(.messages, call.callerKey, perMinute: configuration.messagesPerSession)
        let bytes = try await call.file(upTo: Attachment.largest)
        let name = call.request.headers[.moroFilename].map { $0.removingPercentEncoding ?? $0 } ?? ""
        let attachment = try await uploads.receive(bytes, name: name, by: call.inboundCaller.author, of: call.workspace)
        return .json(UploadShape(attachment: AttachmentShape(attachment)), status: .created)
    }
}

extension Call {
    /// The body as a file's bytes.
    func file(upTo limit: Int) async throws -> Data {
        if let length = request.headers[.contentLength].flatMap(Int.init), length > limit { throw Refusal.uploadTooLarge(limit: limit) }
        do {
            return Data(buffer: try await request.body.collect(upTo: limit))
        } catch is NIOTooManyBytesError { throw Refusal.uploadTooLarge(limit: limit) }
    }
}
