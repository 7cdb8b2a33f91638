import Foundation
import Testing

@testable import App

@Suite("The setting of the database")
struct DatabaseSettingTests {
    private static let address = "postgres://moro:salasana@127.0.0.1:1/moro"

    @Test("Nobody prints the password: not the settings, not their fault, not the settings as a whole")
    func noPassword() throws {
        let place = try Place()
        let file = try place.file("moro.yaml", "database: \(Self.address)\n")
        let shown = [
            try Command.moro(["settings", "--config", file]),
            try Command.moro(["settings", "--json"], environment: ["MORO_DATABASE": Self.address]),
            try Command.moro(["settings", "--database", Self.address]),
        ]
        for command in shown {
            #expect(command.status == 0 && command.output.contains("postgres://moro@127.0.0.1:1/moro"), "\(command)")
            #expect(!command.output.contains("salasana") && !command.complaint.contains("salasana"))
        }
        let settings = try Configuration.settings(flags: ["database": Self.address], environment: [:], file: nil)
        var dumped = "\(settings)\(String(reflecting: settings))"
        dump(settings, to: &dumped)
        #expect(!dumped.contains("salasana"))
    }

    @Test(
        "A wrong address is refused with its place, and not repeated",
        arguments: [
            "mysql://moro:salasana@host/moro", "salasana", "postgres://moro:sala@salasana@host/moro", "postgres://moro:salasana@host:[",
        ])
    func wrong(address: String) throws {
        let place = try Place()
        let file = try place.file("moro.yaml", "port: 1\ndatabase: \"\(address)\"\n")
        let fault = #expect(throws: ConfigurationFaults.self) {
            try Configuration.settings(flags: [:], environment: [:], file: file)
        }
        #expect(fault?.description.hasPrefix("moro.yaml, line 2: “database” can't be read. Write postgres://user:password@") == true)
        let command = try Command.moro(["agent", "list", "--database", address])
        #expect(command.status == 64 && !command.complaint.contains("salasana"), "\(command)")
    }

    @Test("Empty and “sqlite” are the file in the data directory", arguments: ["", "sqlite"])
    func file(text: String) throws {
        #expect(try Configuration.settings(flags: ["database": text], environment: [:], file: nil).database == .sqlite)
    }

    @Test("Where nothing answers every command says so in one sentence, without the password")
    func nobodyThere() throws {
        let place = try Place()
        let rest = ["--database", Self.address, "--data", place.settings.data.path]
        for words in [
            ["agent", "list"], ["site", "list"], ["demo"], ["bench", "write", "--seconds", "0.1"], ["serve", "--port", "18103"],
        ] {
            let command = try Command.moro(words + rest)
            #expect(command.status == 1, "\(words)")
            #expect(
                command.complaint.hasPrefix("moro: the database postgres://moro@127.0.0.1:1/moro can't be used. Nothing answers"),
                "\(command)")
            #expect(command.complaint.split(separator: "\n").count == 1 && !command.complaint.contains("salasana"), "\(command)")
        }
        let doctor = try Command.moro(["doctor"] + rest)
        #expect(doctor.status == 1 && doctor.output.contains("Nothing answers") && !doctor.output.contains("salasana"), "\(doctor)")
    }
}
