import App
import ArgumentParser
import Foundation
import Logging

struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Serve the chat and the desk until told to stop.",
        discussion: "The first start makes the company and prints a one-time link for its owner. SIGTERM and SIGINT end it gently.")

    @OptionGroup var place: PlaceOptions
    @OptionGroup var serving: ServingOptions

    func run() async throws {
        let settings = try place.settings(serving.given)
        startLogging(settings.logLevel)
        try Opening(settings).check()
        for line in try await Opening(settings).prepare() { Terminal.say(line) }
        try await Server(settings: settings).run()
    }

    private func startLogging(_ level: Logger.Level) {
        LoggingSystem.bootstrap { label in
            var handler = StreamLogHandler.standardError(label: label)
            handler.logLevel = level
            return handler
        }
    }
}
