import Foundation
import TestSupport
import Testing

@Suite("Commands on PostgreSQL", .enabled(if: DurableServer.isPossible))
struct PostgresCommandTests {
    @Test("People, sites and the demo shop are kept there, and nothing of it in the data directory")
    func commands() throws {
        let (place, address) = (try Place(), try DurableServer.shared().makeDatabase())
        #expect(try run(["site", "add", "--name", "Löylymäki"], place, address).status == 0)
        #expect(try run(["agent", "add", "--email", "maija@shop.example", "--name", "Maija"], place, address).status == 0)
        let agents: [[String: Any]]? = try run(["agent", "list", "--json"], place, address).fact("agents")
        #expect(agents?.count == 2)
        let filled = try run(["demo", "fill", "--conversations", "30", "--json"], place, address)
        #expect(try filled.fact("conversations") == 30, "\(filled)")
        let measured = try run(["bench", "write", "--seconds", "0.2", "--writers", "4", "--json"], place, address)
        #expect(try measured.fact("messages").map { $0 > 0 } == true, "\(measured)")
        #expect(!FileManager.default.fileExists(atPath: place.settings.databaseFile.path))
    }

    @Test("The doctor looks at the server and makes no tables")
    func doctor() throws {
        let (place, address) = (try Place(), try DurableServer.shared().makeDatabase())
        let before = try run(["doctor", "--port", "18103"], place, address)
        #expect(before.output.contains("no tables yet"), "\(before)")
        #expect(before.output.contains("synchronous_commit"))
        #expect(before.output.contains("postgres") == false || !before.output.contains("L%C3%B6yly"))
        #expect(try run(["site", "add", "--name", "Löylymäki"], place, address).status == 0)
        #expect(try run(["doctor", "--port", "18103"], place, address).output.contains("0 conversations, 0 people"))
    }

    @Test("A wrong password, a wrong user, a wrong database: each has its sentence")
    func refused() throws {
        let (place, server) = (try Place(), try DurableServer.shared())
        let wrong = [
            (server.address(of: "postgres", password: "väärä salasana"), "PostgreSQL does not let this user in."),
            (server.address(of: "postgres", user: "liisa"), "PostgreSQL does not let this user in."),
            (server.address(of: "nowhere"), "There is no such database."),
            (server.address(of: "postgres", more: "?sslmode=require"), "The address asks for TLS"),
        ]
        for (address, sentence) in wrong {
            let command = try run(["agent", "list"], place, address)
            #expect(command.status == 1 && command.complaint.contains(sentence), "\(command)")
            #expect(!command.complaint.contains("salasana") && !command.complaint.contains("vasta"), "\(command)")
        }
    }

    @Test("A user who may not make tables is told which right is missing")
    func noRight() throws {
        let (place, server) = (try Place(), try DurableServer.shared())
        _ = try server.makeDatabase()
        try server.session("postgres").run("CREATE ROLE vieras LOGIN PASSWORD 'salasana'")
        let command = try run(["agent", "list"], place, server.address(of: "postgres", user: "vieras", password: "salasana"))
        #expect(command.status == 1 && command.complaint.contains("GRANT ALL ON SCHEMA"), "\(command)")
    }

    private func run(_ words: [String], _ place: Place, _ address: String) throws -> Command {
        try Command.moro(words + ["--data", place.settings.data.path], environment: ["MORO_DATABASE": address])
    }
}
