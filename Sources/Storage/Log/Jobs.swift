import Core

/// Work to be done later or elsewhere: a row written with what caused it, taken by a worker of any node, tried again with back-off.
///
/// A job is done at least once. What it does to the database belongs into the transaction that finishes it, and only if `finish` says
/// that the job was still this worker's: then it takes effect once, also when the worker was so slow that another has taken the job.
public struct Job: Sendable, Equatable {
    public typealias ID = Core.ID<Job>

    public enum Kind: String, Sendable {
        /// Wakes a snoozed conversation; the subject is its id.
        case wake
        /// Removes uploads that never became part of a message; the subject is empty.
        case sweepUploads = "sweep_uploads"
        /// Removes a file's bytes, if nothing names them; the subject is their digest.
        case removeFile = "remove_file"
    }

    public let id: ID
    public let workspace: Workspace.ID
    public let kind: Kind
    public let subject: String
    public let attempts: Int
}

extension Transaction {
    /// Puts a job on the list; one of the same kind and subject gives way to it, also while it is being done.
    public func schedule(_ kind: Job.Kind, _ subject: String, at time: Moment, of workspace: Workspace.ID) throws {
        try send(
            """
            INSERT INTO jobs (id, workspace, kind, subject, run_at, created_at)
            VALUES (\(world.newID(Job.self)), \(workspace), \(kind.rawValue), \(subject), \(time), \(now))
            ON CONFLICT (kind, subject) DO UPDATE
            SET id = excluded.id, run_at = excluded.run_at, attempts = 0, taken_until = NULL, last_error = NULL
            """)
    }

    /// Puts a job on the list unless one of the same kind and subject is there already.
    public func scheduleFirst(_ kind: Job.Kind, _ subject: String, at time: Moment, of workspace: Workspace.ID) throws {
        try send(
            """
            INSERT INTO jobs (id, workspace, kind, subject, run_at, created_at)
            VALUES (\(world.newID(Job.self)), \(workspace), \(kind.rawValue), \(subject), \(time), \(now))
            ON CONFLICT (kind, subject) DO NOTHING
            """)
    }

    public func cancelJob(_ kind: Job.Kind, _ subject: String) throws {
        try send("DELETE FROM jobs WHERE kind = \(kind.rawValue) AND subject = \(subject)")
    }

    /// Takes the jobs that are due; nobody else gets them for a minute, so a worker that dies gives them back.
    public func takeJobs(limit: Int) throws -> [Job] {
        let due = try rows(
            """
            SELECT * FROM jobs WHERE run_at <= \(now) AND (taken_until IS NULL OR taken_until <= \(now)) ORDER BY run_at LIMIT \(limit)
            \(raw: dialect.passingOverWhatOthersTake)
            """)
        return try due.map { row in
            let job = Job(
                id: try row.id("id"), workspace: try row.id("workspace"), kind: try row.choice("kind"), subject: try row.text("subject"),
                attempts: try row.count("attempts") + 1)
            try send("UPDATE jobs SET taken_until = \(now.adding(seconds: 60)), attempts = \(job.attempts) WHERE id = \(job.id)")
            return job
        }
    }

    /// - Returns: false when the job is no longer this worker's: another has taken it since, or it was put on the list anew.
    @discardableResult public func finish(_ job: Job) throws -> Bool {
        try run("DELETE FROM jobs WHERE id = \(job.id) AND attempts = \(job.attempts)") > 0
    }

    /// Tries again after 2, 4, 8 … seconds, at most an hour; the row keeps the reason for whoever looks. A job that is no longer this
    /// worker's stays as it is.
    public func retry(_ job: Job, after error: any Error) throws {
        let wait = min(3600, Int64(1) << min(job.attempts, 12))
        try run(
            """
            UPDATE jobs SET run_at = \(now.adding(seconds: wait)), taken_until = NULL, last_error = \(String(describing: error))
            WHERE id = \(job.id) AND attempts = \(job.attempts)
            """)
    }

    /// When the next job is due.
    public func nextJobTime() throws -> Moment? {
        try row("SELECT MIN(CASE WHEN taken_until > run_at THEN taken_until ELSE run_at END) AS due FROM jobs")?.optionalMoment("due")
    }
}
