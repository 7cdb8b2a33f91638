import Core
import Foundation
import Storage

/// What is done before the doors open: the machine is looked at, the company is there, whoever comes first has a way in.
public struct Opening: Sendable {
    private let settings: Settings

    public init(_ settings: Settings) { self.settings = settings }

    /// Refuses to start where starting could not work.
    public func check() throws {
        guard WebDirectory.holdsFrontEnd(settings.web) else {
            throw Failure("the front end is not in \(settings.web.path). Point --web at the directory Web that came with Moro.")
        }
        switch Port(settings.port, on: settings.host).standing() {
        case .free: break
        case .moro: throw Failure("a Moro already answers at port \(settings.port). Stop it, or choose another port with --port.")
        case .taken: throw Failure("port \(settings.port) is taken by another program. Choose another with --port.")
        case .refused(let reason): throw Failure("can't listen to \(settings.host) port \(settings.port): \(reason).")
        }
        if settings.files != .inData { _ = try settings.openFiles() }
        allowManyVisitors()
    }

    /// Makes what is missing, and returns the lines that tell where to go.
    public func prepare() async throws -> [String] {
        let premises = try Premises.open(settings)
        defer { try? premises.close() }
        if settings.demo {
            try await DemoShop(settings: settings).open()
            return try await demoLines(premises)
        }
        guard let (owner, address) = try await premises.firstLink() else { return ["Moro serves \(settings.baseURL)/desk"] }
        return ["Moro serves \(settings.baseURL)/desk", "Sign in as \(owner.email), once, within a day:", "  \(address)"]
    }

    private func demoLines(_ premises: Premises) async throws -> [String] {
        guard let owner = try await premises.store.read({ try $0.agent(email: DemoShop.owner) }) else { return [] }
        let link = try await premises.agentDoor.makeLink(for: owner)
        return [
            "The shop   \(settings.baseURL)/demo", "The desk   \(settings.baseURL)/desk",
            "Sign in as \(owner.name), once, within a day:", "  \(premises.signInAddress(link: link))",
        ]
    }

    /// Every connected visitor takes a file descriptor; the soft limit is often 1,024 where the hard one is far above.
    private func allowManyVisitors() {
        var limit = rlimit()
        guard getrlimit(numericCast(RLIMIT_NOFILE.rawValue), &limit) == 0, limit.rlim_cur < limit.rlim_max else { return }
        limit.rlim_cur = limit.rlim_max
        _ = setrlimit(numericCast(RLIMIT_NOFILE.rawValue), &limit)
    }
}
