import NIOCore

enum Opcode: UInt8 {
    case continuation = 0x0
    case text = 0x1
    case binary = 0x2
    case close = 0x8
    case ping = 0x9
    case pong = 0xA

    var isControl: Bool { rawValue & 0x8 != 0 }
}

/// What the other side did against RFC 6455 or our limits, and the code to close with.
struct Violation: Error, Equatable {
    let code: CloseCode
    let reason: String
}

struct IncomingFrame: Equatable {
    let isFinal: Bool
    let opcode: Opcode
    /// Unmasked.
    let payload: ByteBuffer
}

/// Cuts a client's bytes into frames and refuses what RFC 6455 §5 forbids. Does no I/O.
struct FrameReader {
    let maxPayload: Int
    private var held = ByteBuffer()

    init(maxPayload: Int) { self.maxPayload = maxPayload }

    mutating func append(_ bytes: ByteBuffer) {
        if held.readableBytes == 0 {
            held = bytes
        } else {
            held.writeImmutableBuffer(bytes)
        }
    }

    /// The next whole frame, or nil when more bytes are needed.
    mutating func next() throws(Violation) -> IncomingFrame? {
        guard let header = try readableHeader(), held.readableBytes >= header.length + header.payload else {
            letGoOfReceiveBuffer()
            return nil
        }
        held.moveReaderIndex(forwardBy: header.length)
        var payload = held.readSlice(length: header.payload) ?? ByteBuffer()
        payload.unmask(with: header.mask)
        return IncomingFrame(isFinal: header.isFinal, opcode: header.opcode, payload: payload)
    }

    private struct Header {
        let isFinal: Bool
        let opcode: Opcode
        let mask: UInt32
        let length: Int
        let payload: Int
    }

    private func readableHeader() throws(Violation) -> Header? {
        guard let first: UInt8 = held.peek(0), let second: UInt8 = held.peek(1) else { return nil }
        let opcode = try checkedOpcode(first: first, second: second)
        guard let (payload, lengthBytes) = try payloadLength(second: second) else { return nil }
        guard payload <= maxPayload else { throw Violation(code: .tooBig, reason: "frame too big") }
        guard let mask: UInt32 = held.peek(2 + lengthBytes) else { return nil }
        return Header(
            isFinal: first & 0x80 != 0, opcode: opcode, mask: mask, length: 6 + lengthBytes, payload: payload)
    }

    private func checkedOpcode(first: UInt8, second: UInt8) throws(Violation) -> Opcode {
        guard first & 0x70 == 0 else { throw Violation(code: .protocolError, reason: "reserved bit set") }
        guard let opcode = Opcode(rawValue: first & 0x0F) else {
            throw Violation(code: .protocolError, reason: "unknown opcode")
        }
        guard second & 0x80 != 0 else { throw Violation(code: .protocolError, reason: "frame not masked") }
        if opcode.isControl {
            guard first & 0x80 != 0 else { throw Violation(code: .protocolError, reason: "control frame in fragments") }
            guard second & 0x7F <= 125 else { throw Violation(code: .protocolError, reason: "control frame too long") }
        }
        return opcode
    }

    /// The payload's length and how many bytes of its own it takes; the shortest form is the only one allowed.
    private func payloadLength(second: UInt8) throws(Violation) -> (Int, Int)? {
        switch second & 0x7F {
        case 126:
            guard let length: UInt16 = held.peek(2) else { return nil }
            guard length > 125 else { throw Violation(code: .protocolError, reason: "length not minimal") }
            return (Int(length), 2)
        case 127:
            guard let length: UInt64 = held.peek(2) else { return nil }
            guard length > UInt16.max else { throw Violation(code: .protocolError, reason: "length not minimal") }
            guard let length = Int(exactly: length) else { throw Violation(code: .tooBig, reason: "frame too big") }
            return (length, 8)
        case let length:
            return (Int(length), 0)
        }
    }

    /// A few leftover bytes must not pin the whole receive buffer, which may be 64 KB.
    private mutating func letGoOfReceiveBuffer() {
        held =
            held.readableBytes == 0
            ? ByteBuffer()
            : held.storageCapacity > 2 * held.readableBytes + 64
                ? ByteBuffer(bytes: held.readableBytesView) : held
    }
}

extension ByteBuffer {
    fileprivate func peek<Value: FixedWidthInteger>(_ offset: Int) -> Value? {
        guard readableBytes >= offset + MemoryLayout<Value>.size else { return nil }
        return getInteger(at: readerIndex + offset)
    }

    fileprivate mutating func unmask(with mask: UInt32) {
        guard mask != 0 else { return }
        let word = UInt64(mask.bigEndian) << 32 | UInt64(mask.bigEndian)
        withUnsafeMutableReadableBytes { bytes in
            let whole = bytes.count & ~7
            for at in stride(from: 0, to: whole, by: 8) {
                let value = bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self)
                bytes.storeBytes(of: value ^ word, toByteOffset: at, as: UInt64.self)
            }
            for at in whole..<bytes.count {
                bytes[at] ^= UInt8(truncatingIfNeeded: word >> UInt64(8 * (at & 3)))
            }
        }
    }
}
