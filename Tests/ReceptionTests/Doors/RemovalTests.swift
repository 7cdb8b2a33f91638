import Core
import Files
import Foundation
import Reception
import Storage
import TestSupport
import Testing

private let shop = Loylymaki.workspace.id
private let liisa = Author.contact("liisa")

/// Bytes on their way out meet the same bytes on their way in.
@Suite("Files that nobody needs any more", .timeLimit(.minutes(2)))
struct RemovalTests {
    let folder = Result { try TemporaryFolder() }
    private let bytes = Data("Kiukaan ohje".utf8)

    @Test("On two nodes with one place of files: whoever uploads what is being swept away has it all the same", arguments: TestStore.all)
    func race(_ kind: TestStore) async throws {
        let (database, clock) = (try await ScratchDatabase.make(isShared: true), Clock())
        var nodes: [House] = []
        for seed in 1...2 {
            nodes.append(try await House(database, clock: clock, seed: UInt64(seed), files: kind.open(in: folder.get())))
        }
        for round in 0..<(kind == .bucket ? 8 : 25) {
            let bytes = Data("Ohje \(round)".utf8)
            _ = try await upload(bytes, at: nodes[round % 2])
            try await forget(at: nodes[0])
            let fresh = try await withThrowingTaskGroup(of: Core.Attachment?.self) { [nodes] group in
                for node in nodes {
                    group.addTask {
                        for _ in 0..<4 { try await node.reactions.takeJobs() }
                        return nil
                    }
                    for _ in 0..<3 { group.addTask { try await upload(bytes, at: node) } }
                }
                return try await group.reduce(into: []) { $0 += [$1].compactMap(\.self) }
            }
            #expect(fresh.count == 6)
            for file in fresh { for node in nodes { #expect(try await node.uploads.open(token: file.token).bytes == bytes) } }
        }
    }

    @Test("Whoever uploads what is being removed at this moment waits for the end of it, then puts it again", arguments: TestStore.all)
    func waits(_ kind: TestStore) async throws {
        let store = WatchedStore(try kind.open(in: folder.get()))
        let house = try await House(files: store)
        _ = try await upload(bytes, at: house)
        try await forget(at: house)
        try await house.reactions.takeJobs()
        let (removing, begun) = AsyncStream<Void>.makeStream()
        let (released, release) = AsyncStream<Void>.makeStream()
        store.watch { call in
            guard call == .remove else { return }
            begun.finish()
            for await _ in released {}
        }
        async let removal: Void = house.reactions.takeJobs()
        for await _ in removing {}
        async let answer = upload(bytes, at: house)
        while try await names(at: house) == 0 { await Task.yield() }
        #expect(store.calls == [.put, .remove])
        release.finish()
        let file = try await answer
        try await removal
        #expect(try await house.uploads.open(token: file.token).bytes == bytes)
        #expect(store.calls == [.put, .remove, .put, .get])
    }

    @Test("A removal that comes after the upload leaves the bytes where they are")
    func late() async throws {
        let store = WatchedStore(try TestStore.directory.open(in: folder.get()))
        let house = try await House(files: store)
        _ = try await upload(bytes, at: house)
        try await forget(at: house)
        try await house.reactions.takeJobs()
        let file = try await upload(bytes, at: house)
        try await house.reactions.takeJobs()
        #expect(try await house.uploads.open(token: file.token).bytes == bytes)
        #expect(!store.calls.contains(.remove))
        #expect(try await removals(at: house) == [])
    }

    @Test("A removal that failed is tried again; in the minute in which it may still arrive, nobody is told that the bytes are kept")
    func failed() async throws {
        let store = WatchedStore(try TestStore.directory.open(in: folder.get()))
        let house = try await House(files: store)
        _ = try await upload(bytes, at: house)
        try await forget(at: house)
        try await house.reactions.takeJobs()
        store.fail(.remove)
        try await house.reactions.takeJobs()
        #expect(try await removals(at: house).map { $0.contains("be reached") } == [true])
        async let answer = upload(bytes, at: house)
        while try await names(at: house) == 0 { await Task.yield() }
        #expect(store.calls == [.put, .remove])
        house.clock.advance(seconds: 61)
        let file = try await answer
        store.watch { _ in }
        house.clock.advance(seconds: 3600)
        try await house.reactions.takeJobs()
        #expect(try await house.uploads.open(token: file.token).bytes == bytes)
        #expect(try await removals(at: house) == [])
    }

    @Test("What could not be removed is gone at last")
    func atLast() async throws {
        let files = try TestStore.directory.open(in: folder.get())
        let store = WatchedStore(files)
        let house = try await House(files: store)
        let file = try await upload(bytes, at: house)
        try await forget(at: house)
        store.fail(.remove)
        for _ in 0..<2 { try await house.reactions.takeJobs() }
        #expect(try await files.contains(file.digest))
        store.watch { _ in }
        house.clock.advance(seconds: 3600)
        try await house.reactions.takeJobs()
        #expect(try await !files.contains(file.digest))
        #expect(try await removals(at: house) == [])
    }

    @Test("A place that does not answer is a no, to be asked again; what was not kept is named nowhere a day later")
    func unreachable() async throws {
        let files = try TestStore.directory.open(in: folder.get())
        let store = WatchedStore(files)
        let house = try await House(files: store)
        let kept = try await upload(Data("toinen".utf8), at: house)
        store.fail(.put, .get)
        await #expect(throws: Refusal.filesUnavailable(retryAfter: 5)) { try await upload(bytes, at: house) }
        await #expect(throws: Refusal.filesUnavailable(retryAfter: 5)) { try await house.uploads.open(token: kept.token) }
        store.watch { _ in }
        #expect(try await house.uploads.open(token: kept.token).bytes == Data("toinen".utf8))
        #expect(try await house.uploads.open(token: upload(bytes, at: house).token).bytes == bytes)
        try await forget(at: house)
        for _ in 0..<2 { try await house.reactions.takeJobs() }
        #expect(try await names(at: house) == 0)
        #expect(try await !files.contains(kept.digest))
    }

    private func upload(_ bytes: Data, at house: House) async throws -> Core.Attachment {
        try await house.uploads.receive(bytes, name: "ohje.txt", by: liisa, of: shop)
    }

    /// A day goes by, and it is time to sweep.
    private func forget(at house: House) async throws {
        house.clock.advance(seconds: 86_401)
        try await house.store.write { try $0.schedule(.sweepUploads, shop.text, at: $0.now, of: shop) }
    }

    private func names(at house: House) async throws -> Int {
        try await house.store.read { try $0.row("SELECT COUNT(*) AS n FROM attachments")?.count("n") ?? 0 }
    }

    /// What was said of each removal that is still to be done.
    private func removals(at house: House) async throws -> [String] {
        try await house.store.read { try $0.rows("SELECT last_error FROM jobs WHERE kind = 'remove_file'").map { "\($0["last_error"])" } }
    }
}
