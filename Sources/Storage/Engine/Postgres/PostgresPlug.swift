import Foundation
import Logging

/// Keeps a line to the database, and finds a new one when it is lost. Used by one thread at a time, hence unchecked.
final class PostgresPlug: @unchecked Sendable {
    private let door: PostgresDoor
    private var current: PostgresLine?
    private var resting: (until: ContinuousClock.Instant, because: DatabaseUnreachable)?

    init(_ door: PostgresDoor) { self.door = door }

    /// The very first time nobody is waiting yet: what is wrong is said at once.
    func open() throws { current = try door.open() }

    /// A line on which the server has not hung up; sought with growing pauses for as long as the options say.
    func line() throws -> PostgresLine {
        if let current, current.isAlive { return current }
        drop()
        if let resting, resting.until > .now { throw resting.because }
        let end = ContinuousClock.now + .seconds(door.options.patience)
        var pause = 0.02
        while true {
            do {
                let found = try door.open()
                (current, resting) = (found, nil)
                return found
            } catch {
                let obstacle = error as? DatabaseUnreachable ?? DatabaseUnreachable(reason: .other, detail: "\(error)")
                guard ContinuousClock.now + .seconds(pause) < end else { throw rest(because: obstacle) }
            }
            Thread.sleep(forTimeInterval: pause)
            pause = min(pause * 2, 0.5)
        }
    }

    func drop() { current = nil }

    /// For a second everybody is told at once, instead of each waiting in turn.
    private func rest(because obstacle: DatabaseUnreachable) -> DatabaseUnreachable {
        resting = (.now + .seconds(1), obstacle)
        Logger(label: "moro.storage").error("\(obstacle)")
        return obstacle
    }
}
