import Core
import Crypto
import Foundation

/// What a token looks like at rest: a database that leaks opens no door.
func digest(of token: String) -> String { hex(SHA256.hash(data: Data(token.utf8))) }

func hex(_ bytes: some Sequence<UInt8>) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
}

/// Whether a site's server has vouched for a customer: `hash` is hex HMAC-SHA256 of the id with the site's identity secret.
func isProven(id: String, hash: String, secret: String) -> Bool {
    let key = SymmetricKey(data: Data(secret.utf8))
    guard let claimed = bytes(ofHex: hash.lowercased()) else { return false }
    return HMAC<SHA256>.isValidAuthenticationCode(claimed, authenticating: Data(id.utf8), using: key)
}

private func bytes(ofHex text: String) -> [UInt8]? {
    let digits = text.compactMap(\.hexDigitValue)
    guard digits.count == 64, text.utf8.count == 64 else { return nil }
    return stride(from: 0, to: 64, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
}
