import App
import ArgumentParser
import Files
import Foundation
import Storage

struct MoveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "move", abstract: "Carry a whole installation to another database, or the attached files alone to another place.",
        discussion: """
            Stop Moro first. Counts and checksums of every table are compared at the end. Interrupted, it goes on where it was when the \
            same command is given again; until it is finished no Moro opens the target. The words to search by are collected anew \
            after the first start.

            Without --from and --to the attached files alone are carried, those that the database of the settings names, and a Moro may \
            be at work: stop it, give the command once more for what has come meanwhile, and start it with the new place.
            """)

    @OptionGroup var place: PlaceOptions
    @Option(help: ArgumentHelp("sqlite:DIRECTORY, or postgres://user@host/database.", valueName: "installation")) var from: String?
    @Option(help: ArgumentHelp("The same, and empty.", valueName: "installation")) var to: String?
    @Option(
        help: ArgumentHelp(
            "Where the attached files are now, as in the setting files: a directory or s3://… (default: SQLite's own, or the setting's)",
            valueName: "place"))
    var filesFrom: String?
    @Option(help: ArgumentHelp("Where the attached files are to be. (default: SQLite's own, or where they are)", valueName: "place"))
    var filesTo: String?
    @Flag(help: "Print JSON.") var json = false

    func validate() throws {
        for (name, text) in [("from", from), ("to", to)] where text.map({ Installation($0) == nil }) ?? false {
            throw ValidationError("--\(name) can't be read. Write sqlite:DIRECTORY or postgres://user:password@host:5432/database.")
        }
        for (name, text) in [("files-from", filesFrom), ("files-to", filesTo)] where text.map({ FilesChoice($0) == nil }) ?? false {
            throw ValidationError("--\(name) can't be read. Write a directory or s3://BUCKET/PREFIX?endpoint=https://HOST&region=REGION.")
        }
        guard (from == nil) == (to == nil), from != nil || filesTo != nil else {
            throw ValidationError("Write --from and --to for everything, or --files-to for the attached files alone.")
        }
    }

    func run() async throws {
        let (filesFrom, filesTo) = (filesFrom.flatMap(FilesChoice.init), filesTo.flatMap(FilesChoice.init))
        if let from = from.flatMap(Installation.init), let to = to.flatMap(Installation.init) {
            try await move(Move(settings: place.settings(), from: from, to: to, filesFrom: filesFrom, filesTo: filesTo), to)
        } else if let filesTo {
            let files = try await FilesMove(settings: place.settings(), from: filesFrom, to: filesTo).run()
            if json { try Terminal.say(json: files) } else { tell(files) }
        }
    }

    private func move(_ move: Move, _ to: Installation) async throws {
        let result = try await move.run(Self.show())
        if json { return try Terminal.say(json: result) }
        Terminal.say(
            table: [["table", "rows", "SHA-256"]] + result.tables.map { [$0.name, "\($0.rows)", String($0.checksum.prefix(16))] })
        Terminal.say("\n\(result.rows) rows have arrived in \(to), all as they were.")
        tell(result.files)
    }

    private func tell(_ files: BroughtFiles) {
        Terminal.say("\(files.named) attached files, \(files.brought) of them copied.")
        if !files.missing.isEmpty { Terminal.complain("\(files.missing.count) attached files are missing where they should be.") }
    }

    /// A line for every table, on a terminal for every batch.
    private static func show() -> (Copying.Progress) -> Void {
        var last = ""
        let isTerminal = isatty(STDERR_FILENO) == 1
        return { progress in
            let step = "\(progress.phase.rawValue) \(progress.table)"
            guard isTerminal || step != last else { return }
            last = step
            Terminal.progress(progress.sentence, isLast: progress.phase == .checking && progress.done == progress.of)
        }
    }
}

extension Copying.Progress {
    fileprivate var sentence: String { "\(phase.rawValue) \(table): \(done)" + (of.map { " of \($0) rows" } ?? " rows") }
}
