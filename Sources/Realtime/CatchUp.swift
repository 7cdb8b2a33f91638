import Core
import ServiceLifecycle
import Sockets
import Storage
import Wire

/// What a reader who was away has missed.
public struct Missed: Sendable {
    /// Encoded events, oldest first.
    public let events: [[UInt8]]
    /// The number up to which nothing is missing now.
    public let seq: Int64
    /// The hole is too large to fill: load everything again and go on from `seq`.
    public let isReset: Bool
    public let isComplete: Bool
}

extension Hub {
    static let page = 500
    /// A reader further behind than this loads anew: that is quicker than hearing of every step.
    static let largestHole: Int64 = 20_000

    /// One page of what came after a number.
    public func missed(after seq: Int64, by reader: Reader) async throws -> Missed {
        let (events, head) = try await store.read { tx in
            let head = try tx.head(of: reader.workspace)
            return (self.isTooFar(seq, head, reader) ? nil : try tx.events(after: seq, for: reader, limit: Self.page), head)
        }
        guard let events else { return Missed(events: [], seq: head, isReset: true, isComplete: true) }
        let isComplete = events.count < Self.page
        return Missed(
            events: try events.map { try encoded($0, for: reader) }, seq: isComplete ? head : events.last?.seq ?? head, isReset: false,
            isComplete: isComplete)
    }

    /// Waits until something has come that this seat may hear, at most so many seconds. Returns signals that came meanwhile.
    public func poll(_ seat: Seat, after seq: Int64, seconds: Int) async throws -> (missed: Missed, signals: [[UInt8]]) {
        let poller = Pollers.Poller(after: seq)
        pollers.add(poller, to: seat.rooms)
        defer { pollers.remove(poller, from: seat.rooms) }
        let missed = try await missed(after: seq, by: seat.reader)
        if seconds == 0 { return (missed, poller.signals + (try await whoIsHere(for: seat.reader).map { try wireJSON($0) })) }
        guard missed.events.isEmpty, !missed.isReset else { return (missed, poller.signals) }
        let alarm = Task {
            try await Task.sleep(for: .seconds(seconds))
            poller.wake()
        }
        await withTaskCancellationOrGracefulShutdownHandler {
            await poller.sleep()
        } onCancelOrGracefulShutdown: {
            poller.wake()
        }
        alarm.cancel()
        return (try await self.missed(after: seq, by: seat.reader), poller.signals)
    }

    /// A customer's own events are few, however long they were away.
    private func isTooFar(_ seq: Int64, _ head: Int64, _ reader: Reader) -> Bool {
        if case .contact = reader { return seq > head }
        return seq > head || head - seq > Self.largestHole
    }

    private func encoded(_ event: Event, for reader: Reader) throws -> [UInt8] {
        let audience: Audience = if case .agent = reader { .agent } else { .contact }
        return try wireJSON(EventShape(event, for: audience, baseURL: baseURL, presence: presence.truth(of:)))
    }
}
