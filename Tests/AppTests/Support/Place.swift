import App
import Core
import Crypto
import Foundation
import Storage
import TestSupport

/// A data directory of its own, gone with the test.
final class Place: Sendable {
    let directory: URL
    /// A PostgreSQL database; without one all is in the directory.
    private let database: String?

    /// On the engine that the tests run on: with a database of its own where `MORO_TEST_DATABASE` names a PostgreSQL server.
    static func underTest() throws -> Place { try Place(ScratchDatabase.isPostgres ? DurableServer.shared().makeDatabase() : nil) }

    init(_ database: String? = nil) throws {
        self.database = database
        directory = FileManager.default.temporaryDirectory.appendingPathComponent("moro-\(UUID().uuidString)", isDirectory: true)
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: directory) }

    var settings: Settings {
        var settings = Settings()
        settings.data = directory.appendingPathComponent("data", isDirectory: true)
        settings.database = database.flatMap { DatabaseChoice($0) } ?? .sqlite
        return settings
    }

    /// What tells a command where the database is.
    var environment: [String: String] { database.map { ["MORO_DATABASE": $0] } ?? [:] }

    func file(_ name: String, _ text: String) throws -> String {
        let file = directory.appendingPathComponent(name)
        try Data(text.utf8).write(to: file)
        return file.path
    }

    /// What one query answers, as text.
    func texts(_ sql: SQL) async throws -> [String] {
        let premises = try Premises.open(settings)
        defer { try? premises.close() }
        return try await premises.store.read { tx in try tx.rows(sql).map { "\($0["answer"])" } }
    }

    /// A file that a message names. Returns its digest.
    func attach(_ text: String) async throws -> String {
        let bytes = Data(text.utf8)
        let digest = SHA256.hash(data: bytes).map { String(format: "%02x", $0) }.joined()
        try await settings.openFiles().put(bytes, digest: digest)
        let premises = try Premises.open(settings)
        try await premises.store.write { tx in
            _ = try tx.run(
                """
                INSERT INTO attachments (id, workspace, uploader, message, name, type, size, digest, token, created_at)
                SELECT \(digest), workspace, author, id, 'kiuas.jpg', 'image/jpeg', \(bytes.count), \(digest), \(digest), at
                FROM messages LIMIT 1
                """)
        }
        try premises.close()
        return digest
    }
}
