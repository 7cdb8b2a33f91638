import Core
import Foundation
import HTTPTypes
import Hummingbird
import Storage

/// Everything that is no JSON: the panel, the desk, the demo shop, files and pictures, assets, health.
extension House {
    func addPages(to router: Router<MoroContext>) {
        router.get("/embed.js") { request, _ in try asset("widget/embed.js", request, cache: "public, max-age=300") }
        router.get("/favicon.ico") { request, _ in try asset("desk/icon.svg", request, cache: "public, max-age=86400") }
        router.get("/assets/:release/**") { request, context in
            let isCurrent = context.parameters.get("release") == assets.release
            return try asset(
                context.parameters.getCatchAll().joined(separator: "/"), request,
                cache: isCurrent ? "public, max-age=31536000, immutable" : "no-cache")
        }
        router.get("/chat/:key", use: panel)
        router.get("/desk/sign-in") { request, _ in try await deskPage("desk/sign-in.html", request) }
        router.get("/desk") { request, _ in try await deskPage("desk/desk.html", request) }
        router.get("/desk/**") { request, _ in try await deskPage("desk/desk.html", request) }
        router.get("/demo", use: demo)
        router.get("/demo/**", use: demo)
        router.get("/files/:token/:name", use: file)
        router.get("/pictures/:token", use: picture)
        router.get("/") { _, _ in Response.redirect(to: "/desk", type: .found) }
        router.get("/healthz") { _, _ in "ok\n" }
        router.get("/readyz", use: ready)
        router.get("/metrics", use: metrics)
    }

    private func asset(_ path: String, _ request: Request, cache: String) throws -> Response {
        guard let asset = assets.asset(path) else { throw Refusal.notFound("file") }
        return asset.response(to: request, cache: cache)
    }

    private func panel(_ request: Request, _ context: MoroContext) async throws -> Response {
        let key = try context.parameters.require("key")
        let site = try await store.read { try $0.site(key: key) }
        let asked = request.uri.queryParameters["lang"].map { [String($0)] } ?? []
        let language = site.language(preferring: asked + request.acceptedLanguages)
        let ancestors = site.origins.contains("*") ? "*" : (["'self'"] + site.origins).joined(separator: " ")
        return try page(
            "widget/panel.html", request, ["siteKey": site.key, "siteName": site.name, "lang": language.rawValue], ancestors: ancestors)
    }

    private func deskPage(_ path: String, _ request: Request) async throws -> Response {
        let name = try await store.read { try $0.workspaces().first?.name }
        return try page(path, request, ["workspaceName": name ?? "Moro"])
    }

    /// The demo shop embeds the site with the key `loylymaki`; without it there is no shop.
    private func demo(_ request: Request, _ context: MoroContext) async throws -> Response {
        let path = context.parameters.getCatchAll().joined(separator: "/")
        if let asset = assets.asset("demo/" + path) { return asset.response(to: request, cache: "no-cache") }
        let site = try await store.read { try $0.site(key: "loylymaki") }
        let name = path.isEmpty ? "index" : path
        return try page("demo/\(name).html", request, ["siteKey": site.key, "siteName": site.name])
    }

    /// - Parameter ancestors: who may show this page in a frame.
    private func page(_ path: String, _ request: Request, _ values: [String: String], ancestors: String = "'none'") throws -> Response {
        let language =
            request.uri.queryParameters["lang"].flatMap { Language(tag: String($0)) }
            ?? request.acceptedLanguages.lazy.compactMap(Language.init(tag:)).first ?? .finnish
        let common = ["release": assets.release, "origin": configuration.baseURL, "lang": language.rawValue]
        guard let html = assets.page(path, common.merging(values) { _, own in own }) else { throw Refusal.notFound("page") }
        let policy =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; font-src 'self'; "
            + "manifest-src 'self'; media-src 'self' blob:; frame-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; "
            + "frame-ancestors \(ancestors)"
        return Response(
            status: .ok,
            headers: [
                .contentType: "text/html; charset=utf-8", .cacheControl: "no-cache", .contentSecurityPolicy: policy,
                .referrerPolicy: "strict-origin-when-cross-origin", .xContentTypeOptions: "nosniff",
            ], body: .init(byteBuffer: ByteBuffer(string: html)))
    }

    // MARK: Files

    /// Pictures are shown, everything else is downloaded, and nothing in a file can run as ours.
    private func file(_ request: Request, _ context: MoroContext) async throws -> Response {
        let (attachment, bytes) = try await uploads.open(token: context.parameters.require("token"))
        let isShown = ["image/png", "image/jpeg", "image/gif", "image/webp"].contains(attachment.type)
        let name = attachment.name.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "file"
        return Response(
            status: .ok,
            headers: [
                .contentType: isShown || attachment.type == "application/pdf" ? attachment.type : "application/octet-stream",
                .contentDisposition: "\(isShown ? "inline" : "attachment"); filename*=UTF-8''\(name)",
                .contentSecurityPolicy: "sandbox; default-src 'none'; frame-ancestors 'none'", .xContentTypeOptions: "nosniff",
                .cacheControl: "private, max-age=31536000, immutable", .referrerPolicy: "no-referrer",
            ], body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    private func picture(_ request: Request, _ context: MoroContext) async throws -> Response {
        let (attachment, bytes) = try await uploads.open(token: context.parameters.require("token"))
        guard attachment.type.hasPrefix("image/") else { throw Refusal.notFound("picture") }
        return Response(
            status: .ok,
            headers: [
                .contentType: attachment.type, .contentSecurityPolicy: "sandbox; default-src 'none'", .xContentTypeOptions: "nosniff",
                .cacheControl: "public, max-age=86400",
            ], body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    /// Ready when the database answers.
    private func ready(_ request: Request, _ context: MoroContext) async throws -> Response {
        _ = try await store.read { try $0.workspaces() }
        return Response(status: .ok, headers: [.contentType: "text/plain"], body: .init(byteBuffer: ByteBuffer(string: "ready\n")))
    }
}

extension HTTPField.Name {
    static let referrerPolicy = Self("Referrer-Policy")!
}
