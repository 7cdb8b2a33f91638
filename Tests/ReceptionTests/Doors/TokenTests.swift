import Testing

@testable import Reception

@Suite("Tokens")
struct TokenTests {
    @Test("A token lies in the database as its SHA-256")
    func tokensAreHashed() {
        #expect(digest(of: "abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    }

    // Test case 2 of RFC 4231.
    @Test("Identity is proven by hex HMAC-SHA256, in small or capital letters")
    func identityIsProven() {
        let hash = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        #expect(isProven(id: "what do ya want for nothing?", hash: hash, secret: "Jefe"))
        #expect(isProven(id: "what do ya want for nothing?", hash: hash.uppercased(), secret: "Jefe"))
        #expect(!isProven(id: "what do ya want for nothing!", hash: hash, secret: "Jefe"))
        #expect(!isProven(id: "what do ya want for nothing?", hash: hash, secret: "jefe"))
    }

    @Test(
        "A proof that is no hash proves nothing",
        arguments: ["", "00", String(repeating: "z", count: 64), String(repeating: "+1", count: 32), String(repeating: "ä", count: 32)])
    func nonsenseProvesNothing(hash: String) {
        #expect(!isProven(id: "liisa", hash: hash, secret: "kiuas"))
    }
}
