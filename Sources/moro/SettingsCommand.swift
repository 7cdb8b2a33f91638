import App
import ArgumentParser

struct SettingsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "settings", abstract: "List every setting with its value now, its default and its meaning.")

    @OptionGroup var place: PlaceOptions
    @OptionGroup var serving: ServingOptions
    @Flag(help: "Print JSON.") var json = false
    @Flag(help: "Print the table as it stands in the manual.") var markdown = false

    func run() async throws {
        if markdown { return Terminal.say(Setting.manual) }
        let settings = try place.settings(serving.given)
        if json { return try Terminal.say(json: ["settings": Setting.all.map { Facts($0, settings) }]) }
        for setting in Setting.all {
            Terminal.say("\(setting.name): \(setting.text(in: settings))")
            Terminal.say("    \(setting.meaning)")
            Terminal.say(
                "    default \(setting.standard) · \(setting.variable) · \(setting.hasFlag ? "--" + setting.flag : "not on the command line, which others can read")\n"
            )
        }
    }

    private struct Facts: Encodable {
        let name, value, standard, meaning, variable: String
        let flag: String?

        enum CodingKeys: String, CodingKey {
            case name, value, meaning, variable, flag
            case standard = "default"
        }

        init(_ setting: Setting, _ settings: Settings) {
            (name, value, standard) = (setting.name, setting.text(in: settings), setting.standard)
            (meaning, variable, flag) = (setting.meaning, setting.variable, setting.hasFlag ? "--" + setting.flag : nil)
        }
    }
}
