import Foundation
import NIOCore
import NIOHTTP1

/// What a bucket has answered.
struct BucketAnswer: Sendable {
    let status: Int
    let headers: HTTPHeaders
    let body: ByteBuffer

    var length: Int64? { headers.first(name: "content-length").flatMap { Int64($0) } }

    /// Whether the same question may be answered otherwise in a moment.
    var isPassing: Bool {
        [429, 500, 502, 503, 504].contains(status) || ["ConditionalRequestConflict", "OperationAborted", "RequestTimeout"].contains(code)
    }

    /// A store that does not know `If-None-Match` for writing.
    var isRefusingConditions: Bool { status == 501 || code == "NotImplemented" }

    func check(_ address: BucketAddress) throws {
        guard !(200..<300).contains(status) else { return }
        throw FileFault(kind, sentence(address))
    }

    /// S3's own name for what is wrong; empty where it says none, as to HEAD.
    private var code: String { text(of: "Code") }

    private var kind: FileFault.Kind {
        switch code {
        case "NoSuchKey": .missing
        case "NoSuchBucket": .noBucket
        case "InvalidAccessKeyId": .wrongKey
        case "SignatureDoesNotMatch": .wrongSecret
        case "ExpiredToken", "InvalidToken", "TokenRefreshRequired": .staleToken
        case "RequestTimeTooSkewed", "RequestExpired": .clock
        case "PermanentRedirect", "TemporaryRedirect", "AuthorizationHeaderMalformed", "IllegalLocationConstraintException": .elsewhere
        case "SlowDown", "ServiceUnavailable", "TooManyRequests", "InternalError": .busy
        default: kindOfStatus
        }
    }

    private var kindOfStatus: FileFault.Kind {
        switch status {
        case 301, 302, 307, 308: .elsewhere
        case 401, 403: .forbidden
        case 404: .missing
        case 429, 500...599: .busy
        default: .other
        }
    }

    private func sentence(_ address: BucketAddress) -> String {
        let own = [code, text(of: "Message")].filter { !$0.isEmpty }.joined(separator: ": ")
        let region = [text(of: "Region"), headers.first(name: "x-amz-bucket-region") ?? ""].first { !$0.isEmpty && $0 != address.region }
        return "the bucket \(address.bucket) at \(address.host) answers \(status)" + (own.isEmpty ? "" : " (\(own))")
            + (region.map { "; it lies in the region \($0)" } ?? "")
    }

    /// Of an element in S3's short error documents. Control characters are nobody's business in a log.
    private func text(of element: String) -> String {
        let document = String(buffer: body.getSlice(at: body.readerIndex, length: min(body.readableBytes, 8_192)) ?? ByteBuffer())
        guard !(200..<300).contains(status), let start = document.range(of: "<\(element)>"),
            let end = document.range(of: "</\(element)>", range: start.upperBound..<document.endIndex)
        else { return "" }
        let text = document[start.upperBound..<end.lowerBound].prefix(200)
        return String(text.unicodeScalars.filter { $0.properties.generalCategory != .control }.map(Character.init))
    }
}
