import Core
import Testing
import TestSupport

@Suite("What a file is")
struct FileTypeTests {
    static let png: [UInt8] =
        [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13] + Array("IHDR".utf8) + [0, 0, 5, 0, 0, 0, 3, 32]
    static let gif = Array("GIF89a".utf8) + [0x40, 0x01, 0xC8, 0x00]
    static let jpeg: [UInt8] =
        [0xFF, 0xD8, 0xFF, 0xE0, 0, 16] + Array("JFIF\0".utf8) + [1, 1, 0, 0, 1, 0, 1, 0, 0] + [0xFF, 0xDB, 0, 4, 0, 0]
        + [0xFF, 0xC2, 0, 17, 8, 3, 0x20, 5, 0, 3, 1, 0x22, 0]
    static let lossyWebP = webP("VP8 ", [0x30, 1, 0, 0x9D, 1, 0x2A, 0x80, 2, 0xE0, 1])
    static let losslessWebP = webP("VP8L", [0x2F, 0x7F, 0xC2, 0x77, 0, 0, 0, 0, 0, 0])
    static let extendedWebP = webP("VP8X", [0, 0, 0, 0, 0x7F, 7, 0, 0x37, 4, 0])

    static func webP(_ chunk: String, _ body: [UInt8]) -> [UInt8] {
        Array("RIFF".utf8) + [0, 0, 0, 0] + Array("WEBP".utf8) + Array(chunk.utf8) + [0, 0, 0, 0] + body
    }

    @Test(
        "A picture is known by its first bytes, with its size, whatever it is called",
        arguments: [
            (png, FileType.image("image/png", width: 1280, height: 800)), (gif, .image("image/gif", width: 320, height: 200)),
            (jpeg, .image("image/jpeg", width: 1280, height: 800)), (lossyWebP, .image("image/webp", width: 640, height: 480)),
            (losslessWebP, .image("image/webp", width: 640, height: 480)), (extendedWebP, .image("image/webp", width: 1920, height: 1080)),
        ], ["kiuas.png", "kiuas.txt", "kuitti.pdf", ""])
    func pictures(picture: (bytes: [UInt8], type: FileType), name: String) {
        #expect(FileType(picture.bytes, name: name) == picture.type)
    }

    @Test("A JPEG whose size lies beyond what is looked at is a picture without one")
    func hiddenSize() {
        let comment: [UInt8] = [0xFF, 0xFE, 0xFF, 0xFF] + [UInt8](repeating: 0, count: 0xFFFD)
        #expect(FileType([0xFF, 0xD8] + comment + comment + Self.jpeg, name: "kuva.jpg") == .image("image/jpeg", width: nil, height: nil))
    }

    static let office = "application/vnd.openxmlformats-officedocument."
    static let zip: [UInt8] = [0x50, 0x4B, 0x03, 0x04, 0x14, 0]

    @Test(
        "A document is known by its first bytes; only what is packed as ZIP is asked for its name",
        arguments: [
            ("%PDF-1.7", "sopimus.docx", "application/pdf"), ("PK\u{3}\u{4}", "Tarjous.DOCX", office + "wordprocessingml.document"),
            ("PK\u{3}\u{4}", "hinnat.xlsx", office + "spreadsheetml.sheet"), ("PK\u{3}\u{4}", "kuvat.zip", "application/zip"),
            ("PK\u{3}\u{4}", "kuva.png", "application/zip"), ("\u{1F}\u{1}", "paketti.bin", "text/plain"),
            ("moi", "kuva.png", "text/plain"), ("löylyä 🔥", "ohje", "text/plain"), ("a\0b", "ohje.txt", "application/octet-stream"),
            ("\0\0\0\u{18}ftypheic\0\0", "kuva.heic", "image/heic"), ("\0\0\0\u{18}ftypisom\0\0", "video", "video/mp4"),
            ("\0\0\0\u{18}ftypqt  \0\0", "video.mov", "video/quicktime"),
        ])
    func documents(text: String, name: String, type: String) {
        #expect(FileType(Array(text.utf8), name: name) == .document(type))
    }

    @Test(
        "What a browser would run is plain text to be downloaded",
        arguments: [
            "<!doctype html><script>alert(1)</script>", "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
            "<?xml version='1.0'?>",
        ],
        ["sivu.html", "kuva.svg", "kuva.png"])
    func html(text: String, name: String) {
        #expect(FileType(Array(text.utf8), name: name) == .document("text/plain"))
    }

    @Test(
        "A program is refused, whatever it is called",
        arguments: [
            Array("MZ\u{90}".utf8), [0x7F] + Array("ELF".utf8), Array("#!/bin/sh\n".utf8), [0xCF, 0xFA, 0xED, 0xFE],
            [0xCA, 0xFE, 0xBA, 0xBE],
        ] as [[UInt8]], ["kuva.png", "ohje.txt", ""])
    func programs(bytes: [UInt8], name: String) {
        #expect(FileType(bytes, name: name) == .program)
    }

    @Test(
        "A program is refused by its name too",
        arguments: ["lasku.pdf.exe", "LASKU.SCR", "ajo.bat", "ajo.ps1", "sovellus.apk", "linkki.lnk"])
    func programNames(name: String) {
        #expect(FileType(Array("@echo off".utf8), name: name) == .program)
    }

    @Test("Text in Latin-1 is no text that is shown, and UTF-8 cut in the middle is")
    func encodings() {
        #expect(FileType([0x6C, 0xF6, 0x79, 0x6C, 0x79], name: "ohje.txt") == .document("application/octet-stream"))
        let cut = [UInt8](repeating: 0x61, count: 65_535) + Array("ö".utf8)
        #expect(FileType(cut, name: "ohje.txt") == .document("text/plain"))
    }

    @Test("Any beginning of any file is some type, and nothing falls over", arguments: 1...20 as ClosedRange<UInt64>)
    func anything(seed: UInt64) {
        var dice = Dice(seed: seed)
        for whole in [Self.png, Self.gif, Self.jpeg, Self.lossyWebP, Self.losslessWebP, Self.extendedWebP, Self.zip] {
            for length in 0...whole.count {
                var bytes = Array(whole.prefix(length))
                _ = FileType(bytes, name: "")
                for place in bytes.indices.dropFirst(4) where Int.random(in: 0..<4, using: &dice) == 0 {
                    bytes[place] = UInt8.random(in: 0...255, using: &dice)
                }
                _ = FileType(bytes, name: "")
            }
        }
    }
}
