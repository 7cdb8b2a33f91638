import Foundation

/// A server that greets whoever connects as PostgreSQL would in some plight, or not at all; for as long as the tests run.
struct FakeServer {
    enum Greeting: Sendable {
        case silence
        /// What stands between the server and its guest: a code and a sentence, in any language.
        case refusal(code: String, String)
        case noTLS
        case version(String)
    }

    let port: Int

    init(_ greeting: Greeting) throws {
        let listening = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        port = try withUnsafeMutablePointer(to: &address) { place in
            try place.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                guard bind(listening, address, size) == 0, listen(listening, 5) == 0, getsockname(listening, address, &size) == 0
                else { throw CocoaError(.fileNoSuchFile) }
            }
            return Int(UInt16(bigEndian: place.pointee.sin_port))
        }
        Thread.detachNewThread { Self.greet(listening, greeting) }
    }

    func address(_ query: String = "") -> String { "postgres://maija:salasana@127.0.0.1:\(port)/moro\(query)" }

    private static func greet(_ listening: Int32, _ greeting: Greeting) {
        while case let guest = accept(listening, nil, nil), guest >= 0 {
            var heard = [UInt8](repeating: 0, count: 1000)
            _ = recv(guest, &heard, heard.count, 0)
            if case .silence = greeting { continue }
            let wantsTLS = heard.starts(with: [0, 0, 0, 8])
            if wantsTLS { send([UInt8(ascii: "N")], to: guest) }
            if wantsTLS, case .noTLS = greeting { continue }
            if wantsTLS { _ = recv(guest, &heard, heard.count, 0) }
            send(words(of: greeting), to: guest)
            close(guest)
        }
    }

    private static func words(of greeting: Greeting) -> [UInt8] {
        switch greeting {
        case .silence, .noTLS: []
        case .refusal(let code, let text): message("E", "SFATAL\0VFATAL\0C\(code)\0M\(text)\0Rauth_failed\0\0")
        case .version(let version):
            message("R", "\0\0\0\0") + message("S", "server_version\0\(version)\0") + message("S", "client_encoding\0UTF8\0")
                + message("Z", "I")
        }
    }

    private static func message(_ kind: Unicode.Scalar, _ body: String) -> [UInt8] {
        [UInt8(ascii: kind)] + withUnsafeBytes(of: UInt32(body.utf8.count + 4).bigEndian, Array.init) + Array(body.utf8)
    }

    private static func send(_ bytes: [UInt8], to guest: Int32) { _ = Glibc.send(guest, bytes, bytes.count, Int32(MSG_NOSIGNAL)) }
}
