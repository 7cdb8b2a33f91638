import Foundation

/// The built program, run as a person runs it.
struct Command {
    let status: Int32
    let output: String
    let complaint: String

    /// - Parameter given: what stands on its standard input.
    static func moro(_ words: [String], given: String = "", environment: [String: String] = [:]) throws -> Command {
        let process = Process()
        process.executableURL = Bundle.main.bundleURL.appendingPathComponent("moro")
        process.arguments = words
        process.environment = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("MORO_") }.merging(environment) { _, new in new
        }
        let (input, output, complaint) = (Pipe(), Pipe(), Pipe())
        (process.standardInput, process.standardOutput, process.standardError) = (input, output, complaint)
        try process.run()
        input.fileHandleForWriting.write(Data(given.utf8))
        try input.fileHandleForWriting.close()
        let said = try output.fileHandleForReading.readToEnd() ?? Data()
        let complained = try complaint.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return Command(
            status: process.terminationStatus, output: String(decoding: said, as: UTF8.self),
            complaint: String(decoding: complained, as: UTF8.self))
    }

    /// A value of the JSON that was printed.
    func fact<Value>(_ name: String) throws -> Value? {
        let facts = try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any]
        return facts?[name] as? Value
    }
}
