import Files
import Logging
import Storage

/// Removes the bytes of files that nothing names any more, wherever they lie.
struct Removal: Sendable {
    let store: Store
    let files: any FileStore

    /// - Throws: when the database does not answer; what the files' place says is kept with the job, which comes again.
    func run(_ job: Job) async throws {
        guard try await store.write({ try $0.begin(removal: job) }) else { return }
        do {
            try await files.remove(job.subject)
            try await store.write { _ = try $0.finish(job) }
        } catch let fault as FileFault {
            Logger(label: "moro.files").warning("not removed yet", metadata: ["file": "\(job.subject)", "why": "\(fault)"])
            try await store.write { try $0.postpone(removal: job, after: fault) }
        }
    }
}
