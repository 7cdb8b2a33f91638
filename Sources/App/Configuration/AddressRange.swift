import Foundation

/// One network address or a network, as `192.0.2.7`, `10.0.0.0/8` or `::1`.
public struct AddressRange: Sendable, Equatable, CustomStringConvertible {
    public static let loopback = ["127.0.0.1", "::1"].compactMap(AddressRange.init)

    public let description: String
    private let bytes: [UInt8]
    private let bits: Int

    public init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard let first = parts.first, parts.count <= 2, let bytes = Self.bytes(of: first) else { return nil }
        let bits = parts.count == 2 ? Int(parts[1]) : bytes.count * 8
        guard let bits, (0...bytes.count * 8).contains(bits) else { return nil }
        (description, self.bytes, self.bits) = (text, bytes, bits)
    }

    public func contains(_ address: String) -> Bool {
        guard let other = Self.bytes(of: address), other.count == bytes.count else { return false }
        return zip(masked(bytes), masked(other)).allSatisfy { $0 == $1 }
    }

    private func masked(_ address: [UInt8]) -> [UInt8] {
        address.enumerated().map { place, byte in
            let kept = min(8, max(0, bits - place * 8))
            return byte & ~(kept == 8 ? 0 : UInt8.max >> UInt8(kept))
        }
    }

    /// Four or sixteen bytes. A socket that listens to both families reports `::ffff:192.0.2.7`, which is the four.
    private static func bytes(of address: String) -> [UInt8]? {
        let address = address.lowercased().hasPrefix("::ffff:") && address.contains(".") ? String(address.dropFirst(7)) : address
        var (four, six) = (in_addr(), in6_addr())
        if inet_pton(AF_INET, address, &four) == 1 { return withUnsafeBytes(of: four, Array.init) }
        if inet_pton(AF_INET6, address, &six) == 1 { return withUnsafeBytes(of: six, Array.init) }
        return nil
    }
}
