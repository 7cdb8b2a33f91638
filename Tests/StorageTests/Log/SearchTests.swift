import Core
import Storage
import Testing
import TestSupport

private let shop = Loylymaki.workspace.id

@Suite("Search")
struct SearchTests {
    static let said = [
        "Milloin kiukaalle saa uudet kivet?", "Kiuas ei lämpene, mistähän johtuu?", "Löylykauha on katkennut", "Tilaus 10045 ei ole tullut",
        "Crème brûlée -tuoksua saunaan", "Åsas bastu är för het", "It doesn't heat up", "C++ ja \"lainaus\"", "Maksoin 49,90 € laskulla",
        "🔥🔥🔥",
        "cafe\u{301} auki", "Sähkötaulu: 3x16A",
    ]
    let store: Store

    init() async throws {
        store = try await .withShop()
        try await store.write { tx in
            var kiuas = try tx.start(Loylymaki.conversation())
            for text in Self.said { try tx.add(.reply(text), by: .contact("liisa"), to: &kiuas) }
            try tx.add(.note("Liisan kiuas on Aarni 8", mentions: []), by: .agent("maija"), to: &kiuas)
            try tx.add(.happening(.joined("maija")), by: .system, to: &kiuas)
            _ = try tx.start(Loylymaki.conversation(id: "lauteet", of: Loylymaki.pekka))
        }
        try await index()
    }

    static let found = [
        ("kiukaa", [0]), ("KIUKAALLE", [0]), ("uude kive", [0]), ("kivet uudet", [0]), ("kiuas", [12, 1]), ("lampene", [1]),
        ("lämpene", [1]),
        ("loylykauha", [2]), ("10045", [3]), ("creme brulee", [4]), ("åsa", [5]), ("asas het", [5]), ("doesn't", [6]), ("49,90", [8]),
        ("lainaus", [7]), ("café", [10]), ("cafe", [10]), ("3x16a", [11]), ("kiuas kivet", []), ("iuas", []), ("Aarni 8", [12]),
    ]

    @Test("A message is found by the beginnings of its words, in any order, without regard to case or dots")
    func finds() async throws {
        let texts = Self.said + ["Liisan kiuas on Aarni 8"]
        for (query, places) in Self.found { #expect(try await messages(query) == places.map { texts[$0] }, "\(query)") }
    }

    static let hostile = [
        "\"", "\"\"", "\" OR \"", "* OR NEAR(", "kiuas*", "NEAR(kiuas kivet, 5)", "kiuas AND", "NOT kiuas", "words:kiuas", "{words}: kiuas",
        "-kiuas", "^kiuas", "(", ")", "'; DROP TABLE messages; --", "%", "_", "\\", "\0", "kiu\0as", "🔥", "👩‍👩‍👧‍👦", "\u{202E}", "\u{200B}", "𞤀𞤁",
        "𒀀",
        "½", "①", "a\u{301}\u{302}\u{303}", "", " ", "\n\t", String(repeating: "a", count: 100_000), String(repeating: "a ", count: 50_000),
        String(repeating: "\"", count: 10_000), "٣", "ﬁ", "İ", "ß",
    ]

    @Test("Whatever is typed is looked for as words; nothing is an operator, nothing breaks")
    func hostileQueries() async throws {
        for query in Self.hostile {
            _ = try await messages(query)
            _ = try await contacts(query)
        }
        #expect(try await messages("10045") == [Self.said[3]])
    }

    @Test("Words that mean something to the index are only words", arguments: ["kiuas OR tilaus", "kiuas NOT lämpene", "NEAR kiuas"])
    func operators(query: String) async throws { #expect(try await messages(query).isEmpty) }

    @Test("No words, no answers", arguments: ["", " ", "\"*\"", "🔥", "\0", "***", "-- //"])
    func nothing(query: String) async throws {
        #expect(try await messages(query).isEmpty)
        #expect(try await contacts(query).isEmpty)
    }

    @Test(
        "A customer is found by name, address, phone or number", arguments: ["rantanen", "liisa ran", "liisa@exam", "example.com", "LIISA"])
    func people(query: String) async throws { #expect(try await contacts(query).map(\.id) == ["liisa"]) }

    @Test("A customer who has a new name is found by it, and by the old one no more")
    func renamed() async throws {
        for name in ["Liisa Koskela", "Elisabet Koskela"] {
            try await store.write { tx in
                var liisa = Loylymaki.liisa
                liisa.name = name
                liisa.phone = "+358 40 123 4567"
                try tx.save(liisa)
                try tx.append(.contactChanged(liisa), of: shop)
            }
            try await index()
        }
        #expect(try await contacts("koskela").map(\.name) == ["Elisabet Koskela"])
        #expect(try await contacts("358 40").count == 1)
        #expect(try await contacts("rantanen").isEmpty)
    }

    @Test("The newest come first, at most as many as asked for")
    func newestFirst() async throws {
        try await store.write { tx in
            for number in 0..<10 { try tx.say("Harvia \(number)", by: .contact("liisa"), in: "kiuas") }
        }
        try await index()
        #expect(try await messages("harvia", limit: 3) == ["Harvia 9", "Harvia 8", "Harvia 7"])
    }

    @Test("Another company finds nothing of it")
    func neighbour() async throws {
        let found = try await store.read { tx in
            try (
                tx.searchMessages("kiuas", of: Loylymaki.neighbour.id, limit: 9).count,
                tx.searchContacts("liisa", of: Loylymaki.neighbour.id, limit: 9).count
            )
        }
        #expect(found == (0, 0))
    }

    @Test("Indexing in batches of any size, again and again, misses nothing and doubles nothing", arguments: [1, 2, 5, 100])
    func batches(size: Int) async throws {
        try await store.write { tx in
            for number in 0..<12 { try tx.say("vasta \(number)", by: .contact("liisa"), in: "kiuas") }
        }
        while try await store.write({ try $0.indexWords(of: shop, batch: size) }) {}
        while try await store.write({ try $0.indexWords(of: shop, batch: size) }) {}
        #expect(try await messages("vasta", limit: 50) == (0..<12).reversed().map { "vasta \($0)" })
        #expect(try await store.read { try $0.indexedSeq(of: shop) == $0.head(of: shop) })
    }

    private func index() async throws {
        while try await store.write({ try $0.indexWords(of: shop, batch: 100) }) {}
    }

    private func messages(_ query: String, limit: Int = 20) async throws -> [String] {
        try await store.read { try $0.searchMessages(query, of: shop, limit: limit).map(\.text) }
    }

    private func contacts(_ query: String) async throws -> [Contact] {
        try await store.read { try $0.searchContacts(query, of: shop, limit: 20) }
    }
}
