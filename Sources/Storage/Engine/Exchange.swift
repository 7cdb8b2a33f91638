/// What the nodes on one database call to each other: quick, and perhaps not heard. What must not be lost stands in the log, and a
/// node that missed a call finds it there.
public protocol Exchange: Sendable {
    /// From any thread. One line, heard by every other node; a line longer than `longestCall` bytes is dropped.
    func call(_ line: String)
    /// What other nodes call, in their order, on a thread of the exchange's; nil when something may have been missed.
    func hear(_ listener: @escaping @Sendable (String?) -> Void)
}

/// PostgreSQL takes eight thousand bytes with a notification.
public let longestCall = 7_900
