import Foundation
import Testing

@testable import Wire

@Suite("JSON as it is sent")
struct JSONTextTests {
    private struct Sauna: Codable, Equatable {
        enum Wood: String, Codable { case birch, alder }
        struct Bench: Codable, Equatable { let heights: [Double]; let seats: [[Int]] }
        let name: String
        let wood: Wood
        let bench: Bench
        let isHot: Bool
        let degrees: Int64
        let owner: String?
        let notes: [String: String?]
        let guests: [Bench]
    }

    @Test(
        "What is written is what Foundation reads, whatever stands in a text",
        arguments: [
            "", "Löylyä!", "\"sauna\" \\ / </script>", "\u{0}\u{1}\u{1f}\u{7f}\n\r\t\u{8}", "👩‍🔬\u{202e}\u{2028}\u{feff}",
            String(repeating: "ä\"", count: 40_000),
        ])
    func roundTrip(text: String) throws {
        let sauna = Sauna(
            name: text, wood: .alder, bench: .init(heights: [0.45, -1e300, 90], seats: [[], [1, 2]]), isHot: true, degrees: .min,
            owner: nil,
            notes: [text: text, "empty": nil], guests: [])
        #expect(try JSONDecoder().decode(Sauna.self, from: Data(wireJSON(sauna))) == sauna)
    }

    @Test("Fields stand as declared, none for what is absent, and slashes as they are")
    func text() throws {
        struct Shape: Encodable {
            let b = "a/b", a = [1, 2], gone: String? = nil, empty: [Int] = [], inner = ["x": 1.0], nothing = Nothing()
        }
        struct Nothing: Encodable {}
        let text = String(decoding: try wireJSON(Shape()), as: UTF8.self)
        #expect(text == #"{"b":"a/b","a":[1,2],"empty":[],"inner":{"x":1},"nothing":{}}"#)
    }

    @Test("A nested container ends where its neighbour begins")
    func nested() throws {
        struct Shape: Encodable {
            enum Key: String, CodingKey { case list, map, last }
            func encode(to encoder: any Encoder) throws {
                var fields = encoder.container(keyedBy: Key.self)
                var list = fields.nestedUnkeyedContainer(forKey: .list)
                try list.encode("one")
                var inner = list.nestedContainer(keyedBy: Key.self)
                try inner.encode(1, forKey: .map)
                var map = fields.nestedContainer(keyedBy: Key.self, forKey: .map)
                try map.encodeNil(forKey: .last)
                try fields.encode(true, forKey: .last)
            }
        }
        #expect(String(decoding: try wireJSON(Shape()), as: UTF8.self) == #"{"list":["one",{"map":1}],"map":{"last":null},"last":true}"#)
    }

    @Test("A number that JSON has no word for is refused", arguments: [Double.nan, .infinity])
    func noNumber(number: Double) {
        #expect(throws: EncodingError.self) { try wireJSON([number]) }
    }
}
