import App
import ArgumentParser

struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo", abstract: "Make the demo shop Löylymäki, its people and some conversations.", subcommands: [Fill.self])

    @OptionGroup var place: PlaceOptions

    func run() async throws {
        let settings = try place.settings()
        let isNew = try await DemoShop(settings: settings).open()
        Terminal.say(isNew ? "Löylymäki is open. “moro serve --demo” serves it." : "Löylymäki was there already; nothing was changed.")
    }

    struct Fill: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Fill the demo shop with a year of believable conversations.",
            discussion:
                "About ten messages a conversation. The same seed and moment give the same conversations. A server on the same data answers slowly meanwhile."
        )

        @OptionGroup var place: PlaceOptions
        @Option(help: "How many conversations.") var conversations: Int
        @Option(help: "What chance starts from.") var seed: UInt64 = 1
        @Flag(help: "Print JSON.") var json = false

        func validate() throws {
            guard (1...2_000_000).contains(conversations) else { throw ValidationError("--conversations is a number from 1 to 2000000.") }
        }

        func run() async throws {
            let settings = try place.settings()
            try await DemoShop(settings: settings).open()
            let count = try await Filling(settings: settings, conversations: conversations, seed: seed).run { progress in
                Terminal.progress(progress.sentence, isLast: progress.isLast)
            }
            if json { return try Terminal.say(json: count) }
            Terminal.say("\(count.conversations) conversations, \(count.messages) messages.")
        }
    }
}
