import Foundation

/// A port of this machine, looked at from outside before it is taken.
public struct Port: Sendable {
    public enum Standing: Sendable, Equatable {
        case free
        /// A Moro answers there.
        case moro
        case taken
        case refused(String)
    }

    private let number: Int
    private let host: String

    public init(_ number: Int, on host: String) {
        self.number = number
        self.host = host == "localhost" ? "127.0.0.1" : host
    }

    public func standing() -> Standing {
        let error = bindingError()
        switch error {
        case 0: return .free
        case EADDRINUSE: return answers() ? .moro : .taken
        default: return .refused(String(cString: strerror(error)))
        }
    }

    private func bindingError() -> Int32 {
        withSocket { descriptor in
            var yes: Int32 = 1
            setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
            return withAddress(of: host) { bind(descriptor, $0, $1) } == 0 ? 0 : errno
        }
    }

    private func answers() -> Bool {
        withSocket { descriptor in
            var patience = timeval(tv_sec: 2, tv_usec: 0)
            setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
            let near = host == "0.0.0.0" ? "127.0.0.1" : host == "::" ? "::1" : host
            guard withAddress(of: near, { connect(descriptor, $0, $1) }) == 0 else { return false }
            let question = "GET /api/v1/me HTTP/1.1\r\nHost: \(near)\r\nConnection: close\r\n\r\n"
            guard send(descriptor, question, question.utf8.count, Int32(MSG_NOSIGNAL)) > 0 else { return false }
            var bytes = [UInt8](repeating: 0, count: 4096)
            let count = recv(descriptor, &bytes, bytes.count, 0)
            return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self).contains("/problems/not_signed_in")
        }
    }

    private func withSocket<Answer>(_ body: (Int32) -> Answer) -> Answer {
        let descriptor = socket(host.contains(":") ? AF_INET6 : AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        return body(descriptor)
    }

    private func withAddress(of host: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32) -> Int32 {
        let port = in_port_t(number).bigEndian
        if host.contains(":") {
            var address = sockaddr_in6()
            (address.sin6_family, address.sin6_port) = (sa_family_t(AF_INET6), port)
            inet_pton(AF_INET6, host, &address.sin6_addr)
            return pass(&address, body)
        }
        var address = sockaddr_in()
        (address.sin_family, address.sin_port) = (sa_family_t(AF_INET), port)
        inet_pton(AF_INET, host, &address.sin_addr)
        return pass(&address, body)
    }

    private func pass<Address>(_ address: inout Address, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32) -> Int32 {
        withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(MemoryLayout<Address>.size)) }
        }
    }
}
