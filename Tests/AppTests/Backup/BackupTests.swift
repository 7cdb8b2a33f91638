import App
import Core
import Crypto
import Foundation
import Storage
import TestSupport
import Testing

@Suite("Backup and restore")
struct BackupTests {
    @Test("Taken from SQLite while many write, it holds the log's beginning without a gap")
    func underLoad() async throws {
        let (place, restored) = (try Place(), try Place())
        try await takenWhileWriting(from: place.settings, into: restored.settings, place)
    }

    @Test("Taken from PostgreSQL while many write, it holds the log's beginning without a gap", .enabled(if: DurableServer.isPossible))
    func underLoadOnPostgres() async throws {
        let (place, restored, server) = (try Place(), try Place(), try DurableServer.shared())
        let (live, copy) = (try place.settings(server.makeDatabase()), try restored.settings(server.makeDatabase()))
        try await takenWhileWriting(from: live, into: copy, place)
        // Interrupted after the database had come, it goes on with the files; but only where nobody has written since.
        #expect(try await Restore(settings: copy, from: place.folder("backup")).run().files.missing.isEmpty)
        _ = try await WritePath(settings: copy, seconds: 0.1, writers: 1).run()
        let again = await #expect(throws: Failure.self) { try await Restore(settings: copy, from: place.folder("backup")).run() }
        #expect(again?.description.contains("already holds Moro's tables") == true)
        #expect(again?.description.contains("vasta") == false)
    }

    @Test("Attached files come along, once; the folder of an earlier backup takes only what is new")
    func files() async throws {
        let (place, restored) = (try Place(), try Place())
        try await DemoShop(settings: place.settings).open()
        let first = try await place.attach("kuva kiukaasta")
        let backup = Backup(settings: place.settings, to: place.folder("backup"))
        #expect(try await backup.take().files.brought == 1)
        let second = try await place.attach("kuva kiuluista")
        let manifest = try await backup.take()
        #expect(manifest.files.named == 2 && manifest.files.brought == 1)
        let inside = try FileManager.default.contentsOfDirectory(atPath: place.folder("backup").path)
        #expect(Set(inside) == ["manifest.json", "files", manifest.database.file])

        let (_, files) = try await Restore(settings: restored.settings, from: place.folder("backup")).run()
        #expect(files.named == 2 && files.missing.isEmpty)
        let store = try restored.settings.openFiles()
        for (digest, text) in [(first, "kuva kiukaasta"), (second, "kuva kiuluista")] {
            #expect(try await store.get(digest) == Data(text.utf8))
        }
    }

    @Test("As one file, through the command line; and the search finds what it found")
    func archive() async throws {
        let (place, restored) = (try Place(), try Place())
        let live = ["--data", place.settings.data.path]
        #expect(try Command.moro(["demo", "fill", "--conversations", "20"] + live).status == 0)
        let file = place.folder("backup.tar.gz").path
        let taken = try Command.moro(["backup", "--to", file, "--json"] + live)
        #expect(taken.status == 0, "\(taken)")
        #expect(try taken.fact("engine") == "sqlite")
        let back = try Command.moro(["restore", "--from", file, "--data", restored.settings.data.path])
        #expect(back.status == 0 && back.output.contains("up to event"), "\(back)")
        for table in ["messages", "events", "contacts", "search_messages"] {
            let sql = SQL(stringLiteral: "SELECT COUNT(*) AS answer FROM \(table)")
            #expect(try await place.texts(sql) == restored.texts(sql), "\(table)")
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: place.directory.path).sorted() == ["backup.tar.gz", "data"])
    }

    @Test("What is damaged is not restored, and says so")
    func damaged() async throws {
        let (place, restored) = (try Place(), try Place())
        try await DemoShop(settings: place.settings).open()
        let digest = try await place.attach("kuva kiukaasta")
        let folder = place.folder("backup")
        let manifest = try await Backup(settings: place.settings, to: folder).take()
        // A file of its own instead of the link, or the original would be damaged too.
        let picture = folder.appendingPathComponent("files/\(digest.prefix(2))/\(digest)")
        try FileManager.default.removeItem(at: picture)
        try Data("toinen kuva".utf8).write(to: picture)
        let command = try Command.moro(["restore", "--from", folder.path, "--data", restored.settings.data.path])
        #expect(command.status == 1 && command.complaint.contains("1 attached files are missing or damaged"), "\(command)")

        let (database, other) = (folder.appendingPathComponent(manifest.database.file), try Place())
        var bytes = try Data(contentsOf: database)
        bytes[bytes.count / 2] ^= 1
        try bytes.write(to: database)
        let refused = try Command.moro(["restore", "--from", folder.path, "--data", other.settings.data.path])
        #expect(refused.status == 1 && refused.complaint.contains("is damaged"), "\(refused)")
        #expect(!FileManager.default.fileExists(atPath: other.settings.databaseFile.path))
    }

    @Test("Each way it can't be done has its sentence, and nothing is overwritten")
    func refusals() async throws {
        let (place, empty) = (try Place(), try Place())
        try await DemoShop(settings: place.settings).open()
        let folder = place.folder("backup")
        let manifest = try await Backup(settings: place.settings, to: folder).take()
        try FileManager.default.createDirectory(at: place.folder("photos"), withIntermediateDirectories: true)
        _ = try place.file("photos/kiuas.jpg", "kuva")
        let (live, nothing) = (["--data", place.settings.data.path], ["--data", empty.settings.data.path])
        let refused = [
            (["restore", "--from", folder.path] + live, "already holds a database"),
            (["restore", "--from", place.folder("photos").path] + nothing, "it lacks manifest.json"),
            (["restore", "--from", place.folder("nowhere.tar").path] + nothing, "there is no "),
            (
                ["restore", "--from", folder.path, "--database", "postgres://moro:salasana@127.0.0.1:1/moro"] + nothing,
                "this is a backup of SQLite"
            ),
            (["backup", "--to", folder.path] + nothing, "there is no database in"),
            (["backup", "--to", place.folder("photos").path] + live, "holds something that is no backup (kiuas.jpg)"),
            (["backup", "--to", folder.path, "--database", "postgres://moro:salasana@127.0.0.1:1/moro"] + live, "Nothing answers"),
        ]
        for (words, sentence) in refused {
            let command = try Command.moro(words)
            #expect(command.status == 1 && command.complaint.contains(sentence), "\(command)")
            #expect(command.complaint.split(separator: "\n").count == 1 && !command.complaint.contains("salasana"), "\(command)")
        }
        #expect(!FileManager.default.fileExists(atPath: empty.settings.databaseFile.path))
        #expect(try await Backup(settings: place.settings, to: folder).take().contents == manifest.contents)
    }

    @Test("Without pg_dump it says what to install", .enabled(if: DurableServer.isPossible))
    func withoutProgram() async throws {
        let (place, address) = (try Place(), try DurableServer.shared().makeDatabase())
        let rest = ["--data", place.settings.data.path]
        #expect(try Command.moro(["demo"] + rest, environment: ["MORO_DATABASE": address]).status == 0)
        let command = try Command.moro(
            ["backup", "--to", place.folder("backup").path] + rest, environment: ["MORO_DATABASE": address, "PATH": "/nowhere"])
        #expect(command.status == 1 && command.complaint.contains("the program pg_dump is not on the PATH. Install"), "\(command)")
    }

    @Test("pg_dump is given the password by its environment; what it complains about is passed on", .enabled(if: DurableServer.isPossible))
    func password() async throws {
        let (place, address) = (try Place(), try DurableServer.shared().makeDatabase())
        let rest = ["--data", place.settings.data.path]
        #expect(try Command.moro(["demo"] + rest, environment: ["MORO_DATABASE": address]).status == 0)
        let program = try place.file(
            "pg_dump",
            "#!/bin/sh\nhere=${0%/*}; echo \"$@\" >$here/words; echo \"$PGPASSWORD\" >$here/password; echo 'ei onnistu' >&2; exit 3\n")
        chmod(program, 0o755)
        let path = place.directory.path + ":" + (ProcessInfo.processInfo.environment["PATH"] ?? "")
        let command = try Command.moro(
            ["backup", "--to", place.folder("backup").path] + rest, environment: ["MORO_DATABASE": address, "PATH": path])
        #expect(command.status == 1 && command.complaint == "moro: ei onnistu. Nothing was finished.\n", "\(command)")
        let words = try String(contentsOf: place.folder("words"), encoding: .utf8)
        #expect(
            words.contains("--snapshot=") && words.contains("--dbname=postgres://moro@127.0.0.1") && !words.contains("vasta"), "\(words)")
        #expect(try String(contentsOf: place.folder("password"), encoding: .utf8) == DurableServer.password + "\n")
        #expect(!FileManager.default.fileExists(atPath: place.folder("backup/manifest.json").path))
    }

    private func takenWhileWriting(from live: Settings, into copy: Settings, _ place: Place) async throws {
        try await DemoShop(settings: live).open()
        let writing = Task { while !Task.isCancelled { _ = try await WritePath(settings: live, seconds: 0.5, writers: 8).run() } }
        let backup = Backup(settings: live, to: place.folder("backup"))
        var heads: [Int64] = []
        for _ in 1...3 {
            let before = try await head(of: live)
            while try await head(of: live) == before { await Task.yield() }
            heads.append(try #require(try await backup.take().contents.heads.first).seq)
        }
        writing.cancel()
        // Wherever the end of it meets them: a reading stops at once.
        do { try await writing.value } catch is CancellationError {}
        #expect(heads == heads.sorted() && Set(heads).count == heads.count)

        let (manifest, _) = try await Restore(settings: copy, from: place.folder("backup")).run()
        let (all, prefix) = (try await log(of: live), try await log(of: copy))
        #expect(prefix.count == Int(heads[2]) && manifest.contents.heads[0].seq == heads[2])
        #expect(prefix == Array(all.prefix(prefix.count)))
        #expect(try await said(of: copy) == prefix.count { $0.contains(" message.added ") })
    }

    /// Every event in the order of its number, which counts from one.
    private func log(of settings: Settings) async throws -> [String] {
        let premises = try Premises.open(settings)
        let rows = try await premises.store.read { tx in
            try tx.rows("SELECT seq, kind, subject, at FROM events ORDER BY seq").map { row in
                "\(try row.integer("seq")) \(try row.text("kind")) \(try row.text("subject")) \(try row.integer("at"))"
            }
        }
        try premises.close()
        #expect(rows.enumerated().allSatisfy { $1.hasPrefix("\($0 + 1) ") })
        return rows
    }

    private func head(of settings: Settings) async throws -> Int64 {
        let premises = try Premises.open(settings)
        defer { try? premises.close() }
        return try await premises.store.read { try $0.row("SELECT MAX(seq) AS seq FROM workspaces")?.integer("seq") ?? 0 }
    }

    private func said(of settings: Settings) async throws -> Int {
        let premises = try Premises.open(settings)
        defer { try? premises.close() }
        return try await premises.store.read { try $0.row("SELECT COUNT(*) AS amount FROM messages")?.count("amount") ?? 0 }
    }
}

extension Place {
    fileprivate func folder(_ name: String) -> URL { directory.appendingPathComponent(name) }

    fileprivate func settings(_ address: String) throws -> Settings {
        var settings = settings
        settings.database = try #require(DatabaseChoice(address))
        return settings
    }
}
