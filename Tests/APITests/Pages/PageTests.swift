import Core
import Foundation
import Storage
import TestSupport
import Testing

/// What every page carries, so that nothing foreign runs in it and nobody frames it who may not.
@Suite("Pages", .timeLimit(.minutes(4)))
struct PageTests {
    static let pages = [
        "/chat/loylymaki", "/chat/loylymaki?embed=1&lang=sv", "/desk", "/desk/conversations/kiuas", "/desk/sign-in",
        "/desk/sign-in?link=abc",
        "/demo", "/demo/kivet", "/demo/kori",
    ]

    @Test("every page has a policy without anything unsafe, and nothing inline to be stopped by it", arguments: pages)
    func policy(_ page: String) async throws {
        try await Shop.open { shop in
            let answer = try await shop.page(page)
            #expect(answer.status == 200, "\(answer.text)")
            #expect(answer["Content-Type"] == "text/html; charset=utf-8")
            #expect(answer["X-Content-Type-Options"] == "nosniff")
            #expect(answer["Referrer-Policy"] == "strict-origin-when-cross-origin")
            let policy = answer["Content-Security-Policy"] ?? ""
            for rule in [
                "default-src 'none'", "script-src 'self'", "style-src 'self'", "base-uri 'none'", "form-action 'self'", "frame-ancestors",
            ] {
                #expect(policy.contains(rule), "\(rule) is missing in \(policy)")
            }
            #expect(!policy.contains("unsafe") && !policy.contains("http:"))
            #expect(try !answer.text.contains(Regex(#"<script(?![^>]*\bsrc=)|\son\w+\s*=|\sstyle\s*=|<style|javascript:"#)), "\(page)")
        }
    }

    @Test("the panel is framed by the site's own origins, the desk and the shop by nobody")
    func frameAncestors() async throws {
        try await Shop.open { shop in
            let expected = [
                ("/chat/loylymaki", "'self' https://loylymaki.example"), ("/chat/huolto", "'self' https://huolto.example"),
                ("/chat/naapuri", "*"),
                ("/desk", "'none'"), ("/desk/sign-in", "'none'"), ("/demo", "'none'"),
            ]
            for (page, ancestors) in expected {
                let policy = try await shop.page(page)["Content-Security-Policy"] ?? ""
                #expect(policy.components(separatedBy: "; ").last == "frame-ancestors \(ancestors)", "\(page)")
            }
        }
    }

    @Test("an origin that would write into the policy is not accepted")
    func originsInThePolicy() async throws {
        try await Shop.open { shop in
            let maija = try await shop.agent(Loylymaki.maija)
            for origin in [
                "https://a.example; script-src *", "https://a.example;sandbox", "https://a.example,https://b.example", "https://a example",
                "a.example",
                "javascript:alert(1)", "https://a.example/path", "https://", "https://a.example\r\nX-Evil: 1", "'unsafe-inline'",
                "https://a.example'",
            ] {
                let answer = try await shop.ask("PATCH", "/sites/verkkokauppa", maija, ["origins": ["\(origin)"]])
                #expect(answer.status == 422 && answer.json.field == "origins", "\(origin): \(answer.text)")
            }
            for origin in [
                "https://a.example", "http://localhost:8080", "https://sauna-kauppa.fi", "http://127.0.0.1:81", "http://[::1]:80",
                "https://löyly.example",
            ] {
                let answer = try await shop.ask("PATCH", "/sites/verkkokauppa", maija, ["origins": ["\(origin)"]])
                #expect(answer.status == 200, "\(origin): \(answer.text)")
                let policy = try await shop.page("/chat/loylymaki")["Content-Security-Policy"] ?? ""
                #expect(policy.utf8.allSatisfy { $0 < 128 }, "\(policy)")
            }
        }
    }

    @Test("assets are kept for ever under their release, read by type, and never looked for outside")
    func assets() async throws {
        try await Shop.open { shop in
            let release = shop.house.assets.release
            let tokens = try await shop.page("/assets/\(release)/shared/tokens.css")
            #expect(tokens.status == 200)
            #expect(tokens["Content-Type"] == "text/css; charset=utf-8")
            #expect(tokens["Cache-Control"] == "public, max-age=31536000, immutable")
            let again = try await shop.page("/assets/\(release)/shared/tokens.css", headers: ["If-None-Match": tokens["ETag"] ?? ""])
            #expect(again.status == 304 && again.body.isEmpty)
            let packed = try await shop.page("/embed.js", headers: ["Accept-Encoding": "gzip"])
            #expect(packed["Content-Encoding"] == "gzip" && packed.body.starts(with: [0x1F, 0x8B]))
            for path in [
                "../Package.swift", "..%2f..%2fPackage.swift", "%2e%2e/Package.swift", "//etc/passwd", "tests/shared/live.test.js",
                "widget/panel.html",
            ] {
                let answer = try await shop.page("/assets/\(release)/\(path)")
                #expect(answer.status == 404 && answer.json.code == "not_found", "\(path)")
            }
        }
    }

    @Test("every answer forbids guessing its type, refusals too")
    func nosniff() async throws {
        try await Shop.open { shop in
            let release = shop.house.assets.release
            let others = [
                "/embed.js", "/assets/\(release)/shared/tokens.css", "/healthz", "/readyz", "/nowhere", "/files/x/y", "/pictures/x",
                "/chat/nobody",
                "/api/v1/me", "/api/v1/nowhere", "/api/v1/sites/loylymaki/widget",
            ]
            for path in Self.pages + others {
                let answer = try await shop.page(path)
                #expect(answer["X-Content-Type-Options"] == "nosniff", "\(path)")
            }
        }
    }

    @Test("a name with markup in it is text in the page")
    func namesInPages() async throws {
        try await Shop.open { shop in
            let name = "</title><script>alert('löyly')</script>\"&'"
            let maija = try await shop.agent(Loylymaki.maija)
            #expect(try await shop.ask("PATCH", "/sites/verkkokauppa", maija, ["name": "\(name)"]).json.site.name == "\(name)")
            let panel = try await shop.page("/chat/loylymaki").text
            #expect(panel.contains("&lt;script&gt;alert("))
            #expect(!panel.contains("<script>alert"))
            for lang in ["\"><script>alert(1)</script>", "%22%3E%3Cscript%3E", "xx"] {
                let safe = lang.addingPercentEncoding(withAllowedCharacters: .urlQueryAllowed) ?? lang
                #expect(try await !shop.page("/chat/loylymaki?lang=\(safe)").text.contains("<script>"))
            }
        }
    }
}
