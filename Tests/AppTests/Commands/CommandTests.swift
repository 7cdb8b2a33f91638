import Foundation
import Testing

@Suite("The command line")
struct CommandTests {
    let place: Place
    private var here: [String] { ["--data", place.settings.data.path] }

    init() throws { place = try Place.underTest() }

    @Test("Wrong usage ends with 64 and says what is wrong")
    func usage() throws {
        for words in [
            ["bogus"], ["agent", "add"], ["serve", "--port", "x"], ["demo", "fill", "--conversations", "0"], ["site", "snippet"],
        ] {
            let command = try run(words)
            #expect(command.status == 64, "\(words)")
            #expect(!command.complaint.isEmpty, "\(words)")
        }
    }

    @Test("What can't be done ends with 1 and one sentence")
    func refusals() throws {
        let data = place.settings.data.path
        let wrongFile = try place.file("moro.yaml", "prot: 1\n")
        let refused = [
            ["agent", "sign-in-link", "nobody@loylymaki.example", "--data", data], ["site", "snippet", "nowhere", "--data", data],
            ["settings", "--config", wrongFile], ["agent", "list", "--config", "missing.yaml"],
            ["agent", "add", "--email", "maija", "--name", "Maija", "--data", data],
            ["site", "add", "--name", "Shop", "--key", "NOT A KEY", "--data", data],
            ["site", "add", "--name", "Shop", "--origin", "shop.example/path", "--data", data],
            ["agent", "list", "--database", "sqlite", "--data", "/proc/moro"],
        ]
        for words in refused {
            let command = try run(words)
            #expect(command.status == 1, "\(words): \(command.complaint)")
            #expect(command.complaint.hasPrefix("moro: "), "\(words): \(command.complaint)")
            #expect(command.complaint.split(separator: "\n").count == 1, "\(words): \(command.complaint)")
        }
    }

    @Test("The first command founds the company; people and sites are listed as facts")
    func peopleAndSites() throws {
        #expect(try run(["site", "add", "--name", "Löylymäki", "--origin", "https://shop.example"] + here).status == 0)
        let added = try run(["agent", "add", "--email", "Maija@shop.example", "--name", "Maija", "--json"] + here)
        #expect(try added.fact("email") == "maija@shop.example")
        #expect(try added.fact("link").map { (link: String) in link.contains("/desk/sign-in?link=") } == true)
        let agents: [[String: Any]]? = try run(["agent", "list", "--json"] + here).fact("agents")
        #expect(agents?.count == 2)
        let sites: [[String: Any]]? = try run(["site", "list", "--json"] + here).fact("sites")
        let key = try #require(sites?.first?["key"] as? String)
        let snippet = try run(["site", "snippet", key, "--base-url", "https://chat.example"] + here).output
        #expect(snippet.hasPrefix(#"<script async src="https://chat.example/embed.js" data-site="\#(key)"></script>"#))
    }

    @Test("The first owner can be named")
    func owner() throws {
        let added = try run(
            [
                "agent", "add", "--email", "tuula@shop.example", "--name", "Tuula", "--role", "owner", "--data", place.settings.data.path,
                "--json",
            ])
        #expect(try added.fact("role") == "owner")
        let agents: [[String: Any]]? = try run(["agent", "list", "--json", "--data", place.settings.data.path]).fact("agents")
        #expect(agents?.count == 1)
    }

    @Test("A password comes from standard input; a weak one is refused")
    func passwords() throws {
        let add = ["agent", "add", "--email", "maija@shop.example", "--name", "Maija", "--password-stdin"] + here
        #expect(try run(add, given: "neljä sanaa on hyvä\n").status == 0)
        let reset = ["agent", "reset-password", "maija@shop.example", "--password-stdin"] + here
        #expect(try run(reset, given: "kuusi sanaa on vielä parempi\n").status == 0)
        #expect(
            try run(reset, given: "lyhyt\n").complaint
                == "moro: password: Choose at least 10 characters. Four words make a good password.\n")
        #expect(try run(reset, given: "").status == 1)
    }

    @Test("Who is added with a weak password is not added at all")
    func weakPassword() throws {
        let add = ["agent", "add", "--email", "maija@shop.example", "--name", "Maija", "--password-stdin"] + here
        let refused = try run(add, given: "lyhyt\n")
        #expect(refused.status == 1)
        #expect(refused.complaint == "moro: password: Choose at least 10 characters. Four words make a good password.\n")
        let agents: [[String: Any]]? = try run(["agent", "list", "--json"] + here).fact("agents")
        #expect(agents?.isEmpty == true)
        #expect(try run(add, given: "neljä sanaa on hyvä\n").status == 0)
    }

    @Test("Facts are printed as JSON")
    func json() throws {
        let settings: [[String: Any]]? = try run(["settings", "--json"]).fact("settings")
        #expect(settings?.contains { $0["name"] as? String == "port" && $0["default"] as? String == "8080" } == true)
        let findings: [[String: Any]]? = try run(["doctor", "--json", "--port", "18351", "--data", place.settings.data.path]).fact(
            "findings")
        #expect(findings?.allSatisfy { ["ok", "warning", "fault"].contains($0["level"] as? String) } == true)
        #expect(try run(["--version"]).output.contains("."))
    }

    @Test("The doctor names a taken port and a missing front end, and ends with 1")
    func doctor() throws {
        let taken = try Listener()
        defer { taken.close() }
        let command = try run(["doctor", "--port", "\(taken.port)", "--web", "nowhere", "--data", place.settings.data.path])
        #expect(command.status == 1)
        #expect(command.complaint == "moro: to be mended: port, front end.\n")
        #expect(command.output.contains("another program has 127.0.0.1:\(taken.port)"))
    }

    @Test("Serving at a taken port is refused before anything is made")
    func takenPort() throws {
        let taken = try Listener()
        defer { taken.close() }
        let command = try run(["serve", "--port", "\(taken.port)", "--data", place.settings.data.path])
        #expect(command.status == 1)
        #expect(command.complaint == "moro: port \(taken.port) is taken by another program. Choose another with --port.\n")
        #expect(!FileManager.default.fileExists(atPath: place.settings.data.path))
    }

    private func run(_ words: [String], given: String = "") throws -> Command {
        try Command.moro(words, given: given, environment: place.environment)
    }
}
