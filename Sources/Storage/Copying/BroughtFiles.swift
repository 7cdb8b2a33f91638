import Foundation

/// Attached files that are brought from one folder to another: those that a database names, each once.
///
/// A file never changes, because its name is the digest of its content: what is there already stays, and on the same disk one
/// copy serves both folders (a hard link).
public struct BroughtFiles: Sendable, Equatable, Codable {
    /// Files that the database names.
    public private(set) var named = 0
    /// Those that were not there before.
    public private(set) var brought = 0
    public private(set) var bytes: Int64 = 0
    /// Digests that lead to no file, or to one with another content.
    public private(set) var missing: [String] = []

    public enum Manner: Sendable { case trusting, verifying }

    /// - Parameter manner: whether each file is read and held against its name.
    public static func bring(namedIn engine: any Engine, from source: FileStore, to target: FileStore, _ manner: Manner) async throws
        -> Self
    {
        var (files, last) = (BroughtFiles(), "")
        while true {
            let page = try await digests(in: engine, after: last)
            for digest in page { try files.bring(digest, from: source, to: target, manner) }
            guard let end = page.last else { return files }
            last = end
        }
    }

    /// The digests that a database names, a page at a time in their order.
    static func digests(in engine: any Engine, after last: String) async throws -> [String] {
        try await engine.read { connection in
            try connection.rows("SELECT DISTINCT digest FROM attachments WHERE digest > \(last) ORDER BY digest LIMIT 1000")
                .map { try $0.text("digest") }
        }
    }

    private mutating func bring(_ digest: String, from source: FileStore, to target: FileStore, _ manner: Manner) throws {
        named += 1
        guard manner == .trusting || source.isWhole(digest), let size = source.size(of: digest) else { return missing.append(digest) }
        bytes += size
        if try target.take(digest, from: source) { brought += 1 }
    }
}

extension FileStore {
    /// Whether the file is there, and is what its name says.
    func isWhole(_ digest: String) -> Bool { Self.digest(of: path(of: digest)) == digest }

    fileprivate func size(of digest: String) -> Int64? {
        (try? FileManager.default.attributesOfItem(atPath: path(of: digest).path)[.size] as? NSNumber)?.int64Value
    }

    /// Returns false when it was here already.
    fileprivate func take(_ digest: String, from other: FileStore) throws -> Bool {
        let (from, to) = (other.path(of: digest), path(of: digest))
        guard from.standardizedFileURL != to.standardizedFileURL, !FileManager.default.fileExists(atPath: to.path) else { return false }
        try FileManager.default.createDirectory(at: to.deletingLastPathComponent(), withIntermediateDirectories: true)
        guard link(from.path, to.path) != 0 else { return true }
        try put(Data(contentsOf: from, options: .mappedIfSafe), digest: digest)
        return true
    }
}
