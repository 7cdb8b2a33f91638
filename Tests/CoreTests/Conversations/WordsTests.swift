import Core
import Testing

@Suite("What may be said")
struct WordsTests {
    @Test("64 KB may be said, a byte more may not")
    func longest() throws {
        #expect(Message.longestText == 65_536)
        let most = String(repeating: "🔥", count: 16_384)
        #expect(try words(most).checked().text == most)
        #expect(throws: Refusal.messageTooLong(limit: 65_536)) { try words(most + "!").checked() }
    }

    @Test("Nothing, blanks and NUL alone say nothing", arguments: ["", " ", "\n\n\t", "\u{A0}\u{2003}\u{3000}", "\0", " \0\n"])
    func blank(text: String) {
        #expect(throws: Refusal.messageEmpty) { try words(text).checked() }
    }

    @Test("A file says enough without words")
    func onlyFile() throws {
        #expect(try words("", attachments: [.init("kuitti")]).checked().attachments == [.init("kuitti")])
    }

    @Test("Ten files go with a message, eleven do not")
    func manyFiles() throws {
        let files = (0..<11).map { Attachment.ID("\($0)") }
        #expect(try words(attachments: Array(files.prefix(10))).checked().attachments.count == 10)
        #expect(throws: Refusal.self) { try words(attachments: files).checked() }
    }

    @Test("NUL is left out, also where a mark follows it")
    func nul() throws {
        #expect(try words("kiu\0as").checked().text == "kiuas")
        #expect(try words("a\0\u{301}").checked().text.unicodeScalars.contains("\0") == false)
        #expect(try words("moi\r\0\n").checked().text.unicodeScalars.contains("\0") == false)
    }

    @Test(
        "Everything else stays as it was written",
        arguments: [
            " moi \n", "\u{202E}txet sdrawkcab\u{202C}", "zero\u{200B}width\u{200D}", "cafe\u{301}", "<script>alert(1)</script>",
            "{{etunimi}}",
            "\r\n", "🧖‍♀️", "\u{FEFF}moi", "مرحبا", "\u{1B}[31mred", "\u{FFFD}",
        ].map { $0 + "x" })
    func kept(text: String) throws {
        #expect(Array(try words(text).checked().text.utf8) == Array(text.utf8))
    }

    @Test("A client id has 1 to 64 bytes", arguments: ["", String(repeating: "a", count: 65), String(repeating: "ä", count: 33)])
    func clientIDs(id: String) {
        #expect(throws: Refusal.self) { try Words(clientID: id, text: "Moi!").checked() }
    }

    @Test("The longest client id is good")
    func longestClientID() throws {
        let id = String(repeating: "a", count: 64)
        #expect(try Words(clientID: id, text: "Moi!").checked().clientID == id)
    }
}
