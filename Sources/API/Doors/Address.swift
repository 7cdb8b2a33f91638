import Hummingbird
import NIOCore

extension Call {
    var address: String { house.address(of: request, context) }
}

extension House {
    /// The asker's address: the connection's, or, behind a proxy that is trusted, the last one the proxy did not make up.
    func address(of request: Request, _ context: MoroContext) -> String {
        let (direct, trusts) = (context.directAddress, configuration.trusts)
        guard trusts(direct), let header = request.headers[.forwardedFor] else { return direct }
        let hops = header.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
        return hops.last { !trusts($0) } ?? direct
    }

    /// A proxy that is not trusted asks for somebody whose address is not known.
    func isForwardedByStranger(_ request: Request, _ context: MoroContext) -> Bool {
        request.headers[.forwardedFor] != nil && !configuration.trusts(context.directAddress)
    }
}

extension MoroContext {
    fileprivate var directAddress: String { channel.remoteAddress?.ipAddress ?? "unknown" }
}
