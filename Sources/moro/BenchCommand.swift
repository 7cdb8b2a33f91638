import App
import ArgumentParser

struct BenchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench", abstract: "Measure this machine. “bin/bench” shows the figures beside its peers'.", subcommands: [Write.self])

    struct Write: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "How many durable messages a second the front desk takes in, without network.",
            discussion: "Writes real messages to the demo shop in the data directory: give it one that may be thrown away.")

        @OptionGroup var place: PlaceOptions
        @Option(help: "How long.") var seconds: Double = 5
        @Option(help: "How many write at once.") var writers: Int = 256
        @Flag(help: "Print JSON.") var json = false

        func validate() throws {
            guard (0.1...600).contains(seconds) else { throw ValidationError("--seconds is a number from 0.1 to 600.") }
            guard (1...10_000).contains(writers) else { throw ValidationError("--writers is a number from 1 to 10000.") }
        }

        func run() async throws {
            let count = try await WritePath(settings: place.settings(), seconds: seconds, writers: writers).run()
            if json { return try Terminal.say(json: count) }
            Terminal.say("\(count.messages) messages in \(Int(count.seconds.rounded())) s: \(Int(count.perSecond)) a second.")
        }
    }
}
