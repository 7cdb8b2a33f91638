import App
import ArgumentParser
import CMalloc
import Core
import Foundation

/// The command line. Exit statuses: 0 done, 1 refused or failed with a sentence on standard error, 64 wrong usage.
@main
struct Moro: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "moro", abstract: "A customer-service desk around a chat window.",
        version: Release.version,
        subcommands: [
            ServeCommand.self, DemoCommand.self, AgentCommand.self, SiteCommand.self, DoctorCommand.self, SettingsCommand.self,
            BackupCommand.self, RestoreCommand.self, MoveCommand.self, HolidaysCommand.self, QueueCommand.self, BenchCommand.self,
        ])

    static func main() async {
        shareMemory()
        do {
            var command = try parseAsRoot()
            if var command = command as? any AsyncParsableCommand { try await command.run() } else { try command.run() }
        } catch {
            leave(because: error)
        }
    }

    /// glibc gives each thread a store of memory of its own, which for ten thousand sockets leaves megabytes between the stores.
    private static func shareMemory() {
        #if os(Linux)
            mallopt(M_ARENA_MAX, CInt(ProcessInfo.processInfo.activeProcessorCount))
        #endif
    }

    private static func leave(because error: any Error) -> Never {
        switch error {
        case let faults as ConfigurationFaults:
            for fault in faults.faults { Terminal.complain(fault.description) }
            Foundation.exit(faults.isUsage ? 64 : 1)
        case let failure as Failure: Terminal.complain(failure.description)
        case let refusal as Refusal: Terminal.complain(refusal.sentence)
        case is ExitCode: exit(withError: error)
        default:
            guard exitCode(for: error) == .failure else { exit(withError: error) }
            Terminal.complain("\(error)")
        }
        Foundation.exit(1)
    }
}
