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
}
