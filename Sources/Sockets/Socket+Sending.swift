import NIOCore

/// All on the event loop.
extension Socket {
    /// Puts a frame on its way; the flush comes once per tick.
    func hear(_ frame: Frame, droppable: Bool) {
        guard state == .open else { return }
        if droppable, let outbox, outbox.bytes > loop.limits.outboxBytes / 2 { return }
        enqueue(frame)
        if let outbox, outbox.bytes > loop.limits.outboxBytes { dropForBeingSlow() }
    }

    /// The channel takes only a little ahead of the kernel: what waits longer stays in the outbox, where it can be given up.
    func enqueue(_ frame: Frame) {
        if outbox == nil, channel.isWritable {
            write(frame)
        } else {
            if outbox == nil { outbox = Outbox() }
            outbox?.append(frame)
        }
    }

    func drainOutbox() {
        while let outbox, channel.isWritable {
            if let frame = outbox.popFirst() { write(frame) } else { self.outbox = nil }
        }
        if outbox == nil { endWhenWritten() }
    }

    func flush() {
        waitsForFlush = false
        context?.flush()
        drainOutbox()
    }

    private func write(_ frame: Frame) {
        context?.write(NIOAny(frame.buffer), promise: nil)
        guard !waitsForFlush else { return }
        waitsForFlush = true
        loop.flushSoon(self)
    }

    private func dropForBeingSlow() {
        outbox = nil
        sayGoodbye(.tooSlow, reason: "too slow a reader")
    }
}
