import NIOCore

/// Frames that wait for a slow reader. Lives only while there are some.
final class Outbox {
    private(set) var bytes = 0
    private var frames = CircularBuffer<Frame>()

    func append(_ frame: Frame) {
        frames.append(frame)
        bytes += Self.weight(of: frame)
    }

    func popFirst() -> Frame? {
        guard let frame = frames.popFirst() else { return nil }
        bytes -= Self.weight(of: frame)
        return frame
    }

    /// A place in the queue costs memory too, so that a flood of tiny frames is bounded like one of big ones.
    private static func weight(of frame: Frame) -> Int { max(frame.bytes, 128) }
}
