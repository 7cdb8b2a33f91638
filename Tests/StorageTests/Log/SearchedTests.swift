import Core
import Storage
import TestSupport
import Testing

private let shop = Loylymaki.workspace.id

/// How much there is to search is counted as the index grows.
@Suite("How much is searched")
struct SearchedTests {
    @Test("Conversations and people count once each, however often they change; nobody counts of whom nothing is known")
    func counted() async throws {
        let store = try await Store.withShop()
        #expect(try await searchable(in: store) == [0, 0])
        try await store.write { tx in
            _ = try tx.start(Loylymaki.conversation())
            _ = try tx.start(Loylymaki.conversation(id: "lauteet", of: Loylymaki.pekka))
            let nameless = Contact(id: "joku", workspace: shop, createdAt: tx.now)
            try tx.save(nameless)
            _ = try tx.start(Loylymaki.conversation(id: "ovi", of: nameless))
        }
        #expect(try await searchable(in: store) == [3, 2])
        try await store.write { tx in
            var liisa = try tx.contact("liisa", of: shop)
            for name in ["Liisa R.", "Liisa Rantanen"] {
                liisa.name = name
                try tx.save(liisa)
                try tx.append(.contactChanged(liisa), of: shop)
            }
        }
        #expect(try await searchable(in: store) == [3, 2])
        try await store.write { tx in
            var joku = try tx.contact("joku", of: shop)
            joku.name = "Joku"
            try tx.save(joku)
            try tx.append(.contactChanged(joku), of: shop)
            var pekka = try tx.contact("pekka", of: shop)
            pekka.name = nil
            try tx.save(pekka)
            try tx.append(.contactChanged(pekka), of: shop)
        }
        #expect(try await searchable(in: store) == [3, 2])
    }

    private func searchable(in store: Store) async throws -> [Int] {
        while try await store.write({ try $0.indexWords(of: shop, batch: 4) }) {}
        return try await store.read { tx in
            let (conversations, contacts) = try tx.searchable(of: shop)
            return [conversations, contacts]
        }
    }
}
