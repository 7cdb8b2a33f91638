import App
import ArgumentParser
import Files
import Foundation
import Storage

struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup", abstract: "Copy everything while it is at work: database, attached files, and a manifest.",
        discussion: """
            SQLite is copied online, PostgreSQL by pg_dump. Given the folder of an earlier backup again, only new files are copied. \
            Attached files on the same disk are hard links: a backup for bad days belongs on another disk.
            """)

    @OptionGroup var place: PlaceOptions
    @Option(help: ArgumentHelp("A folder, or a file that ends in .tar, .tar.gz or .tgz.", valueName: "place")) var to: String
    @Flag(help: "Print JSON.") var json = false

    func run() async throws {
        let settings = try place.settings()
        let manifest =
            Archive.isArchive(to)
            ? try await Archive(URL(fileURLWithPath: to)).pack { try await Backup(settings: settings, to: $0).take() }
            : try await Backup(settings: settings, to: URL(fileURLWithPath: to, isDirectory: true)).take()
        if json { return try Terminal.say(json: manifest) }
        Terminal.say("\(to): \(manifest.sentence), \(manifest.files.named) attached files (\(manifest.files.brought) of them new).")
        manifest.files.complain()
    }
}

struct RestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore", abstract: "Put a backup into an empty data directory, or into an empty PostgreSQL database.",
        discussion: "Checksums, counts and the event log are held against the manifest. What is there is never overwritten.")

    @OptionGroup var place: PlaceOptions
    @Option(help: ArgumentHelp("The folder or file that “moro backup” made.", valueName: "place")) var from: String
    @Flag(help: "Print JSON.") var json = false

    func run() async throws {
        let settings = try place.settings()
        let (manifest, files) =
            Archive.isArchive(from)
            ? try await Archive(URL(fileURLWithPath: from)).unpack { try await Restore(settings: settings, from: $0).run() }
            : try await Restore(settings: settings, from: URL(fileURLWithPath: from, isDirectory: true)).run()
        if json {
            try Terminal.say(json: manifest)
        } else {
            Terminal.say("Restored as it was at \(manifest.takenAt): \(manifest.sentence), \(files.named) attached files.")
        }
        guard Set(files.missing).subtracting(manifest.files.missing).isEmpty else {
            throw Failure("all is restored, but \(files.missing.count) attached files are missing or damaged in the backup.")
        }
    }
}

extension Manifest {
    fileprivate var sentence: String {
        let rows = contents.tables.reduce(0) { $0 + $1.rows }
        let heads = contents.heads.map { "\($0.name) up to event \($0.seq)" }.joined(separator: ", ")
        return "\(rows) rows" + (heads.isEmpty ? "" : ", \(heads)")
    }
}

extension BroughtFiles {
    fileprivate func complain() {
        if !missing.isEmpty { Terminal.complain("\(missing.count) attached files are missing where they should be.") }
    }
}
