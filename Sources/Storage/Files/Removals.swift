import Core

/// The bytes of a file are removed by a job, outside of any transaction, because they may lie far away. So that nobody loses bytes
/// that were put again meanwhile:
///
/// - whoever uploads names them in the database first, and asks in the same transaction whether a removal is under way;
/// - whoever removes asks in a transaction whether anybody names them, and has them for himself for a minute from then on.
///
/// Writers come one after the other on all nodes, so one of the two always sees the other.
extension Transaction {
    /// Puts the removal of a file's bytes on the list, unless it stands there.
    public func scheduleRemoval(of digest: String, of workspace: Workspace.ID) throws {
        try send(
            """
            INSERT INTO jobs (id, workspace, kind, subject, run_at, created_at)
            VALUES (\(world.newID(Job.self)), \(workspace), \(Job.Kind.removeFile.rawValue), \(digest), \(now), \(now))
            ON CONFLICT (kind, subject) DO NOTHING
            """)
    }

    /// Whether somebody may be removing a file's bytes at this moment.
    public func isBeingRemoved(_ digest: String) throws -> Bool {
        let job = try row("SELECT taken_until FROM jobs WHERE kind = \(Job.Kind.removeFile.rawValue) AND subject = \(digest)")
        return job?.optionalMoment("taken_until").map { $0 > now } ?? false
    }

    /// Begins a removal, for which there is a minute's time. False when the job is no longer this worker's, or when somebody needs the
    /// file, with which the job is done.
    public func begin(removal job: Job) throws -> Bool {
        guard try row("SELECT id FROM jobs WHERE id = \(job.id) AND attempts = \(job.attempts)") != nil else { return false }
        guard try !needsFile(job.subject) else {
            try finish(job)
            return false
        }
        try run("UPDATE jobs SET taken_until = \(now.adding(seconds: 60)) WHERE id = \(job.id)")
        return true
    }

    /// Tries again later, at most an hour. The minute is not cut short: a removal that seems to have failed may still arrive.
    public func postpone(removal job: Job, after error: any Error) throws {
        let wait = min(3600, Int64(30) << min(job.attempts, 10))
        try run(
            """
            UPDATE jobs SET run_at = \(now.adding(seconds: wait)), last_error = \(String(describing: error))
            WHERE id = \(job.id) AND attempts = \(job.attempts)
            """)
    }
}
