import App
import Foundation
import Testing

@Suite("The manual's settings")
struct ManualTests {
    @Test("The table in docs/running.md is the one the program prints")
    func manualAgrees() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../../..")
        let manual = try String(contentsOf: root.appendingPathComponent("docs/running.md"), encoding: .utf8)
        #expect(manual.contains(Setting.manual), "Put the output of “moro settings --markdown” into docs/running.md.")
        #expect(try Command.moro(["settings", "--markdown"]).output == Setting.manual + "\n")
    }

    @Test("Every setting is a flag of serve, but for the keys, which every user of the machine could read there")
    func everySettingIsAFlag() throws {
        let help = try Command.moro(["serve", "--help"]).output
        for setting in Setting.all { #expect(help.contains("--\(setting.flag) ") == setting.hasFlag, "\(setting.name)") }
        #expect(Setting.all.filter { !$0.hasFlag }.map(\.name) == ["s3-access-key", "s3-secret-key", "s3-session-token"])
    }

    @Test("No default is wrong by its own rule")
    func defaultsAreRight() throws {
        let flags = Dictionary(uniqueKeysWithValues: Setting.all.map { ($0.name, $0.text(in: Settings())) })
        let settings = try Configuration.settings(flags: flags, environment: [:], file: nil)
        for setting in Setting.all { #expect(setting.text(in: settings) == setting.text(in: Settings())) }
    }
}
