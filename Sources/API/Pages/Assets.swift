import CZlib
import Core
import Crypto
import Foundation
import HTTPTypes
import Hummingbird
import Mustache

/// The front end's plain files, read once at the start, each with its gzipped twin. `release` changes when any of them does.
public struct Assets: Sendable {
    struct Asset: Sendable {
        let type: String
        let plain: ByteBuffer
        let gzipped: ByteBuffer?
        let tag: String
    }

    public let release: String
    private let files: [String: Asset]
    private let templates: [String: MustacheTemplate]
    private let launcher: [String: [String: String]]

    private static let types = [
        "js": "text/javascript; charset=utf-8", "css": "text/css; charset=utf-8", "json": "application/json; charset=utf-8",
        "svg": "image/svg+xml", "png": "image/png", "webmanifest": "application/manifest+json", "ico": "image/x-icon",
    ]

    /// - Parameter directory: the `Web` folder.
    public init(directory: URL) throws {
        var (files, templates, hash) = ([String: Asset](), [String: MustacheTemplate](), SHA256())
        for path in try Self.paths(in: directory) {
            let ending = path.split(separator: "/").last?.split(separator: ".").dropFirst().last.map(String.init) ?? ""
            guard ending == "html" || Self.types[ending] != nil else { continue }
            let bytes = try Data(contentsOf: directory.appendingPathComponent(path))
            hash.update(data: Data(path.utf8))
            hash.update(data: bytes)
            if ending == "html" {
                templates[path] = try MustacheTemplate(string: String(decoding: bytes, as: UTF8.self))
            } else if let type = Self.types[ending] {
                files[path] = try Asset(bytes, type: type)
            }
        }
        try Self.bundle(directory, into: &files)
        release = hash.finalize().prefix(6).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
        self.files = files
        self.templates = templates
        launcher = try Self.launcherWords(in: directory)
    }

    func asset(_ path: String) -> Asset? { files[path] }

    func page(_ path: String, _ values: [String: String]) -> String? { templates[path]?.render(values) }

    /// The few texts that the launcher shows, per language, without their common prefix.
    func launcherWords(_ languages: [Language]) -> [String: [String: String]] {
        launcher.filter { language, _ in languages.contains { $0.rawValue == language } }
    }

    /// What a page asks for first comes in one piece.
    private static func bundle(_ directory: URL, into files: inout [String: Asset]) throws {
        let bundle = FrontEndBundle { try? String(contentsOf: directory.appendingPathComponent($0), encoding: .utf8) }
        for (path, file) in files where ["widget/panel.js", "desk/desk.js", "desk/sign-in.js"].contains(path) {
            files[path] = try Asset(Data(bundle.script(path).utf8), type: file.type)
        }
        if let style = files["widget/panel.css"] {
            files["widget/panel.css"] = try Asset(Data(bundle.style("widget/panel.css").utf8), type: style.type)
        }
    }

    private static func paths(in directory: URL) throws -> [String] {
        guard let walk = FileManager.default.enumerator(atPath: directory.path) else {
            throw CocoaError(.fileNoSuchFile, userInfo: [NSFilePathErrorKey: directory.path])
        }
        return walk.compactMap { $0 as? String }.filter { !$0.hasPrefix("tests/") }.sorted()
    }

    private static func launcherWords(in directory: URL) throws -> [String: [String: String]] {
        let prefix = "widget.launcher."
        return try Language.allCases.reduce(into: [:]) { words, language in
            let file = directory.appendingPathComponent("words/\(language.rawValue)/widget.json")
            let all = try JSONDecoder().decode([String: String].self, from: Data(contentsOf: file))
            words[language.rawValue] = all.reduce(into: [:]) {
                if $1.key.hasPrefix(prefix) { $0[String($1.key.dropFirst(prefix.count))] = $1.value }
            }
        }
    }
}

extension Assets.Asset {
    fileprivate init(_ bytes: Data, type: String) throws {
        self.type = type
        plain = ByteBuffer(bytes: bytes)
        let packed = type.hasPrefix("image/png") ? nil : gzip(bytes)
        gzipped = packed.flatMap { $0.count < bytes.count ? ByteBuffer(bytes: $0) : nil }
        tag = "\"" + SHA256.hash(data: bytes).prefix(8).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined() + "\""
    }

    func response(to request: Request, cache: String) -> Response {
        var headers: HTTPFields = [.contentType: type, .cacheControl: cache, .eTag: tag, .vary: "Accept-Encoding"]
        headers[.xContentTypeOptions] = "nosniff"
        if request.headers[.ifNoneMatch] == tag { return Response(status: .notModified, headers: headers) }
        guard let gzipped, request.headers[.acceptEncoding]?.contains("gzip") == true else {
            return Response(status: .ok, headers: headers, body: .init(byteBuffer: plain))
        }
        headers[.contentEncoding] = "gzip"
        return Response(status: .ok, headers: headers, body: .init(byteBuffer: gzipped))
    }
}

/// The bytes as one gzip member, by zlib at its strongest.
func gzip(_ bytes: Data) -> Data? {
    var stream = z_stream()
    let isReady = deflateInit2_(
        &stream, 9, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    guard isReady == Z_OK else { return nil }
    defer { deflateEnd(&stream) }
    var input = [UInt8](bytes)
    var output = [UInt8](repeating: 0, count: Int(deflateBound(&stream, UInt(input.count))))
    let result = input.withUnsafeMutableBufferPointer { source in
        output.withUnsafeMutableBufferPointer { target in
            stream.next_in = source.baseAddress
            stream.avail_in = UInt32(source.count)
            stream.next_out = target.baseAddress
            stream.avail_out = UInt32(target.count)
            return deflate(&stream, Z_FINISH)
        }
    }
    return result == Z_STREAM_END ? Data(output.prefix(Int(stream.total_out))) : nil
}
