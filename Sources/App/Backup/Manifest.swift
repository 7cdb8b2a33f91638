import Files
import Foundation
import Storage

/// What lies in a backup: written last, so that whatever has a manifest is whole.
public struct Manifest: Sendable, Equatable, Codable {
    public enum Engine: String, Sendable, Codable { case sqlite, postgres }

    public struct Database: Sendable, Equatable, Codable {
        public let file: String
        public let bytes: Int64
        public let sha256: String
    }

    /// Of the backup itself.
    public var format = 1
    public let release: String
    /// UTC, RFC 3339.
    public let takenAt: String
    public let engine: Engine
    public let database: Database
    public let contents: Contents
    public let files: BroughtFiles

    static let name = "manifest.json"

    static func read(from folder: URL) throws -> Manifest {
        guard let bytes = FileManager.default.contents(atPath: folder.appendingPathComponent(name).path) else {
            throw Failure("there is no backup in \(folder.path): it lacks \(name).")
        }
        guard let manifest = try? JSONDecoder().decode(Manifest.self, from: bytes), manifest.format == 1 else {
            throw Failure("the \(name) in \(folder.path) is not one that this Moro can read.")
        }
        return manifest
    }

    func write(to folder: URL) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let (place, draft) = (folder.appendingPathComponent(Self.name), folder.appendingPathComponent(Self.name + ".new"))
        try encoder.encode(self).write(to: draft)
        try Disk.synchronize(draft.path)
        guard rename(draft.path, place.path) == 0 else { throw CocoaError(.fileWriteUnknown, userInfo: [NSFilePathErrorKey: place.path]) }
        try Disk.synchronize(folder.path)
    }
}
