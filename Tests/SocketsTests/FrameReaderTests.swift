import NIOCore
import Testing

@testable import Sockets

@Suite("Reading frames, without a wire")
struct FrameReaderTests {
    private struct Dice: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return (state ^ state >> 29) &* 0xBF58_476D_1CE4_E5B9
        }
    }

    private func read(_ bytes: [UInt8], cut: (Int) -> Int, into reader: inout MessageReader) throws -> [Incoming] {
        var heard: [Incoming] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            reader.append(ByteBuffer(bytes: rest.prefix(cut(rest.count))))
            rest = rest.dropFirst(cut(rest.count))
            while let incoming = try reader.next() { heard.append(incoming) }
        }
        return heard
    }

    @Test("gives the same messages however the bytes are cut", arguments: 1...40)
    func anyCut(seed: Int) throws {
        var dice = Dice(state: UInt64(seed))
        var bytes: [UInt8] = []
        var said: [Incoming] = []
        for _ in 0..<30 {
            let text = String((0..<Int.random(in: 0...400, using: &dice)).map { _ in "aäö€😀\0 ".randomElement(using: &dice) ?? "a" })
            said.append(.text(text))
            var rest = Array(text.utf8)[...]
            var opcode: UInt8 = 1
            while Bool.random(using: &dice) {
                let part = rest.prefix(Int.random(in: 0...200, using: &dice))
                bytes += Client.frame(opcode, Array(part), isFinal: false)
                rest = rest.dropFirst(part.count)
                opcode = 0
            }
            bytes += Client.frame(opcode, Array(rest))
        }
        var reader = MessageReader(maxFrame: 4096, maxMessage: 8192)
        let size = Int.random(in: 1...300, using: &dice)
        #expect(try read(bytes, cut: { min($0, size) }, into: &reader) == said)
    }

    @Test("survives any garbage, and stops at the first breach", arguments: 1...200)
    func garbage(seed: Int) {
        var dice = Dice(state: UInt64(seed))
        var bytes = Client.frame(1, Array("moi".utf8)) + Client.frame(9, [1])
        for _ in 0..<Int.random(in: 0...300, using: &dice) { bytes.append(UInt8.random(in: 0...255, using: &dice)) }
        if Bool.random(using: &dice) { bytes[Int.random(in: 0..<bytes.count, using: &dice)] ^= 1 << UInt8.random(in: 0...7, using: &dice) }
        var reader = MessageReader(maxFrame: 256, maxMessage: 512)
        do {
            for incoming in try read(bytes, cut: { min($0, 7) }, into: &reader) {
                if case .text(let text) = incoming { #expect(text.utf8.count <= 512) }
            }
        } catch {
            #expect((error as? Violation)?.code.isAllowedOnTheWire == true)
        }
    }

    @Test("a frame of the server has the shortest header", arguments: [(0, 2), (125, 2), (126, 4), (65_535, 4), (65_536, 10)])
    func headers(count: Int, header: Int) {
        #expect(Frame(text: String(repeating: "a", count: count)).bytes == count + header)
        #expect(Frame(json: repeatElement(0x61, count: count)).bytes == count + header)
    }

    @Test("a close reason is cut between letters")
    func closeReason() {
        let frame = Frame.close(.goingAway, reason: String(repeating: "ä", count: 100))
        #expect(frame.bytes == 2 + 2 + 122)
    }
}
