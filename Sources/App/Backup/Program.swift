import Foundation

/// Another program of this machine, found on the PATH.
struct Program: Sendable {
    private let name: String
    private let place: URL

    /// - Parameter remedy: what to do where it is missing.
    init(_ name: String, orElse remedy: String) throws {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map(String.init)
        guard let folder = folders.first(where: { FileManager.default.isExecutableFile(atPath: $0 + "/" + name) }) else {
            throw Failure("the program \(name) is not on the PATH. \(remedy)")
        }
        (self.name, place) = (name, URL(fileURLWithPath: folder).appendingPathComponent(name))
    }

    /// Runs it to its end. Its output goes nowhere, its complaint into the failure.
    func run(_ words: [String], _ environment: [String: String] = [:]) throws {
        let run = try start(words, environment)
        run.wait()
        try run.check()
    }

    func start(_ words: [String], _ environment: [String: String] = [:]) throws -> Run { try Run(name, place, words, environment) }

    /// Under way. Asked by one thread at a time, hence unchecked.
    final class Run: @unchecked Sendable {
        private let name: String
        private let process = Process()
        private let complaint = FileManager.default.temporaryDirectory.appendingPathComponent("moro-\(UUID().uuidString)")

        fileprivate init(_ name: String, _ place: URL, _ words: [String], _ environment: [String: String]) throws {
            self.name = name
            FileManager.default.createFile(atPath: complaint.path, contents: nil, attributes: [.posixPermissions: 0o600])
            (process.executableURL, process.arguments) = (place, words)
            process.environment = ProcessInfo.processInfo.environment.merging(environment) { _, new in new }
            process.standardInput = FileHandle.nullDevice
            process.standardOutput = FileHandle.nullDevice
            process.standardError = try FileHandle(forWritingTo: complaint)
            try process.run()
        }

        deinit {
            if process.isRunning { process.terminate() }
            try? FileManager.default.removeItem(at: complaint)
        }

        var hasEnded: Bool { !process.isRunning }
        func wait() { process.waitUntilExit() }

        /// - Throws: what it complained about, when it has failed.
        func check() throws {
            guard process.terminationStatus != 0 else { return }
            let lines = (try? String(contentsOf: complaint, encoding: .utf8))?.split(separator: "\n") ?? []
            throw Failure("\(lines.first.map { String($0) } ?? "\(name): ended with \(process.terminationStatus)"). Nothing was finished.")
        }
    }
}
