import Foundation

/// A backup as one file: a tar of its folder, compressed where the name says so.
public struct Archive: Sendable {
    private let file: URL
    private let tar: Program

    public static func isArchive(_ path: String) -> Bool { [".tar", ".tar.gz", ".tgz"].contains { path.hasSuffix($0) } }

    public init(_ file: URL) throws {
        (self.file, tar) = (file, try Program("tar", orElse: "Install it, or name a folder instead of a file."))
    }

    /// Lets a backup be taken into a folder, and makes the file of it.
    public func pack<Answer>(_ take: (URL) async throws -> Answer) async throws -> Answer {
        guard !FileManager.default.fileExists(atPath: file.path) else {
            throw Failure("\(file.path) is there already. Choose another name.")
        }
        return try await inFolder { folder in
            let answer = try await take(folder)
            let draft = file.path + ".new"
            try tar.run([manner("c"), draft, "-C", folder.path, "."])
            guard rename(draft, file.path) == 0 else { throw CocoaError(.fileWriteUnknown, userInfo: [NSFilePathErrorKey: file.path]) }
            return answer
        }
    }

    public func unpack<Answer>(_ restore: (URL) async throws -> Answer) async throws -> Answer {
        guard FileManager.default.fileExists(atPath: file.path) else { throw Failure("there is no \(file.path).") }
        return try await inFolder { folder in
            try tar.run([manner("x"), file.path, "-C", folder.path, "--no-same-owner"])
            return try await restore(folder)
        }
    }

    private func manner(_ deed: String) -> String { "-" + deed + (file.path.hasSuffix(".tar") ? "" : "z") + "f" }

    /// Beside the file, where there is room for it.
    private func inFolder<Answer>(_ body: (URL) async throws -> Answer) async throws -> Answer {
        let folder = file.deletingLastPathComponent().appendingPathComponent(".moro-\(UUID().uuidString)", isDirectory: true)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        defer { try? FileManager.default.removeItem(at: folder) }
        return try await body(folder)
    }
}
