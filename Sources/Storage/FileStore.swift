import Foundation

/// Attached files by the digest of their content, under the data directory: `files/ab/abcdef…`. The same bytes are kept once.
public struct FileStore: Sendable {
    private let root: URL

    public init(directory: URL) throws {
        root = directory
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    }

    /// Writes the bytes to disk, whole or not at all, before it returns.
    /// - Parameter digest: SHA-256 of the bytes in hex.
    public func put(_ bytes: Data, digest: String) throws {
        let place = path(of: digest)
        guard !FileManager.default.fileExists(atPath: place.path) else { return }
        try FileManager.default.createDirectory(at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
        let draft = place.appendingPathExtension(UUID().uuidString)
        guard FileManager.default.createFile(atPath: draft.path, contents: nil) else {
            throw CocoaError(.fileWriteUnknown, userInfo: [NSFilePathErrorKey: draft.path])
        }
        let handle = try FileHandle(forWritingTo: draft)
        try handle.write(contentsOf: bytes)
        try handle.synchronize()
        try handle.close()
        guard rename(draft.path, place.path) == 0 else { throw CocoaError(.fileWriteUnknown, userInfo: [NSFilePathErrorKey: place.path]) }
        try synchronize(place.deletingLastPathComponent())
    }

    public func get(_ digest: String) throws -> Data { try Data(contentsOf: path(of: digest), options: .mappedIfSafe) }

    public func remove(_ digest: String) throws {
        let place = path(of: digest)
        if FileManager.default.fileExists(atPath: place.path) { try FileManager.default.removeItem(at: place) }
    }

    /// A new name survives a power cut only when its folder is on disk too.
    func synchronize(_ directory: URL) throws {
        let descriptor = open(directory.path, O_RDONLY)
        guard descriptor >= 0 else { throw CocoaError(.fileWriteUnknown, userInfo: [NSFilePathErrorKey: directory.path]) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw CocoaError(.fileWriteUnknown, userInfo: [NSFilePathErrorKey: directory.path]) }
    }

    func path(of digest: String) -> URL {
        root.appendingPathComponent(String(digest.prefix(2))).appendingPathComponent(digest)
    }
}
