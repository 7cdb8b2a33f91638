/// What a browser says it is, in the words an agent needs: "Firefox, Windows, desktop".
public struct Device: Sendable, Equatable, Codable {
    public enum Kind: String, Sendable, Codable { case phone, tablet, desktop }

    public var browser: String
    public var os: String
    public var kind: Kind

    public init(browser: String, os: String, kind: Kind) {
        self.browser = browser
        self.os = os
        self.kind = kind
    }

    /// Reads a `User-Agent` header. Order matters: nearly every browser also claims to be its rivals.
    public init(userAgent text: String) {
        let browsers = [
            ("Edg/", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser/", "Samsung Internet"), ("Firefox/", "Firefox"), ("FxiOS/", "Firefox"),
            ("CriOS/", "Chrome"), ("Chrome/", "Chrome"), ("Safari/", "Safari"),
        ]
        let systems = [
            ("iPhone", "iOS"), ("iPad", "iPadOS"), ("Android", "Android"), ("Windows", "Windows"), ("CrOS", "ChromeOS"),
            ("Mac OS X", "macOS"), ("Linux", "Linux"),
        ]
        browser = browsers.first { text.contains($0.0) }?.1 ?? ""
        os = systems.first { text.contains($0.0) }?.1 ?? ""
        let isTablet = text.contains("iPad") || (text.contains("Android") && !text.contains("Mobile"))
        kind = isTablet ? .tablet : text.contains("Mobile") ? .phone : .desktop
    }
}
