import Core
import Storage
import Testing
import TestSupport

private let shop = Loylymaki.workspace.id

@Suite("Several nodes on one database", .enabled(if: ScratchDatabase.isPostgres), .timeLimit(.minutes(2)))
struct PostgresNodesTests {
    let database: ScratchDatabase
    let nodes: [Store]

    init() async throws {
        let database = try await ScratchDatabase.make(isShared: true)
        nodes = try (1...3).map { try Store(database.open(), world: .fixed(Clock(), seed: UInt64($0))) }
        self.database = database
        try await Loylymaki.move(into: nodes[0])
        _ = try await nodes[0].write { try $0.start(Loylymaki.conversation()) }
    }

    @Test("Numbers have no gaps and no doubles, and each node tells its own in order")
    func gapless() async throws {
        let told = nodes.map { node in
            let told = Notebook<Int64>()
            node.tell { told.write($0.map(\.seq)) }
            return told
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (number, node) in nodes.enumerated() {
                for writer in 0..<20 {
                    group.addTask {
                        for line in 0..<5 {
                            try await node.write { _ = try $0.say("\(number) \(writer) \(line)", by: .contact("liisa"), in: "kiuas") }
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
        let log = try await nodes[1].read { try $0.events(after: 0, for: .agent(shop), limit: 1000).map(\.seq) }
        #expect(log == Array(1...301))
        #expect(told.flatMap(\.notes).sorted() == Array(2...301))
        for notes in told.map(\.notes) { #expect(notes == notes.sorted() && notes.count == 100) }
    }

    @Test("What a node decides on what it has read, no other node changes meanwhile")
    func decisions() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for node in nodes {
                for _ in 0..<40 {
                    group.addTask {
                        try await node.write { tx in
                            var pekka = try tx.contact("pekka", of: shop)
                            pekka.phone = "\((pekka.phone.flatMap(Int.init) ?? 0) + 1)"
                            try tx.save(pekka)
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(try await nodes[2].read { try $0.contact("pekka", of: shop).phone } == "120")
    }

    @Test("The same client id sent to all nodes at once is one message")
    func sameClientID() async throws {
        let answers = try await withThrowingTaskGroup(of: Int64.self) { group in
            for number in 0..<60 {
                let node = nodes[number % 3]
                group.addTask {
                    try await node.write { tx in
                        try tx.message(clientID: "c\(number / 6)", by: .contact("liisa"))?.seq
                            ?? tx.say("Moi", by: .contact("liisa"), in: "kiuas", clientID: "c\(number / 6)").seq
                    }
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(Set(answers) == Set(2...11))
    }

    @Test("Nodes that start together on an empty database make its tables once")
    func startingTogether() async throws {
        let empty = try await ScratchDatabase.make(isShared: true)
        let first = try Store(empty.open(), world: .fixed(Clock()))
        try await first.run("DROP SCHEMA public CASCADE")
        try await first.run("CREATE SCHEMA public")
        let started = try await withThrowingTaskGroup(of: Store.self) { group in
            for number in 1...4 { group.addTask { try Store(empty.open(), world: .fixed(Clock(), seed: UInt64(number))) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        try await Loylymaki.move(into: started[0])
        for store in started { #expect(try await store.read { try $0.workspaces() }.count == 2) }
    }

    @Test("A deadlock with somebody who is no node is resolved, and both get their way")
    func deadlock() async throws {
        let outsider = try PostgresSession(database.address)
        // So it is always the node that finds itself in the deadlock.
        try outsider.run("SET deadlock_timeout = '1min'; BEGIN; UPDATE contacts SET name = 'Toinen' WHERE id = 'pekka'")
        async let written: Void = nodes[0].write { tx in
            try tx.run("UPDATE contacts SET name = 'Ensin' WHERE id = 'liisa'")
            try tx.run("UPDATE contacts SET email = 'ensin@example.com' WHERE id = 'pekka'")
        }
        try await untilSomebodyWaits()
        try outsider.run("UPDATE contacts SET email = 'toinen@example.com' WHERE id = 'liisa'; COMMIT")
        try await written
        let (liisa, pekka) = try await nodes[1].read { (try $0.contact("liisa", of: shop), try $0.contact("pekka", of: shop)) }
        #expect((liisa.name, liisa.email) == ("Ensin", "toinen@example.com"))
        #expect((pekka.name, pekka.email) == ("Toinen", "ensin@example.com"))
    }

    @Test("A table that another node has changed is read as it is now")
    func changedTable() async throws {
        _ = try await nodes[0].read { try $0.contact("liisa", of: shop) }
        _ = try await nodes[0].write { try $0.contact("liisa", of: shop) }
        try await nodes[1].run("ALTER TABLE contacts ADD COLUMN sauna TEXT DEFAULT 'puu'")
        let liisa: SQL = "SELECT * FROM contacts WHERE id = \("liisa") AND workspace = \(shop)"
        #expect(try await nodes[0].read { try $0.row(liisa)?.text("sauna") } == "puu")
        #expect(try await nodes[0].write { try $0.row(liisa)?.text("sauna") } == "puu")
    }

    private func untilSomebodyWaits() async throws {
        let waiting: SQL =
            "SELECT COUNT(*) AS amount FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'transactionid'"
        while try await nodes[1].read({ try $0.row(waiting)?.count("amount") }) == 0 {}
    }
}
