import NIOCore

/// What a client's frames amount to.
enum Incoming: Equatable {
    case text(String)
    case ping(ByteBuffer)
    case pong
    case close(CloseCode?)
}

/// Joins fragments to whole messages and checks text and close frames. Does no I/O.
struct MessageReader {
    let maxMessage: Int
    private var frames: FrameReader
    private var fragments: ByteBuffer?

    init(maxFrame: Int, maxMessage: Int) {
        self.maxMessage = maxMessage
        frames = FrameReader(maxPayload: maxFrame)
    }

    mutating func append(_ bytes: ByteBuffer) { frames.append(bytes) }

    /// The next thing said, or nil when more bytes are needed.
    mutating func next() throws(Violation) -> Incoming? {
        while let frame = try frames.next() {
            if let incoming = try take(frame) { return incoming }
        }
        return nil
    }

    private mutating func take(_ frame: IncomingFrame) throws(Violation) -> Incoming? {
        switch frame.opcode {
        case .ping: return .ping(frame.payload)
        case .pong: return .pong
        case .close: return .close(try closeCode(frame.payload))
        case .binary: throw Violation(code: .unsupportedData, reason: "only text is understood")
        case .text: return try begin(frame)
        case .continuation: return try proceed(frame)
        }
    }

    private mutating func begin(_ frame: IncomingFrame) throws(Violation) -> Incoming? {
        guard fragments == nil else {
            throw Violation(code: .protocolError, reason: "new message inside another")
        }
        guard frame.payload.readableBytes <= maxMessage else {
            throw Violation(code: .tooBig, reason: "message too big")
        }
        if frame.isFinal { return .text(try text(frame.payload)) }
        fragments = ByteBuffer(bytes: frame.payload.readableBytesView)
        return nil
    }

    private mutating func proceed(_ frame: IncomingFrame) throws(Violation) -> Incoming? {
        guard fragments != nil else {
            throw Violation(code: .protocolError, reason: "continuation of nothing")
        }
        fragments?.writeImmutableBuffer(frame.payload)
        guard let joined = fragments, joined.readableBytes <= maxMessage else {
            throw Violation(code: .tooBig, reason: "message too big")
        }
        guard frame.isFinal else { return nil }
        fragments = nil
        return .text(try text(joined))
    }

    private func closeCode(_ payload: ByteBuffer) throws(Violation) -> CloseCode? {
        var payload = payload
        guard payload.readableBytes > 0 else { return nil }
        guard let code = payload.readInteger(as: UInt16.self).map(CloseCode.init), code.isAllowedOnTheWire else {
            throw Violation(code: .protocolError, reason: "bad close code")
        }
        _ = try text(payload)
        return code
    }

    private func text(_ payload: ByteBuffer) throws(Violation) -> String {
        var payload = payload
        do {
            return try payload.readUTF8ValidatedString(length: payload.readableBytes) ?? ""
        } catch {
            throw Violation(code: .badText, reason: "not UTF-8")
        }
    }
}
