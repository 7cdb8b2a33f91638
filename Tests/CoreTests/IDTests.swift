import Core
import Foundation
import Testing
import TestSupport

@Suite("Identifiers and tokens")
struct IDTests {
    @Test("A newer identifier sorts after an older one", arguments: 1...10 as ClosedRange<UInt64>)
    func ordered(seed: UInt64) {
        var dice = Dice(seed: seed)
        for _ in 0..<200 {
            let times = (0..<2).map { _ in Int64.random(in: 0..<(1 << 48), using: &dice) }
            let ids = times.map { Contact.ID(at: Moment(milliseconds: $0), random: (dice.next(), dice.next())) }
            if times[0] != times[1] { #expect((ids[0] < ids[1]) == (times[0] < times[1])) }
        }
    }

    @Test(
        "An identifier has 26 small letters and digits that can't be misread",
        arguments: [0, 1, 1_795_251_600_000, (1 << 50) - 1] as [Int64])
    func form(milliseconds: Int64) {
        let id = Contact.ID(at: Moment(milliseconds: milliseconds), random: (.max, 0))
        #expect(id.text.count == 26)
        #expect(id.text.filter { !($0.isASCII && ($0.isNumber || $0.isLowercase) && !"ilou".contains($0)) }.isEmpty)
    }

    @Test("Chance alone makes ten thousand different identifiers of one millisecond")
    func different() {
        let world = World.fixed(Clock())
        #expect(Set((0..<10_000).map { _ in world.newID(Contact.self) }).count == 10_000)
    }

    @Test("A token has 40 characters and uses all its chance")
    func tokens() {
        let world = World.fixed(Clock())
        let tokens = (0..<1000).map { _ in world.newToken() }
        #expect(Set(tokens).count == 1000)
        #expect(Set(tokens.map(\.count)) == [40])
        for place in 0..<40 {
            #expect(Set(tokens.map { $0[$0.index($0.startIndex, offsetBy: place)] }).count == 32)
        }
    }

    @Test("Identifiers and moments are bare values in JSON")
    func json() throws {
        #expect(String(decoding: try JSONEncoder().encode([Contact.ID("liisa")]), as: UTF8.self) == #"["liisa"]"#)
        #expect(String(decoding: try JSONEncoder().encode([Moment(milliseconds: 5)]), as: UTF8.self) == "[5]")
        #expect(try JSONDecoder().decode([Moment].self, from: Data("[5]".utf8)) == [Moment(milliseconds: 5)])
    }

    @Test("An attribute keeps its kind: text, number or flag")
    func attributes() throws {
        let attributes: [String: Contact.Attribute] = ["kanta-asiakas": .flag(true), "ostoja": .number(3), "kiuas": .text("1")]
        let json = try JSONEncoder().encode(attributes)
        #expect(try JSONDecoder().decode([String: Contact.Attribute].self, from: json) == attributes)
    }
}
