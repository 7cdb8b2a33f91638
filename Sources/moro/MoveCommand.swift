import App
import ArgumentParser
import Foundation
import Storage

struct MoveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "move", abstract: "Carry a whole installation to another database: from SQLite to PostgreSQL, or back.",
        discussion: """
            Stop Moro first. Counts and checksums of every table are compared at the end. Interrupted, it goes on where it was when the \
            same command is given again; until it is finished no Moro opens the target. The words to search by are collected anew \
            after the first start.
            """)

    @OptionGroup var place: PlaceOptions
    @Option(help: ArgumentHelp("sqlite:DIRECTORY, or postgres://user@host/database.", valueName: "installation")) var from: String
    @Option(help: ArgumentHelp("The same, and empty.", valueName: "installation")) var to: String
    @Option(help: ArgumentHelp("The data directory that holds the attached files now, when --from is PostgreSQL.", valueName: "directory"))
    var filesFrom: String?
    @Option(help: ArgumentHelp("The data directory that is to hold the attached files.", valueName: "directory")) var filesTo: String?
    @Flag(help: "Print JSON.") var json = false

    func validate() throws {
        for (name, text) in [("from", from), ("to", to)] where Installation(text) == nil {
            throw ValidationError("--\(name) can't be read. Write sqlite:DIRECTORY or postgres://user:password@host:5432/database.")
        }
    }

    func run() async throws {
        guard let from = Installation(from), let to = Installation(to) else { return }
        let move = Move(
            settings: try place.settings(), from: from, to: to, filesFrom: filesFrom.map(Self.directory),
            filesTo: filesTo.map(Self.directory))
        let result = try await move.run(Self.show())
        if json { return try Terminal.say(json: result) }
        Terminal.say(
            table: [["table", "rows", "SHA-256"]] + result.tables.map { [$0.name, "\($0.rows)", String($0.checksum.prefix(16))] })
        Terminal.say("\n\(result.rows) rows have arrived in \(to), all as they were.")
        Terminal.say("\(result.files.named) attached files, \(result.files.brought) of them copied.")
        if !result.files.missing.isEmpty {
            Terminal.complain("\(result.files.missing.count) attached files are missing where they should be.")
        }
    }

    private static func directory(_ path: String) -> URL { URL(fileURLWithPath: path, isDirectory: true) }

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
