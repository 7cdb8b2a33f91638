#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// An sRGB colour, and how well another is read on it. Contrast ratio and relative luminance as in WCAG 2.2.
public struct Color: Sendable, Equatable, CustomStringConvertible {
    public let red, green, blue: Double

    public init(red: Double, green: Double, blue: Double) {
        self.red = red
        self.green = green
        self.blue = blue
    }

    /// Reads `#174f40`.
    public init?(hex: String) {
        let digits = hex.dropFirst()
        guard hex.first == "#", digits.utf8.count == 6, digits.allSatisfy(\.isHexDigit), let number = UInt32(digits, radix: 16) else {
            return nil
        }
        self.init(red: Double(number >> 16) / 255, green: Double(number >> 8 & 255) / 255, blue: Double(number & 255) / 255)
    }

    public static let white = Color(red: 1, green: 1, blue: 1)
    public static let black = Color(red: 0, green: 0, blue: 0)

    public var description: String {
        "#"
            + [red, green, blue].map { part in
                let text = String(Int((part * 255).rounded()), radix: 16)
                return text.count == 1 ? "0" + text : text
            }.joined()
    }

    /// 1 (the same) to 21 (black on white).
    public func contrast(with other: Color) -> Double {
        let (one, two) = (luminance, other.luminance)
        return (max(one, two) + 0.05) / (min(one, two) + 0.05)
    }

    /// The text colour for this ground, and the ground itself, moved towards black until the small line
    /// (drawn at 92 % of the text colour) reaches 4.5:1.
    public func readable() -> (ground: Color, text: Color) {
        let text = contrast(with: .white) >= 3 ? Color.white : Color.black
        var ground = self
        for _ in 0..<60 where ground.contrast(with: text.mixed(with: ground, 0.08)) < 4.5 {
            ground = ground.mixed(with: text == .white ? .black : .white, 0.03)
        }
        return (ground, text)
    }

    private func mixed(with other: Color, _ share: Double) -> Color {
        Color(
            red: red + (other.red - red) * share, green: green + (other.green - green) * share, blue: blue + (other.blue - blue) * share)
    }

    private var luminance: Double {
        0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
    }

    private func linear(_ part: Double) -> Double { part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4) }
}
