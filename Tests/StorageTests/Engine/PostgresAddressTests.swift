import Storage
import Testing

@Suite("The address of a database")
struct PostgresAddressTests {
    static let shown: [(String, String)] = [
        ("postgres://moro:salasana@db.example:5433/moro", "postgres://moro@db.example:5433/moro"),
        ("postgresql://moro:sala%40sana@db.example/moro", "postgres://moro@db.example/moro"),
        (
            "postgres://moro@db.example/moro?password=salasana&sslmode=verify-full&sslpassword=salasana&sslrootcert=/etc/ca%20too.crt",
            "postgres://moro@db.example/moro?sslmode=verify-full&sslrootcert=%2Fetc%2Fca%20too.crt"
        ),
        ("host=db.example user=moro dbname=moro password='sala sana'", "postgres://moro@db.example/moro"),
        ("host=/run/postgresql dbname=moro password=salasana", "postgres:///moro?host=%2Frun%2Fpostgresql"),
        ("postgres://maija%40shop:salasana@[::1]:5432/m%C3%B6", "postgres://maija%40shop@[::1]:5432/m%C3%B6"),
        (
            "postgres://moro:salasana@one,two:5433/moro?target_session_attrs=read-write",
            "postgres://moro@/moro?host=one%2Ctwo&port=%2C5433&target_session_attrs=read-write"
        ),
    ]

    @Test("It is shown without its password, and still leads to the same place", arguments: shown)
    func withoutPassword(written: String, shown: String) throws {
        let address = try #require(PostgresAddress(written))
        for text in ["\(address)", String(reflecting: address), "\([address])"] { #expect(!text.contains("sala"), "\(text)") }
        #expect("\(address)" == shown)
        #expect(PostgresAddress(shown).map { "\($0)" } == shown)
        var dumped = ""
        dump(address, to: &dumped)
        #expect(!dumped.contains("sala"))
    }

    @Test("The password is there for whoever has to hand it on")
    func password() {
        #expect(PostgresAddress("postgres://moro:sala%40sana@db.example/moro")?.password == "sala@sana")
        #expect(PostgresAddress("postgres://moro@db.example/moro")?.password == nil)
    }

    @Test(
        "What is no address is none",
        arguments: [
            "", "moro", "mysql://moro@host/moro", "postgres://moro@[", "postgres://moro@host/moro?sauna=1",
            "postgres://moro:sala@sana@db.example/moro",
        ])
    func unreadable(text: String) { #expect(PostgresAddress(text) == nil) }
}
