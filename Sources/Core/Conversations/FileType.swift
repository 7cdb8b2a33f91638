/// What a file is, by its first bytes; never by its name or by what the sender claims.
public enum FileType: Sendable, Equatable {
    /// Shown in place.
    case image(String, width: Int?, height: Int?)
    /// Downloaded.
    case document(String)
    /// Refused: a program.
    case program

    public init(_ bytes: some RandomAccessCollection<UInt8>, name: String) {
        let head = Array(bytes.prefix(65_536))
        if Self.isProgram(head, name) {
            self = .program
        } else if let image = Self.image(head) {
            self = image
        } else {
            self = .document(Self.documentType(head, name))
        }
    }

    private static func isProgram(_ head: [UInt8], _ name: String) -> Bool {
        let marks: [[UInt8]] = [
            Array("MZ".utf8), [0x7F] + Array("ELF".utf8), [0xFE, 0xED, 0xFA, 0xCE], [0xFE, 0xED, 0xFA, 0xCF], [0xCF, 0xFA, 0xED, 0xFE],
            [0xCE, 0xFA, 0xED, 0xFE], [0xCA, 0xFE, 0xBA, 0xBE], Array("#!".utf8),
        ]
        let endings = [
            ".exe", ".msi", ".bat", ".cmd", ".com", ".scr", ".ps1", ".vbs", ".jse", ".wsf", ".hta", ".lnk", ".jar", ".apk", ".dmg",
        ]
        return marks.contains { head.starts(with: $0) } || endings.contains { name.lowercased().hasSuffix($0) }
    }

    private static func image(_ head: [UInt8]) -> FileType? {
        if head.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]), head.count >= 24 {
            return .image("image/png", width: big(head, 16, 4), height: big(head, 20, 4))
        }
        if head.starts(with: Array("GIF8".utf8)), head.count >= 10 {
            return .image("image/gif", width: little(head, 6, 2), height: little(head, 8, 2))
        }
        if head.starts(with: [0xFF, 0xD8, 0xFF]) {
            let size = jpegSize(head)
            return .image("image/jpeg", width: size?.0, height: size?.1)
        }
        if head.starts(with: Array("RIFF".utf8)), head.count >= 30, Array(head[8..<12]) == Array("WEBP".utf8) {
            let size = webpSize(head)
            return .image("image/webp", width: size?.0, height: size?.1)
        }
        return nil
    }

    private static func documentType(_ head: [UInt8], _ name: String) -> String {
        if head.starts(with: Array("%PDF-".utf8)) { return "application/pdf" }
        if head.starts(with: [0x50, 0x4B, 0x03, 0x04]) { return zipType(name.lowercased()) }
        if head.starts(with: [0x1F, 0x8B]) { return "application/gzip" }
        if head.count > 12, Array(head[4..<8]) == Array("ftyp".utf8) { return isoMediaType(Array(head[8..<12])) }
        return isText(head) ? "text/plain" : "application/octet-stream"
    }

    private static func zipType(_ name: String) -> String {
        let office = "application/vnd.openxmlformats-officedocument."
        let known = [
            ".docx": office + "wordprocessingml.document", ".xlsx": office + "spreadsheetml.sheet",
            ".pptx": office + "presentationml.presentation", ".odt": "application/vnd.oasis.opendocument.text",
            ".ods": "application/vnd.oasis.opendocument.spreadsheet",
        ]
        return known.first { name.hasSuffix($0.key) }?.value ?? "application/zip"
    }

    private static func isoMediaType(_ brand: [UInt8]) -> String {
        switch String(decoding: brand, as: UTF8.self) {
        case "heic", "heix", "mif1": "image/heic"
        case "avif": "image/avif"
        case "qt  ": "video/quicktime"
        case "M4A ": "audio/mp4"
        default: "video/mp4"
        }
    }

    /// A cut last character is forgiven: only the beginning was looked at.
    private static func isText(_ head: [UInt8]) -> Bool {
        !head.contains(0) && (0...min(3, head.count)).contains { String(validating: head.dropLast($0), as: UTF8.self) != nil }
    }

    /// Walks the segments to the frame header (ITU T.81, B.2.2).
    private static func jpegSize(_ head: [UInt8]) -> (Int, Int)? {
        var place = 2
        while place + 9 < head.count, head[place] == 0xFF {
            let marker = head[place + 1]
            if (0xC0...0xCF).contains(marker), ![0xC4, 0xC8, 0xCC].contains(marker) {
                return (big(head, place + 7, 2), big(head, place + 5, 2))
            }
            place += 2 + max(2, big(head, place + 2, 2))
        }
        return nil
    }

    private static func webpSize(_ head: [UInt8]) -> (Int, Int)? {
        switch String(decoding: head[12..<16], as: UTF8.self) {
        case "VP8 ": (little(head, 26, 2) & 0x3FFF, little(head, 28, 2) & 0x3FFF)
        case "VP8L": (1 + (little(head, 21, 4) & 0x3FFF), 1 + (little(head, 21, 4) >> 14 & 0x3FFF))
        case "VP8X": (1 + little(head, 24, 3), 1 + little(head, 27, 3))
        default: nil
        }
    }

    private static func big(_ bytes: [UInt8], _ from: Int, _ count: Int) -> Int {
        bytes[from..<from + count].reduce(0) { $0 << 8 | Int($1) }
    }

    private static func little(_ bytes: [UInt8], _ from: Int, _ count: Int) -> Int {
        bytes[from..<from + count].reversed().reduce(0) { $0 << 8 | Int($1) }
    }
}
