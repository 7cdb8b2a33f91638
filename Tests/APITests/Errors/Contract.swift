import Foundation
import Testing

/// The list of codes as integrators read it in the manual.
enum Contract {
    static let codes: [String: Int] = {
        let manual = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../../../docs/api.md")
            .standardizedFileURL
        guard let text = try? String(contentsOf: manual, encoding: .utf8), let start = text.range(of: "\nCodes: "),
            let end = text[start.upperBound...].range(of: "\n\n")
        else { return [:] }
        return text[start.upperBound..<end.lowerBound].matches(of: /`(\w+)` (\d{3})/).reduce(into: [:]) { $0[String($1.1)] = Int($1.2) }
    }()
}

extension Answer {
    /// Refused, and in the words of the manual: a problem document with a listed code, its status, and what to do.
    func expectProblem(_ place: String, sourceLocation: SourceLocation = #_sourceLocation) {
        let (code, place) = (json.code.asText, "\(place): \(status) \(text.prefix(300))" as Comment)
        #expect((400..<500).contains(status), place, sourceLocation: sourceLocation)
        #expect(self["Content-Type"] == "application/problem+json", place, sourceLocation: sourceLocation)
        #expect(json.status.asNumber == Int64(status), place, sourceLocation: sourceLocation)
        // What can't be read is malformed also when it is too long to be read, or no handshake.
        let isListed = Contract.codes[code] == status || (code == "malformed" && [413, 426].contains(status))
        #expect(isListed, place, sourceLocation: sourceLocation)
        #expect(json.type == "https://moro.example/problems/\(code)", place, sourceLocation: sourceLocation)
        #expect(!json.title.asText.isEmpty && !json.detail.asText.isEmpty, place, sourceLocation: sourceLocation)
    }
}
