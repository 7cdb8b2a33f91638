import Core
import Logging
import Realtime
import Storage

/// What happens by itself: takes jobs that are due, and keeps the word index up to the log. Each comes back through the front desk
/// if it has something to say.
public struct Reactions: Sendable {
    private let desk: FrontDesk
    private let hub: Hub
    private let store: Store
    private let files: FileStore
    private let logger = Logger(label: "moro.reactions")

    public init(desk: FrontDesk, hub: Hub, store: Store, files: FileStore) {
        self.desk = desk
        self.hub = hub
        self.store = store
        self.files = files
    }

    /// Runs until cancelled; looks twice a second.
    public func run() async throws {
        try await startSweeping()
        while !Task.isCancelled {
            do {
                hub.lookAround()
                try await index()
                try await takeJobs()
            } catch {
                logger.warning("will be tried again", metadata: ["error": "\(error)"])
            }
            try await Task.sleep(for: .milliseconds(500))
        }
    }

    /// Brings the word index up to the log, in bites so small that no message waits long behind one.
    public func index() async throws {
        for workspace in try await store.read({ try $0.workspaces() }) {
            while try await isBehind(workspace.id), try await store.write({ try $0.indexWords(of: workspace.id, batch: 32) }) {}
        }
    }

    /// Does what is due.
    public func takeJobs() async throws {
        guard try await isDue() else { return }
        for job in try await store.write({ try $0.takeJobs(limit: 50) }) { try await take(job) }
    }

    private func isBehind(_ workspace: Workspace.ID) async throws -> Bool {
        try await store.read { try $0.indexedSeq(of: workspace) < $0.head(of: workspace) }
    }

    private func isDue() async throws -> Bool {
        try await store.read { tx in try tx.nextJobTime().map { $0 <= tx.now } ?? false }
    }

    private func take(_ job: Job) async throws {
        do {
            try await perform(job)
        } catch {
            logger.warning("job failed", metadata: ["job": "\(job.kind) \(job.subject)", "error": "\(error)"])
            try await store.write { try $0.retry(job, after: error) }
        }
    }

    private func perform(_ job: Job) async throws {
        switch job.kind {
        case .wake: try await wake(job)
        case .sweepUploads: try await sweep(job)
        }
    }

    private func wake(_ job: Job) async throws {
        do {
            try await desk.receive(Inbound(.timer(job.workspace), .conversation(ID(job.subject)), .wake), finishing: job)
        } catch Refusal.notFound { try await store.write { _ = try $0.finish(job) } }
    }

    /// Uploads that nobody sent within a day are removed.
    private func sweep(_ job: Job) async throws {
        let orphans = try await store.write { tx in
            try tx.refreshPictures(of: job.workspace)
            return try tx.removeUnusedAttachments(before: tx.now.adding(seconds: -86_400), limit: 500)
        }
        for digest in orphans { try await remove(digest) }
        try await store.write { try $0.schedule(.sweepUploads, job.subject, at: $0.now.adding(seconds: 3600), of: job.workspace) }
    }

    /// Somebody may have uploaded the same content meanwhile. Writes run one after the other, so inside one nobody can until it is gone;
    /// and `Uploads` looks inside its own whether the file is still there.
    private func remove(_ digest: String) async throws {
        try await store.write { [files] tx in
            if try !tx.needsFile(digest) { try files.remove(digest) }
        }
    }

    private func startSweeping() async throws {
        try await store.write { tx in
            for workspace in try tx.workspaces() {
                try tx.schedule(.sweepUploads, workspace.id.text, at: tx.now.adding(seconds: 3600), of: workspace.id)
            }
        }
    }
}
