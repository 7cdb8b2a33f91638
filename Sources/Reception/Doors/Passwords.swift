import CSodium
import Core
import Dispatch

/// Argon2id by libsodium, with its interactive limits (64 MB, about a tenth of a second), on a queue of their own so that
/// a burst of sign-ins neither fills the memory nor stops the server's threads.
enum Passwords {
    static let shortest = 10
    static let longest = 256
    private static let queue = DispatchQueue(label: "moro.passwords", qos: .utility)

    static func check(_ password: String) throws {
        guard password.count >= shortest else {
            throw Refusal.invalid(field: "password", "Choose at least \(shortest) characters. Four words make a good password.")
        }
        guard password.utf8.count <= longest else { throw Refusal.invalid(field: "password", "Choose at most \(longest) bytes.") }
    }

    static func hash(_ password: String) async throws -> String {
        try await onQueue {
            guard sodium_init() >= 0 else { throw Refusal.busy(retryAfter: 5) }
            var hash = [CChar](repeating: 0, count: Int(crypto_pwhash_STRBYTES))
            let result = crypto_pwhash_str(
                &hash, password, UInt64(password.utf8.count), UInt64(crypto_pwhash_OPSLIMIT_INTERACTIVE),
                Int(crypto_pwhash_MEMLIMIT_INTERACTIVE))
            guard result == 0 else { throw Refusal.busy(retryAfter: 5) }
            return String(decoding: hash.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
        }
    }

    static func matches(_ password: String, _ hash: String) async throws -> Bool {
        try await onQueue {
            guard sodium_init() >= 0 else { throw Refusal.busy(retryAfter: 5) }
            return crypto_pwhash_str_verify(hash, password, UInt64(password.utf8.count)) == 0
        }
    }

    private static func onQueue<Answer: Sendable>(_ body: @escaping @Sendable () throws -> Answer) async throws -> Answer {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result(catching: body)) }
        }
    }
}
