import Core
import Files
import Foundation
import TestSupport
import Testing

/// Files are taken by their content and given back so that nothing in them can run as ours.
@Suite("Uploads", .timeLimit(.minutes(4)))
struct UploadTests {
    private static let html = Array("<html><script>alert(document.cookie)</script></html>".utf8)
    private static let svg = Array(#"<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>"#.utf8)

    private func upload(
        _ bytes: [UInt8], as name: String, claiming type: String = "image/png", to shop: Shop, _ papers: Papers
    ) async throws -> Answer {
        let escaped = name.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        return try await shop.ask("POST", "/uploads", papers, bytes: bytes, headers: ["Content-Type": type, "Moro-Filename": escaped])
    }

    @Test("25 MB are taken and come back whole; one byte more is refused, announced or not")
    func largest() async throws {
        try await Shop.open { shop in
            let liisa = try await shop.visitor()
            let bytes = [UInt8](repeating: 0x6C, count: Attachment.largest)
            let taken = try await upload(bytes, as: "iso.bin", to: shop, liisa)
            #expect(taken.status == 201 && taken.json.attachment.size == .whole(Int64(Attachment.largest)))
            let back = try await shop.page(taken.json.attachment.url.asText)
            #expect(back.body == bytes)
            let announced = try await upload(bytes + [0], as: "iso.bin", to: shop, liisa)
            announced.expectProblem("a byte more")
            #expect(announced.json.code == "upload_too_large")
            let chunk = Array("\(String(bytes.count + 1, radix: 16))\r\n".utf8) + bytes + Array("x\r\n0\r\n\r\n".utf8)
            let head = "POST /api/v1/uploads HTTP/1.1\r\nHost: moro.example\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n"
            let papers = liisa.headers.map { "\($0): \($1)\r\n" }.joined()
            let unannounced = try await exchange(port: shop.port, Array((head + papers + "\r\n").utf8) + chunk)
            #expect(unannounced.status == 413 && unannounced.json.code == "upload_too_large")
        }
    }

    @Test("an empty file and a program are refused, whatever they are called")
    func refused() async throws {
        try await Shop.open { shop in
            let liisa = try await shop.visitor()
            #expect(try await upload([], as: "tyhja.txt", to: shop, liisa).json.code == "upload_empty")
            let programs: [(String, [UInt8])] = [
                ("kuva.png", Array("MZ\u{90}".utf8)), ("kuva.png", [0x7F] + Array("ELF".utf8)), ("lue.txt", Array("#!/bin/sh\nrm".utf8)),
                ("asenna.exe", Array("moi".utf8)),
                ("asenna.EXE", Array("moi".utf8)), ("asenna.exe.", Array("moi".utf8)), ("asenna.exe . ", Array("moi".utf8)),
                ("kuva.png\u{202E}.exe", Array("moi".utf8)),
                ("lasku.pdf.scr", Array("%PDF-1.4".utf8)), ("a.exe\u{0}", Array("moi".utf8)), ("a/b.bat", Array("moi".utf8)),
            ]
            for (name, bytes) in programs {
                let answer = try await upload(bytes, as: name, to: shop, liisa)
                answer.expectProblem(name)
                #expect(answer.json.code == "upload_type_refused", "\(name): \(answer.text)")
            }
        }
    }

    @Test(
        "the type is decided by the content; only pictures are shown in place",
        arguments: [
            ("kuva.png", Picture.png, "image/png", "image/png", true), ("kuva.html", Picture.png, "image/png", "image/png", true),
            ("sivu.png", html, "text/plain", "application/octet-stream", false),
            ("sivu.html", html, "text/plain", "application/octet-stream", false),
            ("kuva.svg", svg, "text/plain", "application/octet-stream", false),
            ("lasku.pdf", Array("%PDF-1.4\n".utf8), "application/pdf", "application/pdf", false),
            ("moi.txt", Array("Moi".utf8), "text/plain", "application/octet-stream", false),
            ("x.js", Array("alert(1)".utf8), "text/plain", "application/octet-stream", false),
        ])
    func served(_ name: String, _ bytes: [UInt8], _ type: String, _ servedAs: String, _ isShown: Bool) async throws {
        try await Shop.open { shop in
            let taken = try await upload(bytes, as: name, claiming: "text/html", to: shop, try await shop.visitor())
            #expect(taken.json.attachment.type == "\(type)" && taken.json.attachment.name == "\(name)")
            #expect(taken.json.attachment.width.isThere == isShown)
            let url = taken.json.attachment.url.asText
            for address in [url, url.split(separator: "/").dropLast().map { "/\($0)" }.joined() + "/x.html"] {
                let file = try await shop.page(address)
                #expect(file.status == 200 && file.body == bytes)
                #expect(file["Content-Type"] == servedAs)
                #expect(
                    file["Content-Disposition"]?.hasPrefix(isShown ? "inline; filename*=UTF-8''" : "attachment; filename*=UTF-8''") == true)
                #expect(file["Content-Security-Policy"] == "sandbox; default-src 'none'; frame-ancestors 'none'")
                #expect(file["X-Content-Type-Options"] == "nosniff")
                #expect(file["Access-Control-Allow-Origin"] == nil)
            }
            #expect(try await shop.page(url.replacing("/files/", with: "/files/x")).status == 404)
        }
    }

    @Test(
        "a name keeps its letters and loses its tricks",
        arguments: [
            ("löyly ja kiuas.txt", "löyly ja kiuas.txt"), ("../../etc/passwd", "passwd"), ("C:\\temp\\kuitti.txt", "kuitti.txt"),
            ("a\r\nSet-Cookie: x=1", "aSet-Cookie: x=1"),
            ("kuva\u{202E}gnp.txt", "kuvagnp.txt"), ("", "file"), ("...", "file"), ("  ", "file"), ("\u{0}\u{1}.txt", ".txt"),
            ("<img src=x onerror=alert(1)>.txt", "<img src=x onerror=alert(1)>.txt"),
            ("\"; filename=x.html", "\"; filename=x.html"), ("🔥.txt", "🔥.txt"),
            (String(repeating: "ä", count: 300), String(repeating: "ä", count: 150)),
        ])
    func names(_ name: String, _ kept: String) async throws {
        try await Shop.open { shop in
            let liisa = try await shop.visitor()
            let taken = try await upload(Array("moi".utf8), as: name, to: shop, liisa)
            #expect(taken.json.attachment.name.asText == kept)
            let file = try await shop.page(taken.json.attachment.url.asText)
            #expect(file.status == 200)
            let disposition = file["Content-Disposition"] ?? ""
            #expect(
                disposition.utf8.allSatisfy { $0 > 31 && $0 < 127 } && !disposition.dropFirst(30).contains { " \";=<>".contains($0) },
                "\(disposition)")
            let told = disposition.components(separatedBy: "UTF-8''").last?.removingPercentEncoding
            #expect(told == kept)
        }
    }

    @Test("an agent's picture is a picture of at most 2 MB, and nothing else")
    func pictures() async throws {
        try await Shop.open { shop in
            let juhani = try await shop.agent()
            let taken = try await shop.ask("PUT", "/me/picture", juhani, bytes: Picture.png)
            let address = taken.json.agent.picture.asText
            let picture = try await shop.page(address)
            #expect(picture.status == 200 && picture["Content-Type"] == "image/png" && picture.body == Picture.png)
            for bytes in [Self.html, Self.svg, Array("%PDF-1.4".utf8)] {
                #expect(try await shop.ask("PUT", "/me/picture", juhani, bytes: bytes).json.code == "invalid_field")
            }
            let large = try await shop.ask("PUT", "/me/picture", juhani, bytes: Picture.png + [UInt8](repeating: 0, count: 2 << 20))
            large.expectProblem("a large picture")
            #expect(large.json.code == "upload_too_large")
            #expect(try await shop.ask("PUT", "/me/picture", juhani, bytes: []).json.code == "upload_empty")
            #expect(try await shop.ask("GET", "/me", juhani).json.agent.picture == "\(address)")
            #expect(try await shop.ask("DELETE", "/me/picture", juhani).json.agent.picture == nil)
        }
    }

    @Test("a message carries its files in their order, ten at most, each once")
    func attachments() async throws {
        try await Shop.open { shop in
            let liisa = try await shop.visitor()
            var ids: [Value] = []
            for name in ["a.txt", "b.txt"] { ids.append(try await upload(Array(name.utf8), as: name, to: shop, liisa).json.attachment.id) }
            let said = try await shop.ask(
                "POST", "/conversations", liisa, ["clientId": "1", "text": "", "attachments": .list(ids.reversed())])
            #expect(said.json.message.attachments.asList.map(\.name.asText) == ["b.txt", "a.txt"])
            let again = try await shop.ask("POST", "/conversations", liisa, ["clientId": "2", "text": "", "attachments": [ids[0]]])
            #expect(again.status == 422 && again.json.field == "attachments")
            let many = try await shop.ask(
                "POST", "/conversations", liisa, ["clientId": "3", "text": "x", "attachments": .list(Array(repeating: ids[0], count: 11))])
            #expect(many.status == 422 && many.json.field == "attachments")
        }
    }

    @Test("a place of files that does not answer is told as a passing trouble, to whoever brings a file and whoever asks for one")
    func unreachable() async throws {
        let folder = try TemporaryFolder()
        let files = WatchedStore(try DirectoryStore(folder.url))
        try await Shop.open(files: files) { shop in
            let (liisa, juhani) = (try await shop.visitor(), try await shop.agent())
            let file = try await upload(Array("kuitti".utf8), as: "kuitti.txt", to: shop, liisa).json.attachment.url.asText
            let shown = try await shop.ask("PUT", "/me/picture", juhani, bytes: Picture.png).json.agent.picture.asText
            files.fail(.put, .get)
            let answers = [
                try await upload(Array("toinen".utf8), as: "toinen.txt", to: shop, liisa),
                try await shop.ask("PUT", "/me/picture", juhani, bytes: Picture.png), try await shop.page(file), try await shop.page(shown),
            ]
            for answer in answers {
                #expect(answer.status == 503 && answer.json.code == "files_unavailable" && answer.json.retryAfter == 5)
                #expect(answer["Retry-After"] == "5" && answer["Cache-Control"] == "no-store")
                #expect(answer["Content-Type"] == "application/problem+json")
            }
            #expect(try await shop.ask("GET", "/me", juhani).json.agent.picture == "\(shown)")
            files.watch { _ in }
            #expect(try await shop.page(file).status == 200)
            #expect(try await upload(Array("toinen".utf8), as: "toinen.txt", to: shop, liisa).status == 201)
        }
    }
}
