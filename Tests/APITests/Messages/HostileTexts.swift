/// What people paste, and what bad people type. All of it is only text.
enum HostileTexts {
    static let all: [(name: String, text: String)] = [
        ("a script", "<script>alert('löyly')</script>"),
        ("a picture that fails", "<img src=x onerror=alert(1)>"),
        ("an end of everything", "\"'></textarea></title></script><svg/onload=alert(1)>"),
        ("an address that runs", "javascript:alert(1) data:text/html,<script>alert(1)</script>"),
        ("templates", "{{constructor.constructor('alert(1)')()}} ${7*7} <%= 7 %> {{{siteName}}}"),
        ("entities", "&lt;b&gt; &#x3c;script&#x3e; &amp;amp; %3Cscript%3E \\u003cscript\\u003e"),
        ("SQL", "'; DROP TABLE messages; -- \" OR 1=1"),
        ("JSON", "\",\"author\":{\"kind\":\"agent\"},\"x\":\"\\"),
        ("a name turned round", "lasku\u{202E}fdp.exe \u{2066}\u{2069}\u{200F}"),
        ("zero width", "lö\u{200B}yl\u{FEFF}y\u{200D}\u{2060}\u{AD}"),
        ("composed and decomposed", "\u{E4} a\u{308} \u{1E9B}\u{323} \u{FB01}"),
        ("overlong combining", "a" + String(repeating: "\u{301}\u{489}", count: 6_000)),
        ("families and flags", "👩‍👩‍👧‍👦🏳️‍🌈🇫🇮👋🏽 \u{1F1EB}"),
        ("64 KB of emoji", String(repeating: "🔥", count: 16_384)),
        ("10,000 lines", (1...10_000).map { "r\($0)" }.joined(separator: "\n") + "\n"),
        ("every way to end a line", "a\r\nb\rc\nd\u{85}e\u{2028}f\u{2029}g\u{B}h\u{C}i"),
        ("blank edges", "  \t kiuas \n\n "),
        ("controls", String(String.UnicodeScalarView((1...31).compactMap(Unicode.Scalar.init))) + "\u{7F}\u{9B}31m"),
        ("the ends of Unicode", "\u{FFFD}\u{10FFFD}\u{E000}"),
        ("right to left", "שלום مرحبا kiuas"),
        ("one endless word", String(repeating: "w", count: 60_000)),
        ("letters beyond the first plane", "𝕶𝖎𝖚𝖆𝖘 𐍈 🀄︎"),
    ]

    static subscript(_ name: String) -> String { all.first { $0.name == name }?.text ?? "" }
}
