import Crypto
import Files
import Foundation
import TestSupport
import Testing

/// The same of a directory and of a bucket.
@Suite("The files themselves")
struct FileStoreTests {
    let folder = Result { try TemporaryFolder() }

    private func open(_ kind: TestStore) throws -> any FileStore { try kind.open(in: folder.get()) }

    @Test("What is put is got back, whole", arguments: TestStore.all, [0, 1, 100_000, 26_214_400])
    func putAndGet(_ kind: TestStore, size: Int) async throws {
        let (store, bytes) = (try open(kind), Data(count: size))
        for _ in 0..<2 { try await store.put(bytes, digest: bytes.digest) }
        #expect(try await store.get(bytes.digest) == bytes)
        #expect(try await store.size(of: bytes.digest) == Int64(size))
        let again = try open(kind)
        #expect(try await again.contains(bytes.digest))
    }

    @Test("What is removed is gone, may be removed again, and may come again", arguments: TestStore.all)
    func remove(_ kind: TestStore) async throws {
        let (store, bytes) = (try open(kind), Data("Kiukaan ohje".utf8))
        for _ in 0..<2 {
            try await store.put(bytes, digest: bytes.digest)
            for _ in 0..<2 { try await store.remove(bytes.digest) }
            #expect(try await store.size(of: bytes.digest) == nil)
            await #expect { try await store.get(bytes.digest) } throws: { ($0 as? FileFault)?.kind == .missing }
        }
    }

    @Test("Many who put the same bytes at once all find them whole", arguments: TestStore.all)
    func together(_ kind: TestStore) async throws {
        let (store, bytes) = (try open(kind), Data(repeating: 7, count: 500_000))
        try await withThrowingTaskGroup(of: Data.self) { group in
            for _ in 0..<20 {
                group.addTask {
                    try await store.put(bytes, digest: bytes.digest)
                    return try await store.get(bytes.digest)
                }
            }
            for try await found in group { #expect(found == bytes) }
        }
    }

    @Test("In a directory the same bytes lie once, and no draft is left behind")
    func onDisk() async throws {
        let (folder, bytes) = (try folder.get(), Data("Kiukaan ohje".utf8))
        let store = try DirectoryStore(folder.url.appendingPathComponent("files"))
        for _ in 0..<3 { try await store.put(bytes, digest: bytes.digest) }
        let first = "files/\(bytes.digest.prefix(2))"
        let paths = try FileManager.default.subpathsOfDirectory(atPath: folder.url.path).sorted()
        #expect(paths == ["files", first, "\(first)/\(bytes.digest)"])
    }

    @Test("A damaged file gives way to a whole one")
    func mended() async throws {
        let (store, bytes, folder) = (try open(.directory), Data("Kiukaan ohje".utf8), try folder.get())
        try await store.put(bytes, digest: bytes.digest)
        let place = folder.url.appendingPathComponent("files/\(bytes.digest.prefix(2))/\(bytes.digest)")
        try Data("Kiuk".utf8).write(to: place)
        try await store.put(bytes, digest: bytes.digest)
        #expect(try await store.get(bytes.digest) == bytes)
    }

    @Test("A directory that is none, and one that is full of nothing but a file, say so with their path")
    func faults() async throws {
        let folder = try folder.get()
        let file = folder.url.appendingPathComponent("tiedosto")
        try Data("x".utf8).write(to: file)
        #expect { try DirectoryStore(file) } throws: { ($0 as? FileFault)?.kind == .disk && "\($0)".contains(file.path) }
        let store = try DirectoryStore(folder.url.appendingPathComponent("files"))
        try Data("x".utf8).write(to: folder.url.appendingPathComponent("files/ab"))
        await #expect { try await store.put(Data("moi".utf8), digest: "abcdef") } throws: { ($0 as? FileFault)?.kind == .disk }
    }

    @Test("Files are brought from any store to any other, each once; begun anew it goes on", arguments: TestStore.all, TestStore.all)
    func brought(_ from: TestStore, _ to: TestStore) async throws {
        let folder = try folder.get()
        let (source, target) = (try from.open(in: folder, name: "old"), try to.open(in: folder, name: "new"))
        let all = (0..<25).map { Data("tiedosto \($0)".utf8) }.sorted { $0.digest < $1.digest }
        for bytes in all.dropLast(2) { try await source.put(bytes, digest: bytes.digest) }
        // The last two are not there: one that somebody has sent, and one that may be on its way.
        let named = all.enumerated().map { NamedFile(digest: $1.digest, isUsed: $0 != 24) }
        let page = { @Sendable (last: String) in Array(named.drop { $0.digest <= last }.prefix(10)) }
        try await target.put(all[3], digest: all[3].digest)
        let files = try await BroughtFiles.bring(page, from: source, to: target, .trusting)
        #expect((files.named, files.brought, files.missing) == (24, 22, [all[23].digest]))
        #expect(files.bytes == all.dropLast(2).reduce(0) { $0 + Int64($1.count) })
        for bytes in all.dropLast(2) { #expect(try await target.get(bytes.digest) == bytes) }
        #expect(try await BroughtFiles.bring(page, from: source, to: target, .verifying).brought == 0)
    }

    @Test("One whose content is not what its name says is found, and not brought")
    func damaged() async throws {
        let folder = try folder.get()
        let (source, target) = (
            try TestStore.directory.open(in: folder, name: "old"), try TestStore.directory.open(in: folder, name: "new")
        )
        let (whole, other) = (Data("ehjä".utf8), Data("rikki".utf8).digest)
        try await source.put(whole, digest: whole.digest)
        try await source.put(Data("rikkö".utf8), digest: other)
        let named = [whole.digest, other].sorted().map { NamedFile(digest: $0, isUsed: true) }
        let files = try await BroughtFiles.bring({ last in named.filter { $0.digest > last } }, from: source, to: target, .verifying)
        #expect(files.missing == [other] && files.brought == 1)
        #expect(try await target.contains(other) == false)
    }
}

extension Data {
    var digest: String { SHA256.hash(data: self).map { String(format: "%02x", $0) }.joined() }
}
