import Crypto
import Files
import Foundation

extension Doctor {
    /// Writes a few bytes to where the attached files are, reads and removes them.
    var attachedFiles: Finding {
        get async {
            let subject = "attached files"
            let own = settings.data.appendingPathComponent("files")
            if settings.files == .inData, !FileManager.default.fileExists(atPath: own.path) {
                return .ok(subject, "in the data directory; their folder is made at the first start")
            }
            do {
                let store = try settings.openFiles()
                let bytes = Data("moro doctor \(UUID().uuidString)".utf8)
                let digest = SHA256.hash(data: bytes).map { String(format: "%02x", $0) }.joined()
                try await store.put(bytes, digest: digest)
                let back = try await store.get(digest)
                try await store.remove(digest)
                let isGone = try await !store.contains(digest)
                guard back == bytes, isGone else {
                    return .fault(
                        subject, "\(store) does not give back what it was given, or keeps what was removed",
                        mend: "Look whether the bucket has a cache before it, or rules that change objects.")
                }
                return .ok(subject, "\(store) can be written, read and removed from")
            } catch let fault as FileFault {
                return .fault(subject, fault.description, mend: fault.remedy)
            } catch {
                return .fault(subject, "\(error)", mend: "Then ask again: “moro settings” shows what is in force.")
            }
        }
    }
}
