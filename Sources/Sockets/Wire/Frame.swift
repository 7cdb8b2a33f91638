import NIOCore

/// A text message, encoded once as an unmasked server frame, shared by all its readers.
public struct Frame: Sendable {
    var buffer: ByteBuffer { wire.buffer }

    private let wire: Wire

    /// One word a place in an outbox: slow readers hold thousands of the same frames.
    private final class Wire: Sendable {
        let buffer: ByteBuffer

        init(_ buffer: ByteBuffer) { self.buffer = buffer }
    }

    /// Size on the wire, header included.
    public var bytes: Int { buffer.readableBytes }

    public init(text: String) {
        var text = text
        self = text.withUTF8 { Frame(.text, UnsafeRawBufferPointer($0)) }
    }

    /// - Parameter json: UTF-8 bytes of one JSON text; they are not checked again.
    public init(json: some Sequence<UInt8>) {
        if let frame = json.withContiguousStorageIfAvailable({ Frame(.text, UnsafeRawBufferPointer($0)) }) {
            self = frame
        } else {
            self = Array(json).withUnsafeBytes { Frame(.text, $0) }
        }
    }

    static let ping = Frame(.ping, UnsafeRawBufferPointer(start: nil, count: 0))

    static func pong(_ payload: ByteBuffer) -> Frame {
        payload.withUnsafeReadableBytes { Frame(.pong, $0) }
    }

    /// - Parameters:
    ///   - code: nothing answers a close frame that carried no code.
    ///   - reason: cut to the 123 bytes that a control frame leaves for it.
    static func close(_ code: CloseCode?, reason: String = "") -> Frame {
        guard let code else { return Frame(.close, UnsafeRawBufferPointer(start: nil, count: 0)) }
        let bytes = [UInt8(code.rawValue >> 8), UInt8(code.rawValue & 0xFF)] + reason.cut(toBytes: 123).utf8
        return bytes.withUnsafeBytes { Frame(.close, $0) }
    }

    private init(_ opcode: Opcode, _ payload: UnsafeRawBufferPointer) {
        var buffer = ByteBufferAllocator().buffer(capacity: payload.count + Self.headerBytes(for: payload.count))
        buffer.writeInteger(0x80 | opcode.rawValue)
        switch payload.count {
        case ...125:
            buffer.writeInteger(UInt8(payload.count))
        case ...Int(UInt16.max):
            buffer.writeMultipleIntegers(UInt8(126), UInt16(payload.count))
        default:
            buffer.writeMultipleIntegers(UInt8(127), UInt64(payload.count))
        }
        buffer.writeBytes(payload)
        wire = Wire(buffer)
    }

    private static func headerBytes(for count: Int) -> Int {
        count <= 125 ? 2 : count <= Int(UInt16.max) ? 4 : 10
    }
}

extension String {
    fileprivate func cut(toBytes limit: Int) -> String {
        var end = utf8.endIndex
        while utf8.distance(from: startIndex, to: end) > limit {
            end = unicodeScalars.index(before: end)
        }
        return String(self[..<end])
    }
}
