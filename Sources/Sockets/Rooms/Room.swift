import Crypto

/// A place where news is told. Two rooms are the same when their names are.
///
/// Kept as 128 bits of the name's SHA-256: every connected visitor holds a few, and names are long.
public struct Room: Hashable, Sendable {
    private let high: UInt64
    private let low: UInt64

    public init(_ name: String) {
        var name = name
        let digest = name.withUTF8 { SHA256.hash(data: UnsafeRawBufferPointer($0)) }
        (high, low) = digest.withUnsafeBytes {
            ($0.loadUnaligned(as: UInt64.self), $0.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
        }
    }

    /// As 32 hexadecimal digits, by which another node knows the same room.
    public var code: String {
        [high, low].map { half in
            let digits = String(half, radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
    }

    public init?(code: some StringProtocol) {
        guard code.utf8.count == 32, let high = UInt64(code.prefix(16), radix: 16), let low = UInt64(code.suffix(16), radix: 16) else {
            return nil
        }
        (self.high, self.low) = (high, low)
    }
}
