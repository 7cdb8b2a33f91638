import Core
import Foundation
import Storage
import TestSupport
import Testing

@testable import App

@Suite("moro move")
struct MoveCommandTests {
    @Test("The demo shop goes to PostgreSQL and home again, with its files, every row as it was", .enabled(if: DurableServer.isPossible))
    func thereAndBack() async throws {
        let (place, home, address) = (try Place(), try Place(), try DurableServer.shared().makeDatabase())
        try await open(place)
        let digest = try await place.attach("kuva kiukaasta")
        let there = try Command.moro(
            ["move", "--from", "sqlite:" + place.settings.data.path, "--to", address, "--json"])
        #expect(there.status == 0, "\(there)")
        #expect(!there.output.contains("vasta") && !there.complaint.contains("vasta"))
        #expect(there.complaint.contains("copying messages") && there.complaint.contains("checking followers"), "\(there.complaint)")
        let agents: [[String: Any]]? = try Command.moro(["agent", "list", "--json", "--database", address]).fact("agents")
        #expect(agents?.isEmpty == false)
        let back = try Command.moro(
            [
                "move", "--from", address, "--to", "sqlite:" + home.settings.data.path, "--data", place.settings.data.path, "--json",
            ])
        #expect(back.status == 0, "\(back)")
        let checksums: [String?] = [try there.fact("checksum"), try back.fact("checksum")]
        #expect(checksums[0] != nil && checksums[0] == checksums[1])
        #expect(try await home.settings.openFiles().get(digest) == Data("kuva kiukaasta".utf8))
        #expect(try await home.texts("SELECT COUNT(*) AS answer FROM messages") == place.texts("SELECT COUNT(*) AS answer FROM messages"))
    }

    @Test("Each way it can't be done has its sentence")
    func refusals() async throws {
        let (full, other, empty) = (try Place(), try Place(), try Place())
        try await open(full)
        try await open(other)
        let (from, to, nowhere) = (address(full), address(other), address(empty))
        let before = try await other.texts("SELECT id AS answer FROM conversations ORDER BY id")
        let refused = [
            (["--from", from, "--to", to], "already holds data (workspaces)"),
            (["--from", from, "--to", from], "are the same installation"),
            (["--from", nowhere, "--to", to], "there is no database in"),
            (["--from", from, "--to", "postgres://moro:salasana@127.0.0.1:1/moro"], "Nothing answers at the database address"),
        ]
        for (words, sentence) in refused {
            let command = try Command.moro(["move"] + words)
            #expect(command.status == 1 && command.complaint.contains(sentence), "\(command)")
            #expect(command.complaint.split(separator: "\n").count == 1 && !command.complaint.contains("salasana"), "\(command)")
        }
        #expect(try Command.moro(["move", "--from", "moro.db", "--to", to]).status == 64)
        #expect(try await other.texts("SELECT id AS answer FROM conversations ORDER BY id") == before)
    }

    @Test("A target that is not finished is opened by no command, and named as what it is")
    func unfinished() async throws {
        let place = try Place()
        try await open(place)
        let premises = try Premises.open(place.settings)
        _ = try await premises.store.write { try $0.run("INSERT INTO schema_steps (step) VALUES (\(Copying.unfinished))") }
        try premises.close()
        let command = try Command.moro(["agent", "list", "--data", place.settings.data.path])
        #expect(command.status == 1 && command.complaint.contains("a move to ") && command.complaint.contains("not finished"), "\(command)")
    }

    private func address(_ place: Place) -> String { "sqlite:" + place.settings.data.path }

    private func open(_ place: Place) async throws { try await DemoShop(settings: place.settings).open() }
}
