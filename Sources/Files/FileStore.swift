import Foundation

/// Attached files by the digest of their content (SHA-256 in hex). The same bytes are kept once; they never change.
///
/// No call occupies one of Swift's or NIO's threads while a disk or a network takes its time.
public protocol FileStore: Sendable, CustomStringConvertible {
    /// Keeps the bytes, whole or not at all, before it returns. Next to nothing where they are kept already.
    /// - Parameter digest: SHA-256 of the bytes in hex; a bucket refuses bytes that it does not belong to.
    func put(_ bytes: Data, digest: String) async throws

    /// - Throws: `FileFault`, `.missing` where there is no such file.
    func get(_ digest: String) async throws -> Data

    /// In bytes; nil where there is no such file.
    func size(of digest: String) async throws -> Int64?

    /// What is not there is as good as removed.
    func remove(_ digest: String) async throws
}

extension FileStore {
    public func contains(_ digest: String) async throws -> Bool { try await size(of: digest) != nil }
}

/// Where a file lies below a folder or a prefix, the same everywhere: whoever copies one onto the other has moved it.
func place(of digest: String) -> String { "\(digest.prefix(2))/\(digest)" }

/// Why a file can't be kept, had or removed now.
public struct FileFault: Error, Equatable, Sendable, CustomStringConvertible {
    public enum Kind: Sendable, Equatable {
        case missing
        /// Nobody answers at all, or not in time.
        case unreachable, late
        /// The store answers, and is short of breath.
        case busy
        case wrongKey, wrongSecret, staleToken, forbidden
        case noBucket
        /// The bucket lies in another region, or at another address.
        case elsewhere
        /// This machine's clock differs from the store's.
        case clock
        /// A disk, or a directory, does not do what it is told.
        case disk
        case other
    }

    public let kind: Kind
    /// A sentence with the store's own words, without secrets.
    public let description: String

    public init(_ kind: Kind, _ description: String) { (self.kind, self.description) = (kind, description) }
}
