import Foundation
import NIOCore

/// Files in a bucket of an S3-compatible store.
public struct BucketStore: FileStore {
    let address: BucketAddress
    private let line: BucketLine

    public init(_ address: BucketAddress, _ credentials: S3Credentials) { self.init(address, credentials, Patience()) }

    init(_ address: BucketAddress, _ credentials: S3Credentials, _ patience: Patience, now: @escaping @Sendable () -> Date = { Date() }) {
        (self.address, line) = (address, BucketLine(address, credentials, patience, now))
    }

    /// How long is waited, and how often is asked.
    struct Patience: Sendable {
        /// For a question without a file in it.
        var question = Duration.seconds(12)
        /// For one with.
        var file = Duration.seconds(45)
        var attempts = 3
        /// Before the second attempt; four times as long before the third.
        var pause = Duration.milliseconds(200)
    }

    public var description: String { "\(address)" }

    /// Whoever may not look whether a file is there (403) may write it all the same.
    public func put(_ bytes: Data, digest: String) async throws {
        var known: Int64?
        do { known = try await head(digest) } catch let fault as FileFault where fault.isOnlyANo {}
        guard known != Int64(bytes.count) else { return }
        // A file that is there in another length is damaged, and gives way.
        let answer = try await line.ask(.put(bytes, digest, isNew: known == nil), key: place(of: digest))
        if answer.isRefusingConditions {
            try await line.ask(.put(bytes, digest, isNew: false), key: place(of: digest)).check(address)
        } else if answer.status != 412 {
            try answer.check(address)
        }
    }

    public func get(_ digest: String) async throws -> Data {
        let answer = try await line.ask(.get, key: place(of: digest))
        try answer.check(address)
        return Data(answer.body.readableBytesView)
    }

    /// A no to HEAD comes without a reason; GET says which.
    public func size(of digest: String) async throws -> Int64? {
        do { return try await head(digest) } catch let fault as FileFault where fault.isOnlyANo {
            return Int64(try await get(digest).count)
        }
    }

    public func remove(_ digest: String) async throws {
        let answer = try await line.ask(.delete, key: place(of: digest))
        do { try answer.check(address) } catch let fault as FileFault where fault.kind == .missing { return }
    }

    private func head(_ digest: String) async throws -> Int64? {
        let answer = try await line.ask(.head, key: place(of: digest))
        guard answer.status != 404 else { return nil }
        try answer.check(address)
        return answer.length
    }
}

extension FileFault {
    /// An answer, though without a reason that could be read; not silence.
    fileprivate var isOnlyANo: Bool { [.forbidden, .other].contains(kind) }
}
