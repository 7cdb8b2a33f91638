import Crypto
import Foundation
import HTTPTypes
import Hummingbird

/// Why a request can't become a socket. Answered as it is, or mapped to the caller's own problem document.
public struct UpgradeRefusal: Error, Equatable, HTTPResponseError {
    public let status: HTTPResponse.Status
    public let detail: String

    public func response(from request: Request, context: some RequestContext) -> Response {
        Response(status: status, headers: headers, body: .init(byteBuffer: ByteBuffer(string: detail + "\n")))
    }

    /// What RFC 6455 wants told beside the status.
    public var headers: HTTPFields {
        var headers: HTTPFields = [.contentType: "text/plain; charset=utf-8"]
        if status == .upgradeRequired {
            headers[.upgrade] = "websocket"
            headers[.secWebSocketVersion] = "13"
        }
        return headers
    }
}

/// RFC 6455 §4.2, the server's half.
enum Handshake {
    /// The value that proves to the client that its request was understood.
    static func accept(_ request: HTTPRequest) throws(UpgradeRefusal) -> String {
        let headers = request.headerFields
        guard headers.lists(.upgrade, "websocket"), headers.lists(.connection, "upgrade") else {
            throw UpgradeRefusal(status: .upgradeRequired, detail: "This address speaks WebSocket: ask for an upgrade.")
        }
        guard headers[.secWebSocketVersion] == "13" else {
            throw UpgradeRefusal(status: .upgradeRequired, detail: "Only version 13 of WebSocket is spoken.")
        }
        guard request.method == .get, !headers.announceBody else {
            throw UpgradeRefusal(status: .badRequest, detail: "An upgrade is a GET without a body.")
        }
        guard let key = headers[.secWebSocketKey], Data(base64Encoded: key)?.count == 16 else {
            throw UpgradeRefusal(status: .badRequest, detail: "Sec-WebSocket-Key must be 16 bytes in base64.")
        }
        return accept(key: key)
    }

    static func accept(key: String) -> String {
        let digest = Insecure.SHA1.hash(data: Data((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").utf8))
        return Data(digest).base64EncodedString()
    }
}

extension HTTPFields {
    fileprivate func lists(_ name: HTTPField.Name, _ token: String) -> Bool {
        self[values: name].contains { value in
            value.split(separator: ",").contains {
                $0.trimmingCharacters(in: .whitespaces).caseInsensitiveCompare(token) == .orderedSame
            }
        }
    }

    fileprivate var announceBody: Bool {
        self[.transferEncoding] != nil || (self[.contentLength] ?? "0") != "0"
    }
}
