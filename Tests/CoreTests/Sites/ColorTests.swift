import Core
import Testing
import TestSupport

@Suite("The company's colour")
struct ColorTests {
    @Test("Any colour becomes one on which text is read", arguments: 0..<16)
    func readable(red: Int) throws {
        for green in stride(from: 0, through: 255, by: 15) {
            for blue in stride(from: 0, through: 255, by: 15) {
                let color = Color(red: Double(red) / 15, green: Double(green) / 255, blue: Double(blue) / 255)
                let (ground, text) = color.readable()
                let stored = try #require(Color(hex: ground.description))
                #expect(stored.contrast(with: text) >= 4.5, "\(color) became \(ground) under \(text)")
            }
        }
    }

    @Test("A colour that has been made readable stays as it is", arguments: 1...8 as ClosedRange<UInt64>)
    func stays(seed: UInt64) throws {
        var dice = Dice(seed: seed)
        for _ in 0..<500 {
            let color = Color(
                red: .random(in: 0...1, using: &dice), green: .random(in: 0...1, using: &dice), blue: .random(in: 0...1, using: &dice))
            let once = try #require(Color(hex: color.readable().ground.description)).readable()
            #expect(try #require(Color(hex: once.ground.description)).readable().ground.description == once.ground.description)
        }
    }

    @Test("What is readable already is left alone", arguments: ["#174f40", "#000000", "#ffffff", "#1a1a1a", "#ffe9a8"])
    func left(hex: String) throws {
        #expect(try #require(Color(hex: hex)).readable().ground.description == hex)
    }

    @Test(
        "Dark grounds carry white, light ones black", arguments: [("#174f40", "#ffffff"), ("#ffd500", "#000000"), ("#ffffff", "#000000")])
    func text(hex: String, text: String) throws {
        #expect(try #require(Color(hex: hex)).readable().text.description == text)
    }

    @Test("Contrast is as WCAG has it")
    func contrast() throws {
        #expect(Color.white.contrast(with: .black) == 21)
        #expect(Color.white.contrast(with: .white) == 1)
        #expect(abs(try #require(Color(hex: "#777777")).contrast(with: .white) - 4.48) < 0.01)
    }

    @Test("Only #rrggbb is a colour", arguments: ["", "174f40", "#174f4", "#174f400", "#17gf40", "red", "#+12345", "#-00000", "#１２３４５６"])
    func nonsense(hex: String) { #expect(Color(hex: hex) == nil) }
}
