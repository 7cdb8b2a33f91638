import Core
import Foundation
import Reception
import Storage

/// A company's data as a command opens it: the same doors as the server's, without the server.
///
/// A server may be running meanwhile: one of them writes at a time, and the other waits for it.
public struct Premises: Sendable {
    public let settings: Settings
    public let store: Store
    public let office: Office
    public let agentDoor: AgentDoor

    /// Opens the database of the settings; SQLite's data directory is made if it is missing.
    public static func open(_ settings: Settings, world: World = .real) throws -> Premises {
        let store = try settings.openStore(world: world)
        return Premises(settings: settings, store: store, office: Office(store: store), agentDoor: AgentDoor(store: store))
    }

    public func close() throws { try store.close() }

    /// The company that a command is about: the only one, or the one named.
    public func workspace(named name: String?) async throws -> Workspace? {
        let all = try await store.read { try $0.workspaces() }
        guard let name else {
            guard all.count < 2 else {
                throw Failure("there are several companies here (\(all.map(\.name).joined(separator: ", "))); say which with --company.")
            }
            return all.first
        }
        guard let found = all.first(where: { $0.name == name || $0.id.text == name }) else {
            throw Failure("there is no company “\(name)” here. There is: \(all.map(\.name).joined(separator: ", ")).")
        }
        return found
    }

    /// Where a one-time link leads.
    public func signInAddress(link: String) -> String { "\(settings.baseURL)/desk/sign-in?link=\(link)" }
}

/// Why a command could not do what was asked, in one sentence with the remedy.
public struct Failure: Error, Equatable, Sendable, CustomStringConvertible {
    public let description: String
    public init(_ sentence: String) { description = sentence }
}
