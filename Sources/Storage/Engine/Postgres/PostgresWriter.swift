import Core
import Foundation
import Logging

/// Commits batches on the store's writer thread.
///
/// First all pieces go in one breath, without savepoints and with whatever can be queued queued. Only when one has to be undone, or
/// something queued has failed, all is rolled back and done again, each piece in its savepoint. Pieces are made to be run again.
final class PostgresWriter: @unchecked Sendable {
    typealias Work = [(any Connection) -> Bool]

    private let plug: PostgresPlug
    private let logger = Logger(label: "moro.storage")

    init(_ plug: PostgresPlug) throws {
        self.plug = plug
        try plug.open()
    }

    func close() { plug.drop() }

    /// - Throws: `Refusal.busy` when there is no database to be had, or nobody knows whether the commit was done. Then it is never
    ///   done again here: whoever asks again with the same client id finds out.
    func commit(_ work: Work) throws {
        do { try persist(work) } catch is DatabaseUnreachable {
            throw Refusal.busy(retryAfter: 2)
        } catch let undecided as CommitUndecided {
            logger.error(
                "the connection was lost during a commit; whether it was done shows the log", metadata: ["error": "\(undecided.reason)"])
            throw Refusal.busy(retryAfter: 1)
        } catch let lost as ConnectionLost {
            logger.error("the connection was lost again and again", metadata: ["error": "\(lost)"])
            throw Refusal.busy(retryAfter: 2)
        } catch let fault as PostgresFault {
            throw fault.toTheAsker
        }
    }

    private func persist(_ work: Work) throws {
        var manner = PostgresConnection.Manner.together
        var attempt = 0
        while true {
            attempt += 1
            do { return try run(work, manner) } catch is PieceFailed {
                manner = .apart
            } catch let lost as ConnectionLost {
                guard attempt < Self.mostAttempts else { throw lost }
            } catch let fault as PostgresFault {
                if fault.isPassing {
                    guard attempt < Self.mostAttempts else { throw fault }
                    Thread.sleep(forTimeInterval: .random(in: 0...0.01) * Double(attempt))
                } else {
                    guard manner == .together else { throw fault }
                    manner = .apart
                }
            }
        }
    }

    private static let mostAttempts = 8

    private func run(_ work: Work, _ manner: PostgresConnection.Manner) throws {
        let connection = PostgresConnection(try plug.line(), manner)
        do {
            for piece in work { try run(piece, on: connection, manner) }
            try connection.settle()
            try connection.commit()
        } catch {
            leave(connection, after: error)
            throw error
        }
    }

    private func run(_ piece: (any Connection) -> Bool, on connection: PostgresConnection, _ manner: PostgresConnection.Manner) throws {
        connection.hasWritten = false
        if manner == .apart { try connection.mark() }
        let isDone = piece(connection)
        if let failure = connection.failure {
            // In its own savepoint a piece may fail; but not in silence, nor because of something that will pass.
            guard manner == .apart, !isDone, let fault = failure as? PostgresFault, !fault.isPassing else { throw failure }
        }
        switch (manner, isDone) {
        case (.apart, true): try connection.keep()
        case (.apart, false): try connection.undo()
        case (_, true): break
        case (_, false): if connection.hasWritten { throw PieceFailed() }
        }
    }

    private func leave(_ connection: PostgresConnection, after error: any Error) {
        do {
            if error is ConnectionLost || error is CommitUndecided { throw error }
            if let fault = error as? PostgresFault, fault.isStale || fault.isGoodbye { throw error }
            try connection.rollBack()
        } catch { plug.drop() }
    }
}

/// Something was written and has to be undone, which needs a savepoint that is not there.
private struct PieceFailed: Error {}

extension PostgresFault {
    /// The same work, done again, may well succeed.
    var isPassing: Bool { isCollision || isStale || isGoodbye }
}
