import Core
import Files
import Logging
import Realtime
import Storage

/// What happens by itself: takes jobs that are due, and keeps the word index up to the log. Each comes back through the front desk
/// if it has something to say.
public struct Reactions: Sendable {
    private let desk: FrontDesk
    private let hub: Hub
    private let store: Store
    private let removal: Removal
    private let logger = Logger(label: "moro.reactions")

    public init(desk: FrontDesk, hub: Hub, store: Store, files: any FileStore) {
        self.desk = desk
        self.hub = hub
        self.store = store
        removal = Removal(store: store, files: files)
    }

    /// Runs until cancelled; looks twice a second. The index goes its own way: after a move, or while much is written, it has a lot to
    /// catch up with, and what is due does not wait for it. Nor does it wait for files to be removed, which may lie far away.
    public func run() async throws {
        try await startSweeping()
        // Those for which there is no room come again after a minute.
        let (removals, queue) = AsyncStream<Job>.makeStream(bufferingPolicy: .bufferingOldest(500))
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await again { try await index() } }
            group.addTask {
                try await again {
                    hub.lookAround()
                    try await takeJobs { queue.yield($0) }
                }
            }
            group.addTask { await remove(removals) }
            try await group.waitForAll()
        }
    }

    /// Brings the word index up to the log, in bites so small that no message waits long behind one.
    public func index() async throws {
        for workspace in try await store.read({ try $0.workspaces() }) {
            // As long as others write there is always more: who is told to end leaves it to them.
            while !Task.isCancelled, try await isBehind(workspace.id),
                try await store.write({ try $0.indexWords(of: workspace.id, batch: 32) })
            {}
        }
    }

    /// Does what is due.
    public func takeJobs() async throws { try await takeJobs { try await removal.run($0) } }

    private func takeJobs(_ remove: (Job) async throws -> Void) async throws {
        guard try await isDue() else { return }
        for job in try await store.write({ try $0.takeJobs(limit: 50) }) {
            if job.kind == .removeFile { try await remove(job) } else { try await take(job) }
        }
    }

    private func remove(_ jobs: AsyncStream<Job>) async {
        for await job in jobs {
            do { try await removal.run(job) } catch { logger.warning("will be tried again", metadata: ["error": "\(error)"]) }
        }
    }

    private func again(_ work: () async throws -> Void) async throws {
        while !Task.isCancelled {
            do { try await work() } catch { logger.warning("will be tried again", metadata: ["error": "\(error)"]) }
            try await Task.sleep(for: .milliseconds(500))
        }
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
        case .removeFile: try await removal.run(job)
        }
    }

    private func wake(_ job: Job) async throws {
        do {
            try await desk.receive(Inbound(.timer(job.workspace), .conversation(ID(job.subject)), .wake), finishing: job)
        } catch Refusal.notFound { try await store.write { _ = try $0.finish(job) } }
    }

    /// Uploads that nobody sent within a day are removed: now their names, then the bytes that nothing else names.
    private func sweep(_ job: Job) async throws {
        try await store.write { tx in
            try tx.refreshPictures(of: job.workspace)
            for digest in try tx.removeUnusedAttachments(before: tx.now.adding(seconds: -86_400), limit: 500) {
                try tx.scheduleRemoval(of: digest, of: job.workspace)
            }
            try tx.schedule(.sweepUploads, job.subject, at: tx.now.adding(seconds: 3600), of: job.workspace)
        }
    }

    private func startSweeping() async throws {
        try await store.write { tx in
            for workspace in try tx.workspaces() {
                try tx.scheduleFirst(.sweepUploads, workspace.id.text, at: tx.now.adding(seconds: 3600), of: workspace.id)
            }
        }
    }
}
