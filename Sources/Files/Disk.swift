import Crypto
import Foundation

/// Single files on a disk of this machine.
public enum Disk {
    /// Waits until a file, or a folder's list of names, is on disk.
    public static func synchronize(_ path: String) throws {
        let descriptor = open(path, O_RDONLY)
        guard descriptor >= 0 else { throw failure(at: path) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw failure(at: path) }
    }

    /// SHA-256 of a file in hex; nil where it can't be read.
    public static func digest(of file: URL) -> String? {
        guard let handle = try? FileHandle(forReadingFrom: file) else { return nil }
        defer { try? handle.close() }
        var hash = SHA256()
        do {
            while let piece = try handle.read(upToCount: 1 << 20), !piece.isEmpty { hash.update(data: piece) }
        } catch { return nil }
        return hash.finalize().hex
    }

    static func failure(at path: String) -> FileFault { FileFault(.disk, "\(path): \(String(cString: strerror(errno)))") }
}
