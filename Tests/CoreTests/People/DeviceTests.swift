import Core
import Testing

@Suite("What a browser says it is")
struct DeviceTests {
    @Test(
        "A device is read from what its browser says",
        arguments: [
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0",
                Device(browser: "Firefox", os: "Windows", kind: .desktop)
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
                Device(browser: "Chrome", os: "Windows", kind: .desktop)
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0",
                Device(browser: "Edge", os: "Windows", kind: .desktop)
            ),
            (
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Safari/605.1.15",
                Device(browser: "Safari", os: "macOS", kind: .desktop)
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Mobile/15E148 Safari/604.1",
                Device(browser: "Safari", os: "iOS", kind: .phone)
            ),
            (
                "Mozilla/5.0 (iPad; CPU OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/142.0 Mobile/15E148 Safari/604.1",
                Device(browser: "Chrome", os: "iPadOS", kind: .tablet)
            ),
            (
                "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36",
                Device(browser: "Chrome", os: "Android", kind: .phone)
            ),
            (
                "Mozilla/5.0 (Linux; Android 14; SM-X910) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/28.0 Chrome/130.0.0.0 Safari/537.36",
                Device(browser: "Samsung Internet", os: "Android", kind: .tablet)
            ),
            (
                "Mozilla/5.0 (Android 15; Mobile; rv:145.0) Gecko/145.0 Firefox/145.0",
                Device(browser: "Firefox", os: "Android", kind: .phone)
            ),
            (
                "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
                Device(browser: "Firefox", os: "Linux", kind: .desktop)
            ),
            (
                "Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
                Device(browser: "Chrome", os: "ChromeOS", kind: .desktop)
            ),
            ("curl/8.16.0", Device(browser: "", os: "", kind: .desktop)), ("", Device(browser: "", os: "", kind: .desktop)),
        ])
    func reads(userAgent: String, device: Device) { #expect(Device(userAgent: userAgent) == device) }
}
