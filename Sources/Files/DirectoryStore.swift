import Foundation
import NIOPosix

/// Files in a directory, `ab/abcdef…`: of this machine, or one that several share.
public struct DirectoryStore: FileStore {
    private let root: URL

    /// Makes the directory where there is none.
    public init(_ directory: URL) throws {
        root = directory.standardizedFileURL
        do { try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true) } catch {
            throw Self.fault(error, at: root)
        }
    }

    public var description: String { root.path }

    public func put(_ bytes: Data, digest: String) async throws {
        try await aside {
            if try sizeOnDisk(digest) != Int64(bytes.count) { try write(bytes, to: path(of: digest)) }
            // Also what another has put a moment ago: it may not have come that far.
            try Disk.synchronize(path(of: digest).deletingLastPathComponent().path)
        }
    }

    public func get(_ digest: String) async throws -> Data { try await aside { try Data(contentsOf: path(of: digest)) } }

    public func size(of digest: String) async throws -> Int64? { try await aside { try sizeOnDisk(digest) } }

    public func remove(_ digest: String) async throws {
        try await aside {
            guard unlink(path(of: digest).path) != 0, errno != ENOENT else { return }
            throw Disk.failure(at: path(of: digest).path)
        }
    }

    /// Gives the same file both names, which costs nothing. Returns its size; nil where that can't be done.
    func share(_ digest: String, from other: DirectoryStore) async throws -> Int64? {
        try await aside {
            let (from, to) = (other.path(of: digest), path(of: digest))
            guard let size = try other.sizeOnDisk(digest), try sizeOnDisk(digest) == nil else { return nil }
            try makeFolder(of: to)
            guard link(from.path, to.path) == 0 else { return nil }
            try Disk.synchronize(to.deletingLastPathComponent().path)
            return size
        }
    }

    func path(of digest: String) -> URL { root.appendingPathComponent(place(of: digest)) }

    /// On threads that may wait for a disk, or for a share on the network.
    private func aside<Answer: Sendable>(_ body: @escaping @Sendable () throws -> Answer) async throws -> Answer {
        try await NIOThreadPool.singleton.runIfActive {
            do { return try body() } catch let fault as FileFault { throw fault } catch { throw Self.fault(error, at: root) }
        }
    }

    private func sizeOnDisk(_ digest: String) throws -> Int64? {
        var facts = stat()
        guard stat(path(of: digest).path, &facts) != 0 else { return Int64(facts.st_size) }
        guard errno == ENOENT else { throw Disk.failure(at: path(of: digest).path) }
        return nil
    }

    /// Under another name until all of it is on disk.
    private func write(_ bytes: Data, to place: URL) throws {
        try makeFolder(of: place)
        let draft = place.appendingPathExtension(UUID().uuidString)
        do {
            try bytes.write(to: draft)
            try Disk.synchronize(draft.path)
            guard rename(draft.path, place.path) == 0 else { throw Disk.failure(at: place.path) }
        } catch {
            unlink(draft.path)
            throw error
        }
    }

    /// A new name survives a power cut only when its folder is on disk too.
    private func makeFolder(of place: URL) throws {
        let folder = place.deletingLastPathComponent()
        guard !FileManager.default.fileExists(atPath: folder.path) else { return }
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Disk.synchronize(root.path)
    }

    private static func fault(_ error: any Error, at place: URL) -> FileFault {
        let error = error as NSError
        if (error as? CocoaError)?.code == .fileReadNoSuchFile { return FileFault(.missing, "there is no such file in \(place.path)") }
        let reason = (error.userInfo[NSUnderlyingErrorKey] as? NSError)?.localizedDescription ?? error.localizedDescription
        return FileFault(.disk, "\(place.path): \(reason)")
    }
}
