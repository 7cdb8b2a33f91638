import Crypto
import Foundation

/// A file that a database names.
public struct NamedFile: Sendable, Equatable {
    public let digest: String
    /// Whether somebody has sent or shows it. One that nobody has may still be on its way into the store.
    public let isUsed: Bool

    public init(digest: String, isUsed: Bool) { (self.digest, self.isUsed) = (digest, isUsed) }
}

/// Attached files that are brought from one store to another: those that a database names, each once.
///
/// A file never changes, because its name is the digest of its content: what is there already stays, so that bringing them again
/// goes on where it was interrupted. On the same disk one copy serves both folders (a hard link).
public struct BroughtFiles: Sendable, Equatable, Codable {
    /// Files that the database names.
    public private(set) var named = 0
    /// Those that were not there before.
    public private(set) var brought = 0
    public private(set) var bytes: Int64 = 0
    /// Digests that lead to no file, or to one with another content.
    public private(set) var missing: [String] = []

    public enum Manner: Sendable { case trusting, verifying }

    /// - Parameters:
    ///   - page: the files that come after a digest, some of them at a time, in the order of their digests; none at the end.
    ///   - manner: whether each file is read and held against its name.
    public static func bring(
        _ page: (String) async throws -> [NamedFile], from source: any FileStore, to target: any FileStore, _ manner: Manner
    ) async throws -> Self {
        var (files, last) = (BroughtFiles(), "")
        while true {
            let named = try await page(last)
            guard let end = named.last else { break }
            for (file, fate) in try await fates(of: named, from: source, to: target, manner) { files.count(file, fate) }
            last = end.digest
        }
        files.missing.sort()
        return files
    }

    private enum Fate: Sendable { case there(Int64), brought(Int64), missing }

    /// So many at a time: a bucket far away takes its time for each.
    private static let abreast = 8

    private static func fates(
        of named: [NamedFile], from source: any FileStore, to target: any FileStore, _ manner: Manner
    ) async throws -> [(NamedFile, Fate)] {
        try await withThrowingTaskGroup(of: (NamedFile, Fate).self) { group in
            var (waiting, fates) = (named[...], [(NamedFile, Fate)]())
            while true {
                while fates.count + abreast > named.count - waiting.count, let file = waiting.popFirst() {
                    group.addTask { (file, try await fate(of: file.digest, from: source, to: target, manner)) }
                }
                guard let next = try await group.next() else { return fates }
                fates.append(next)
            }
        }
    }

    private static func fate(
        of digest: String, from source: any FileStore, to target: any FileStore, _ manner: Manner
    ) async throws -> Fate {
        if manner == .trusting, let size = try await target.size(of: digest) { return .there(size) }
        do {
            if manner == .verifying {
                guard SHA256.hash(data: try await source.get(digest)).hex == digest else { return .missing }
                if let size = try await target.size(of: digest) { return .there(size) }
            }
            if let from = source as? DirectoryStore, let to = target as? DirectoryStore, let size = try await to.share(digest, from: from) {
                return .brought(size)
            }
            let bytes = try await source.get(digest)
            try await target.put(bytes, digest: digest)
            return .brought(Int64(bytes.count))
        } catch let fault as FileFault where fault.kind == .missing {
            return .missing
        }
    }

    private mutating func count(_ file: NamedFile, _ fate: Fate) {
        if case .missing = fate, !file.isUsed { return }
        named += 1
        switch fate {
        case .there(let size): bytes += size
        case .brought(let size): (brought, bytes) = (brought + 1, bytes + size)
        case .missing: missing.append(file.digest)
        }
    }
}
