import Foundation
import Logging

/// How the texts of settings become values; nil or false for a text that is none.
enum Reading {
    @Sendable static func host(_ text: String) -> String? {
        text == "localhost" || AddressRange(text) != nil && !text.contains("/") ? text : nil
    }

    @Sendable static func directory(_ text: String) -> URL? {
        text.isEmpty ? nil : URL(fileURLWithPath: (text as NSString).expandingTildeInPath, isDirectory: true)
    }

    static func number(in range: ClosedRange<Int>) -> @Sendable (String) -> Int? {
        { text in Int(text).flatMap { range.contains($0) ? $0 : nil } }
    }

    @Sendable static func baseURL(_ settings: inout Settings, _ text: String) -> Bool {
        let text = text.hasSuffix("/") ? String(text.dropLast()) : text
        guard let url = URLComponents(string: text), ["http", "https"].contains(url.scheme), url.host?.isEmpty == false, url.path.isEmpty,
            url.query == nil, url.fragment == nil, url.user == nil
        else { return false }
        settings.publicAddress = text
        return true
    }

    @Sendable static func logLevel(_ settings: inout Settings, _ text: String) -> Bool {
        guard let level = Logger.Level(rawValue: text.lowercased()) else { return false }
        settings.logLevel = level
        return true
    }

    static func addresses(
        _ path: WritableKeyPath<Settings, [AddressRange]> & Sendable
    ) -> @Sendable (inout Settings, String) -> Bool {
        { settings, text in
            let words = text.split { $0 == "," || $0.isWhitespace }.map(String.init)
            let ranges = words == ["none"] ? [] : words.map(AddressRange.init)
            guard !words.isEmpty, !ranges.contains(where: { $0 == nil }) else { return false }
            settings[keyPath: path] = ranges.compactMap(\.self)
            return true
        }
    }

    @Sendable static func company(_ settings: inout Settings, _ text: String) -> Bool {
        settings.company = text.trimmingCharacters(in: .whitespaces)
        return (1...80).contains(settings.company.count)
    }

    @Sendable static func owner(_ settings: inout Settings, _ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        settings.owner = text.lowercased()
        return parts.count == 2 && parts.allSatisfy { !$0.isEmpty } && !text.contains(where: \.isWhitespace)
    }

    @Sendable static func demo(_ settings: inout Settings, _ text: String) -> Bool {
        let (yes, no) = (["yes", "true", "on", "1"], ["no", "false", "off", "0"])
        settings.demo = yes.contains(text.lowercased())
        return settings.demo || no.contains(text.lowercased())
    }
}
