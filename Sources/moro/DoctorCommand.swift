import App
import ArgumentParser

struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: "Look at what Moro needs from this machine, and say how to mend what is wrong.")

    @OptionGroup var place: PlaceOptions
    @OptionGroup var serving: ServingOptions
    @Flag(help: "Print JSON.") var json = false

    func run() async throws {
        let findings = await Doctor(settings: try place.settings(serving.given)).examine()
        if json { try Terminal.say(json: ["findings": findings]) } else { for finding in findings { show(finding) } }
        let faults = findings.filter { $0.level == .fault }
        guard faults.isEmpty else { throw Failure("to be mended: \(faults.map(\.subject).joined(separator: ", ")).") }
    }

    private func show(_ finding: Finding) {
        Terminal.say("\(finding.level.rawValue.padded(to: 8)) \(finding.subject.padded(to: 16)) \(finding.sentence)")
        if let remedy = finding.remedy { Terminal.say("\("".padded(to: 25)) \(remedy)") }
    }
}

extension String {
    fileprivate func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}
