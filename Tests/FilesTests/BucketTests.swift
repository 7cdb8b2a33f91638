import Foundation
import TestSupport
import Testing

@testable import Files

@Suite("A bucket's address")
struct BucketAddressTests {
    @Test(
        "It says bucket, prefix, endpoint and region; the bucket stands in the name at AWS, in the path elsewhere",
        arguments: [
            ("s3://moro", "https://moro.s3.us-east-1.amazonaws.com/ab/abc"),
            ("s3://moro/liitteet/?region=eu-north-1", "https://moro.s3.eu-north-1.amazonaws.com/liitteet/ab/abc"),
            ("s3://moro.liitteet?region=eu-north-1", "https://s3.eu-north-1.amazonaws.com/moro.liitteet/ab/abc"),
            ("s3://moro/a/b?endpoint=http://Minio:9000", "http://minio:9000/moro/a/b/ab/abc"),
            ("s3://moro?endpoint=https://s3.example:443/&path-style=no", "https://moro.s3.example/ab/abc"),
            ("s3://moro?endpoint=https%3A%2F%2Fs3.example", "https://s3.example/moro/ab/abc"),
        ])
    func read(text: String, url: String) throws {
        let address = try #require(BucketAddress(text))
        #expect("\(address.isSecure ? "https" : "http")://\(address.host)\(address.path("ab/abc"))" == url)
    }

    @Test(
        "What is none, or holds a secret, is refused",
        arguments: [
            "s3://", "s3:///x", "s3://m", "s3://KEY:SECRET@moro", "s3://moro?endpoint=s3.example", "s3://moro?endpoint=ftp://x",
            "s3://moro?endpoint=https://KEY:SECRET@x", "s3://moro?endpoint=https://x/y", "s3://moro?path-style=maybe", "s3://moro?regoin=x",
            "s3://moro?region=eu north", "s3://moro?region=a&region=b", "https://moro",
        ])
    func refused(text: String) { #expect(BucketAddress(text) == nil) }
}

@Suite("A bucket on a real server", .enabled(if: TestBucket.server != nil))
struct BucketTests {
    private let bytes = Data("Kiukaan ohje".utf8)

    private func kind(_ body: () async throws -> Void) async -> FileFault.Kind? {
        do { try await body() } catch { return (error as? FileFault)?.kind }
        return nil
    }

    @Test(
        "Odd characters in a prefix are signed as they are sent",
        arguments: ["ääkköset ja väli", "a+b&c=d", "100%25", "~._-", "(x)!*'", "a//b", "löyly/ሴ"])
    func prefixes(prefix: String) async throws {
        let store = BucketStore(try TestBucket.address(prefix: "\(UUID())/\(prefix)"), try TestBucket.credentials)
        try await store.put(bytes, digest: bytes.digest)
        #expect(try await store.get(bytes.digest) == bytes)
        try await store.remove(bytes.digest)
        #expect(try await store.contains(bytes.digest) == false)
    }

    @Test("A wrong secret, an unknown key and a bucket that isn't there are refused, each by its name and without the secret")
    func refused() async throws {
        let address = try TestBucket.address(prefix: "\(UUID())")
        let right = BucketStore(address, try TestBucket.credentials)
        try await right.put(bytes, digest: bytes.digest)
        let wrongSecret = BucketStore(address, S3Credentials(accessKey: TestBucket.key, secretKey: TestBucket.secret + "x"))
        let wrongKey = BucketStore(address, S3Credentials(accessKey: "AKIAEIKUKAAN", secretKey: TestBucket.secret))
        let nowhere = BucketStore(try TestBucket.address(prefix: "x", bucket: "ei-ole-olemassa"), try TestBucket.credentials)
        for (store, expected) in [(wrongSecret, FileFault.Kind.wrongSecret), (wrongKey, .wrongKey), (nowhere, .noBucket)] {
            #expect(await kind { _ = try await store.get(bytes.digest) } == expected)
            #expect(await kind { try await store.put(Data("toinen".utf8), digest: Data("toinen".utf8).digest) } == expected)
            #expect(await kind { try await store.remove(bytes.digest) } == expected)
        }
        for (store, expected) in [(wrongSecret, FileFault.Kind.wrongSecret), (wrongKey, .wrongKey)] {
            #expect(await kind { _ = try await store.size(of: bytes.digest) } == expected)
        }
        do { _ = try await wrongSecret.get(bytes.digest) } catch {
            #expect("\(error)".contains("SignatureDoesNotMatch") && !"\(error)".contains(TestBucket.secret))
        }
        #expect(try await right.get(bytes.digest) == bytes)
        #expect(try await right.contains(Data("toinen".utf8).digest) == false)
    }
}
