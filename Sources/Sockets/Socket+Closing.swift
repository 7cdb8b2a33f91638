import Foundation
import NIOCore

/// All on the event loop.
extension Socket {
    /// Our close frame goes out after what is queued; the other side answers, or is cut off.
    func sayGoodbye(_ code: CloseCode, reason: String = "") {
        leave(as: .closing, saying: .close(code, reason: reason))
    }

    /// Nothing the other side sends is understood any more, so no answer is waited for.
    func fail(_ violation: Violation) {
        if state == .closing {
            state = .failed
            drainOutbox()
        } else {
            leave(as: .failed, saying: .close(violation.code, reason: violation.reason))
        }
    }

    /// The other side closes, or answers our goodbye.
    func heardGoodbye(_ code: CloseCode?) {
        if state == .open {
            leave(as: .ending, saying: .close(code))
        } else if state == .closing {
            state = .ending
            drainOutbox()
        }
    }

    /// The other side sends no more. It may still read, but has nobody to answer for it.
    func inputEnded() {
        switch state {
        case .open, .closing: context?.close(promise: nil)
        case .failed where isEnding: context?.close(promise: nil)
        case .failed: state = .ending
        case .ending, .closed: break
        }
    }

    /// Resets the connection: a plain close would leave unread data in the kernel for minutes.
    func cutOff() {
        if let options = channel as? any SocketOptionProvider {
            options.setSoLinger(linger(l_onoff: 1, l_linger: 0)).whenFailure { _ in }
        }
        context?.close(promise: nil)
    }

    /// The connection is gone.
    func ended() {
        guard state != .closed else { return }
        state = .closed
        outbox = nil
        leaveRooms()
        loop.remove(self)
        let owner = owner
        self.owner = nil
        owner?.closed(self)
    }

    func endWhenWritten() {
        guard !isEnding, state == .failed || state == .ending, let context else { return }
        isEnding = true
        // Closing drops what the kernel has not taken; an empty write completes after all before it.
        let written = context.eventLoop.makePromise(of: Void.self)
        context.writeAndFlush(NIOAny(ByteBuffer()), promise: written)
        written.futureResult.whenComplete { [self] _ in closeAfterLastWrite() }
    }

    private func leave(as next: State, saying goodbye: Frame) {
        guard state == .open else { return }
        state = next
        leaveRooms()
        enqueue(goodbye)
        loop.cutOffLater(self)
    }

    /// A whole close with the other side's bytes unread would reset the connection and eat the close frame: only our half ends.
    private func closeAfterLastWrite() {
        context?.close(mode: state == .failed ? .output : .all, promise: nil)
    }
}
