import Storage

extension FrontDesk {
    /// Does one thing to one conversation as a job's effect: the job is finished with it, in one transaction. Nothing happens when the
    /// job is no longer this worker's.
    func receive(_ inbound: Inbound, finishing job: Job) async throws {
        try await store.write { tx in
            if try tx.finish(job) { _ = try tx.receive(inbound) }
        }
    }
}
