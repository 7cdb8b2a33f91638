import Testing

@testable import App

@Suite("Trusted proxies")
struct AddressRangeTests {
    @Test(
        "An address lies in a range or outside it",
        arguments: [
            ("127.0.0.1", "127.0.0.1", true), ("127.0.0.1", "127.0.0.2", false), ("10.0.0.0/8", "10.200.3.4", true),
            ("10.0.0.0/8", "11.0.0.1", false), ("172.16.0.0/12", "172.31.255.255", true), ("172.16.0.0/12", "172.32.0.0", false),
            ("0.0.0.0/0", "8.8.8.8", true), ("::1", "::1", true), ("fd00::/8", "fd12::7", true), ("fd00::/8", "fe80::1", false),
            ("127.0.0.1", "::ffff:127.0.0.1", true), ("0.0.0.0/0", "::1", false), ("10.0.0.0/8", "unknown", false),
        ])
    func containment(range: String, address: String, lies: Bool) throws {
        #expect(try #require(AddressRange(range)).contains(address) == lies)
    }

    @Test("What is no address is none", arguments: ["", "10.0.0", "10.0.0.0/33", "::1/129", "10.0.0.0/8/8", "localhost", "10.0.0.0/x"])
    func nonsense(text: String) { #expect(AddressRange(text) == nil) }
}
