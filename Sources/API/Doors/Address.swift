import Hummingbird
import NIOCore

extension Call {
    /// The asker's address: the connection's, or, behind a proxy that is trusted, the last one the proxy did not make up.
    var address: String {
        let direct = context.channel.remoteAddress?.ipAddress ?? "unknown"
        let trusts = house.configuration.trusts
        guard trusts(direct), let header = request.headers[.forwardedFor] else { return direct }
        let hops = header.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
        return hops.last { !trusts($0) } ?? direct
    }
}
