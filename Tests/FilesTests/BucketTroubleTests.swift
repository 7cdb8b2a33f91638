import Foundation
import TestSupport
import Testing

@testable import Files

/// Troubles that a healthy server does not have, said in S3's own words by one that plays them.
@Suite("A bucket in trouble", .timeLimit(.minutes(2)))
struct BucketTroubleTests {
    private let bytes = Data("Kiukaan ohje".utf8)

    private static let credentials = S3Credentials(accessKey: "AKIDEXAMPLE", secretKey: "salaisuus", sessionToken: "vuoro")

    private func store(at port: Int, question: Duration = .seconds(20)) throws -> BucketStore {
        let address = try #require(BucketAddress("s3://moro/f?endpoint=http://127.0.0.1:\(port)&region=eu-north-1"))
        var patience = BucketStore.Patience()
        (patience.question, patience.file, patience.pause) = (question, question, .milliseconds(1))
        return BucketStore(address, Self.credentials, patience)
    }

    private func fault(_ body: () async throws -> Void) async -> FileFault? {
        do { try await body() } catch { return error as? FileFault }
        return nil
    }

    @Test("What passes is asked again: an overloaded store, a connection cut", arguments: ["500", "503 SlowDown", "429", "cut"])
    func again(trouble: String) async throws {
        try await ScriptedBucket.open([trouble, trouble, "200 Kiukaan ohje"]) { bucket in
            let store = try store(at: bucket.port)
            #expect(try await store.get(bytes.digest) == bytes)
            #expect(bucket.asked.count == 3)
        }
    }

    @Test("Not for ever", arguments: [("500", FileFault.Kind.busy), ("503 SlowDown", .busy), ("cut", .unreachable)])
    func atLast(trouble: String, kind: FileFault.Kind) async throws {
        try await ScriptedBucket.open(Array(repeating: trouble, count: 10)) { bucket in
            #expect(await fault { _ = try await store(at: bucket.port).get(bytes.digest) }?.kind == kind)
            #expect(bucket.asked.count == 3)
        }
    }

    @Test(
        "What stays is not asked again, and is called by its name",
        arguments: [
            ("403 RequestTimeTooSkewed", FileFault.Kind.clock), ("403 AccessDenied", .forbidden), ("400 ExpiredToken", .staleToken),
            ("301 PermanentRedirect", .elsewhere), ("400 AuthorizationHeaderMalformed", .elsewhere), ("404 NoSuchBucket", .noBucket),
            ("404 NoSuchKey", .missing), ("403 InvalidAccessKeyId", .wrongKey), ("418 Teapot", .other), ("403", .forbidden),
        ])
    func named(trouble: String, kind: FileFault.Kind) async throws {
        try await ScriptedBucket.open([trouble, "200 Kiukaan ohje"]) { bucket in
            let fault = await fault { _ = try await store(at: bucket.port).get(bytes.digest) }
            #expect(fault?.kind == kind && bucket.asked.count == 1)
            let words = trouble.split(separator: " ")
            #expect(words.allSatisfy { fault?.description.contains($0) == true } && fault?.description.contains("salaisuus") == false)
        }
    }

    @Test("Nobody waits for ever for a store that is silent, or not there")
    func silent() async throws {
        try await ScriptedBucket.open(["silence"]) { bucket in
            #expect(await fault { _ = try await store(at: bucket.port, question: .milliseconds(300)).get(bytes.digest) }?.kind == .late)
        }
        #expect(await fault { _ = try await store(at: 1).get(bytes.digest) }?.kind == .unreachable)
        try await ScriptedBucket.open(["silence"]) { bucket in
            let store = try store(at: bucket.port, question: .milliseconds(300))
            #expect(await fault { try await store.put(bytes, digest: bytes.digest) }?.kind == .late)
            #expect(bucket.asked.map(\.line) == ["HEAD \(path)"])
        }
    }

    @Test("A file is put only where there is none; whoever was quicker has put the same")
    func once() async throws {
        try await ScriptedBucket.open(["404", "412 PreconditionFailed"]) { bucket in
            try await store(at: bucket.port).put(bytes, digest: bytes.digest)
            #expect(bucket.asked.map(\.line) == ["HEAD \(path)", "PUT \(path)"])
            #expect(bucket.asked.last?.headers["if-none-match"] == "*")
            #expect(bucket.asked.last?.headers["x-amz-content-sha256"] == bytes.digest)
            #expect(bucket.asked.last?.headers["x-amz-security-token"] == "vuoro")
            #expect(bucket.asked.last?.body == bytes)
        }
    }

    @Test("A store that knows no conditions is given the file without one")
    func withoutConditions() async throws {
        try await ScriptedBucket.open(["404", "501 NotImplemented", "200"]) { bucket in
            try await store(at: bucket.port).put(bytes, digest: bytes.digest)
            #expect(bucket.asked.map { $0.headers["if-none-match"] } == [nil, "*", nil])
        }
    }

    @Test("Whoever may not look may write all the same; a file that is there is not sent again")
    func withoutLooking() async throws {
        try await ScriptedBucket.open(["403", "200"]) { bucket in
            try await store(at: bucket.port).put(bytes, digest: bytes.digest)
            #expect(bucket.asked.count == 2)
        }
        try await ScriptedBucket.open(["200 Kiukaan ohje"]) { bucket in
            try await store(at: bucket.port).put(bytes, digest: bytes.digest)
            #expect(bucket.asked.map(\.line) == ["HEAD \(path)"])
        }
    }

    @Test("A no to HEAD comes without a reason, so that a second question finds it")
    func reason() async throws {
        for (status, code, kind) in [("403", "SignatureDoesNotMatch", FileFault.Kind.wrongSecret), ("400", "ExpiredToken", .staleToken)] {
            try await ScriptedBucket.open([status, "\(status) \(code)"]) { bucket in
                let store = try store(at: bucket.port)
                #expect(await fault { _ = try await store.size(of: bytes.digest) }?.kind == kind)
                #expect(bucket.asked.map(\.line) == ["HEAD \(path)", "GET \(path)"])
            }
        }
    }

    private var path: String { "/moro/f/\(bytes.digest.prefix(2))/\(bytes.digest)" }
}
