import Files
import Foundation
import Synchronization

/// Lets a test stand before each call to a place of files: hold it up, or make it fail.
public final class WatchedStore: FileStore {
    public enum Call: Sendable { case put, get, size, remove }

    /// For the length of the calls that it answers.
    public typealias Watch = @Sendable (Call) async throws -> Void

    private struct State: Sendable {
        var calls: [Call] = []
        var watch: Watch = { _ in }
    }

    private let inner: any FileStore
    private let state = Mutex(State())

    public init(_ inner: any FileStore) { self.inner = inner }

    public var description: String { "\(inner)" }
    public var calls: [Call] { state.withLock { $0.calls } }
    public func watch(_ watch: @escaping Watch) { state.withLock { $0.watch = watch } }

    /// Nobody answers there any more.
    public func fail(_ failing: Call...) {
        watch { if failing.contains($0) { throw FileFault(.unreachable, "the store can't be reached") } }
    }

    public func put(_ bytes: Data, digest: String) async throws {
        try await note(.put)
        try await inner.put(bytes, digest: digest)
    }

    public func get(_ digest: String) async throws -> Data {
        try await note(.get)
        return try await inner.get(digest)
    }

    public func size(of digest: String) async throws -> Int64? {
        try await note(.size)
        return try await inner.size(of: digest)
    }

    public func remove(_ digest: String) async throws {
        try await note(.remove)
        try await inner.remove(digest)
    }

    private func note(_ call: Call) async throws {
        let watch = state.withLock { state in
            state.calls.append(call)
            return state.watch
        }
        try await watch(call)
    }
}
