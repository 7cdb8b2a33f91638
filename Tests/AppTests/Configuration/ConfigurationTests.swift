import Foundation
import Testing

@testable import App

@Suite("Configuration")
struct ConfigurationTests {
    struct Wrong: Sendable, CustomTestStringConvertible {
        var testDescription: String { says }
        var file: String?
        var environment: [String: String] = [:]
        var flags: [String: String] = [:]
        let says: String
    }

    static let wrong = [
        Wrong(
            file: "host: 127.0.0.1\nport: 80a\n", says: "moro.yaml, line 2: “port” can't be “80a”. Write a number from 1 to 65535."),
        Wrong(
            file: "# Ours\n\nprot: 8081\n", says: "moro.yaml, line 3: there is no setting “prot”. Did you mean “port”?"),
        Wrong(
            file: "colour: blue\n", says: "moro.yaml, line 1: there is no setting “colour”. “moro settings” lists them all."),
        Wrong(
            file: "limits:\n  messages-per-sesion: 5\n",
            says: "moro.yaml, line 2: there is no setting “limits.messages-per-sesion”. Did you mean “limits.messages-per-session”?"),
        Wrong(
            file: "limits:\n  messages-per-session: -1\n",
            says:
                "moro.yaml, line 2: “limits.messages-per-session” can't be “-1”. Write a number from 0 to 1000000; 0 is no limit."),
        Wrong(
            file: "port:\n  number: 8080\n", says: "moro.yaml, line 1: “port” can't be “{…}”. Write a number from 1 to 65535."),
        Wrong(
            file: "trusted-proxies: [10.0.0.0/8, somewhere]\n",
            says:
                "moro.yaml, line 1: “trusted-proxies” can't be “10.0.0.0/8, somewhere”. Write addresses or networks such as 127.0.0.1, 10.0.0.0/8, with commas between, or “none”."
        ),
        Wrong(file: "just words\n", says: "moro.yaml, line 1: the file must be lines like “port: 8080”."),
        Wrong(
            file: "port: 1\nport: 2\n", says: "moro.yaml: “port” stands there twice. Remove one of them."),
        Wrong(
            environment: ["MORO_BASE_URL": "chat.example"],
            says:
                "environment variable MORO_BASE_URL: “base-url” can't be “chat.example”. Write an address such as https://chat.example, without a path."
        ),
        Wrong(
            environment: ["MORO_PROT": "8080"],
            says: "environment variable MORO_PROT: there is no setting “MORO_PROT”. Did you mean “MORO_PORT”?"),
        Wrong(
            flags: ["log-level": "loud"],
            says: "--log-level: “log-level” can't be “loud”. Write one of trace, debug, info, notice, warning, error and critical."),
        Wrong(
            flags: ["host": "nowhere"],
            says: "--host: “host” can't be “nowhere”. Write an IP address such as 127.0.0.1, 0.0.0.0 or ::, or “localhost”."),
        Wrong(flags: ["owner": "tuula"], says: "--owner: “owner” can't be “tuula”. Write an address like tuula@example.com."),
        Wrong(flags: ["data": ""], says: "--data: “data” can't be empty. Write the path of a directory."),
    ]

    @Test("A wrong setting is named with its place and the remedy", arguments: wrong)
    func wrongSettingIsNamed(wrong: Wrong) throws {
        let place = try Place()
        let file = try wrong.file.map { try place.file("moro.yaml", $0) }
        let faults = #expect(throws: ConfigurationFaults.self) {
            try Configuration.settings(flags: wrong.flags, environment: wrong.environment, file: file)
        }
        #expect(faults?.description == wrong.says)
        #expect(faults?.isUsage == !wrong.flags.isEmpty)
    }

    @Test("Everything that is wrong is told at once")
    func allFaultsAtOnce() throws {
        let place = try Place()
        let file = try place.file("moro.yaml", "port: 0\nhots: x\n")
        let faults = #expect(throws: ConfigurationFaults.self) { try Configuration.settings(flags: [:], environment: [:], file: file) }
        #expect(faults?.faults.count == 2)
    }

    @Test("Broken YAML is told by its line")
    func brokenYAML() throws {
        let place = try Place()
        let file = try place.file("moro.yaml", "port: 8080\nhost: [1\n")
        let faults = #expect(throws: ConfigurationFaults.self) { try Configuration.settings(flags: [:], environment: [:], file: file) }
        #expect(faults?.description.hasPrefix("moro.yaml, line 3: this is not YAML: ") == true)
    }

    @Test("A missing file is told by its path")
    func missingFile() {
        let faults = #expect(throws: ConfigurationFaults.self) {
            try Configuration.settings(flags: [:], environment: [:], file: "nowhere/moro.yaml")
        }
        #expect(faults?.description == "nowhere/moro.yaml: the configuration file can't be read. Check the path and that Moro may read it.")
    }

    @Test("An empty file changes nothing")
    func emptyFile() throws {
        let place = try Place()
        for text in ["", "# only a word\n"] {
            let file = try place.file("moro.yaml", text)
            #expect(try Configuration.settings(flags: [:], environment: [:], file: file) == Settings())
        }
    }

    @Test("The command line goes before the environment, the environment before the file")
    func precedence() throws {
        let place = try Place()
        let file = try place.file("moro.yaml", "port: 1001\nhost: 0.0.0.0\ncompany: Löylymäki\n")
        let settings = try Configuration.settings(
            flags: ["port": "1003"],
            environment: ["MORO_PORT": "1002", "MORO_HOST": "::1", "MORO_CONFIG": file, "MORO_SERVICE_HOST": "10.0.0.7"],
            file: file)
        #expect(settings.port == 1003)
        #expect(settings.host == "::1")
        #expect(settings.company == "Löylymäki")
    }

    @Test("Names with dots and names below one another are the same")
    func dotsAndLevels() throws {
        let place = try Place()
        let flat = try place.file("flat.yaml", "limits.requests-per-address: 0\nlimits.sign-ins-per-address: 7\n")
        let deep = try place.file("deep.yaml", "limits:\n  requests-per-address: 0\n  sign-ins-per-address: 7\n")
        let settings = try [flat, deep].map { try Configuration.settings(flags: [:], environment: [:], file: $0) }
        #expect(settings[0] == settings[1])
        #expect(settings[0].limits.requestsPerAddress == 0)
        #expect(settings[0].limits.signInsPerAddress == 7)
    }

    @Test("Without an address of its own, Moro is reached at its port")
    func baseURL() throws {
        #expect(try Configuration.settings(flags: ["port": "8090"], environment: [:], file: nil).baseURL == "http://localhost:8090")
        let settings = try Configuration.settings(flags: ["base-url": "https://chat.example/"], environment: [:], file: nil)
        #expect(settings.baseURL == "https://chat.example")
        #expect(settings.isSecure)
    }
}
