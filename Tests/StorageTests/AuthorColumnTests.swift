import Core
import Storage
import Testing

@Suite("Authors in a column")
struct AuthorColumnTests {
    @Test("An author is read back as written", arguments: [Author.contact(.init("liisa")), .agent(.init("maija")), .bot, .system])
    func roundTrip(author: Author) throws {
        #expect(try Author(column: author.column) == author)
    }

    @Test("A column that names nobody is refused", arguments: ["", "liisa", "contact", "contact:", "bot:1", "robot"])
    func nonsense(column: String) {
        #expect(throws: StorageFault.self) { try Author(column: column) }
    }
}
