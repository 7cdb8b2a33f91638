import Core
import Hummingbird
import Realtime
import Sockets
import Reception
import Storage
import Wire

/// A visitor's browser comes, moves, says who it is, and goes.
extension House {
    var sessionEndpoints: [Endpoint] {
        [
            Endpoint(.get, "/sites/:key/widget", [.anyone], "What the launcher on the company's site shows", widgetConfiguration)
                .answers(with: [
                    "site": .siteName, "look": .look, "availability": .availability, "panel": .text, "release": .text,
                    "words": .map(.texts),
                ])
                .refuses(.unknownSite, .foreignOrigin),
            Endpoint(.post, "/sessions", [.anyone], "Start or continue a visitor session", enter)
                .details("Sets the visitor's cookie, or with `cookieless` tells the token.")
                .answers(with: [
                    "contact": .contact, "site": .siteName, "look": .look, "availability": .availability, "conversation?": .conversation,
                    "seq": .whole, "token?": .text, "release": .text,
                ])
                .refuses(.unknownSite),
            Endpoint(.patch, "/sessions/current", [.visitor], "The visitor has moved to another page", move),
            Endpoint(.put, "/sessions/current/identity", [.visitor], "Say who the visitor is", identify)
                .details(
                    "`hash`: hex HMAC-SHA256 of the id with the site's identity secret. `changed`: another history applies, load again."
                )
                .answers(with: ["contact": .contact, "changed": .flag, "seq": .whole])
                .refuses(.identityNotProven),
            Endpoint(.delete, "/sessions/current", [.visitor], "Forget this visitor here", leave),
        ]
    }

    private struct WidgetShape: Encodable {
        let site: SiteName
        let look: Look
        let availability: AvailabilityShape
        let panel, release: String
        let words: [String: [String: String]]
    }

    /// The one request that every page of the company's site makes, hence small and cached.
    private func widgetConfiguration(_ call: Call) async throws -> Response {
        let key = try call.parameter("key")
        let site: Site
        do { site = try await store.read { try $0.site(key: key) } } catch let refusal as Refusal { return toldAnywhere(refusal) }
        var response = Response.json(
            WidgetShape(
                site: SiteName(site), look: site.look, availability: try await hub.availability(of: site.workspace),
                panel: "/chat/\(site.key)", release: assets.release, words: assets.launcherWords(site.languages)))
        response.headers[.cacheControl] = "public, max-age=30"
        response.headers[.vary] = "Origin"
        if let origin = call.request.headers[.origin] {
            guard site.allows(origin: origin) || Doorman(house: self).isOwn(origin, call.request) else {
                throw Refusal.foreignOrigin(origin)
            }
            response.headers[.accessControlAllowOrigin] = origin
        }
        return response
    }

    /// No site says which origins may read this: all may, or a page with a misspelt key would see nothing but a failed request.
    private func toldAnywhere(_ refusal: Refusal) -> Response {
        var response = Problem(refusal).response
        response.headers[.accessControlAllowOrigin] = "*"
        return response
    }

    private struct EnterBody: Body {
        static let fields: Fields = ["site": .text, "token?": .text, "page?": .page, "language?": .text, "cookieless?": .flag]
        let site: String
        let token: String?
        let page: Page?
        let language: String?
        let cookieless: Bool?
    }

    private struct WelcomeShape: Encodable {
        let contact: ContactShape
        let site: SiteName
        let look: Look
        let availability: AvailabilityShape
        let conversation: ConversationShape?
        let seq: Int64
        let token: String?
        let release: String
    }

    private func enter(_ call: Call, _ body: EnterBody) async throws -> Response {
        let presented = body.token ?? call.request.bearerToken ?? call.request.cookies["moro_visitor_\(body.site)"]?.value
        let isKnown = try await isKnown(presented, on: body.site)
        if !isKnown { try limits.take(.sessions, call.address, perMinute: configuration.sessionsPerAddress) }
        let languages = [body.language].compactMap(\.self) + call.request.acceptedLanguages
        let welcome = try await visitorDoor.enter(
            site: body.site, token: presented, page: body.page?.checked(), languages: body.language == nil && isKnown ? [] : languages,
            device: Device(userAgent: call.request.headers[.userAgent] ?? ""))
        let token = welcome.token ?? presented
        var response = Response.json(
            WelcomeShape(
                contact: ContactShape(welcome.contact), site: SiteName(welcome.site), look: welcome.site.look,
                availability: try await hub.availability(of: welcome.site.workspace),
                conversation: welcome.conversation.map { ConversationShape($0, for: .contact) }, seq: welcome.seq,
                token: body.cookieless == true ? token : nil, release: assets.release))
        if body.cookieless != true, let token { response.setVisitorCookie(token, site: body.site, secure: configuration.isSecure) }
        return response
    }

    /// A token that nobody was given begins a session as none does, and is counted as none.
    private func isKnown(_ token: String?, on site: String) async throws -> Bool {
        guard let token else { return false }
        do {
            _ = try await visitorDoor.find(token: token, site: site)
            return true
        } catch Refusal.notSignedIn { return false }
    }

    private struct MoveBody: Body {
        static let fields: Fields = ["page?": .page, "language?": .language]
        let page: Page?
        let language: Language?
    }

    private func move(_ call: Call, _ body: MoveBody) async throws -> Response {
        try await visitorDoor.move(call.visitor, to: body.page?.checked(), language: body.language)
        return .noContent
    }

    private struct IdentityBody: Body {
        static let fields: Fields = [
            "id?": .text, "email?": .text, "name?": .text, "phone?": .text, "hash?": .text, "attributes?": .map(.attribute),
        ]
        let id, email, name, phone, hash: String?
        let attributes: [String: Contact.Attribute]?
    }

    private struct IdentityShape: Encodable {
        let contact: ContactShape
        let changed: Bool
        let seq: Int64
    }

    private func identify(_ call: Call, _ body: IdentityBody) async throws -> Response {
        let claim = VisitorDoor.Claim(
            id: body.id, email: body.email, name: body.name, phone: body.phone, hash: body.hash, attributes: body.attributes ?? [:])
        let (contact, changed, seq) = try await visitorDoor.identify(call.visitor, as: claim)
        if changed { lookAnew(at: try call.visitor) }
        return .json(IdentityShape(contact: ContactShape(contact), changed: changed, seq: seq))
    }

    /// Other tabs may listen as whom this visitor was until now: they are asked to come in again.
    private func lookAnew(at session: VisitorSession) { hub.rooms.sendAway(from: .contact(session.contact)) }

    private func leave(_ call: Call) async throws -> Response {
        try await visitorDoor.leave(call.visitor)
        lookAnew(at: try call.visitor)
        var response = Response.noContent
        response.setVisitorCookie(nil, site: call.request.siteKey ?? "", secure: configuration.isSecure)
        return response
    }
}

/// What visitors may know of a site.
struct SiteName: Encodable {
    let key, name: String
    let languages: [String]
    let peek: Bool
    let privacyText: [String: String]

    init(_ site: Site) {
        key = site.key
        name = site.name
        languages = site.languages.map(\.rawValue)
        peek = site.peek
        privacyText = site.privacyText
    }
}

extension Page {
    /// Only addresses that can be opened, and not endless.
    func checked() throws -> Page {
        guard url.hasPrefix("https://") || url.hasPrefix("http://") else {
            throw Refusal.invalid(field: "page.url", "Expected an address that begins with http.")
        }
        let isWeb = referrer.map { $0.hasPrefix("https://") || $0.hasPrefix("http://") } ?? false
        func cut(_ text: String, _ longest: Int = 2_000) -> String { text.withoutNUL.beginning(longest) }
        return Page(url: cut(url), title: cut(title, 300), referrer: isWeb ? referrer.map { cut($0) } : nil)
    }
}

extension Request {
    /// The browser's languages in order of preference (RFC 9110, 12.5.4).
    var acceptedLanguages: [String] {
        let parts = (headers[.acceptLanguage] ?? "").split(separator: ",").prefix(10).map { part in
            let pieces = part.split(separator: ";").map { $0.trimmingCharacters(in: .whitespaces) }
            let weight = pieces.dropFirst().first { $0.hasPrefix("q=") }.flatMap { Double($0.dropFirst(2)) } ?? 1
            return (tag: pieces.first ?? "", weight: weight)
        }
        return parts.enumerated().sorted { ($1.element.weight, $0.offset) < ($0.element.weight, $1.offset) }.map(\.element.tag)
    }
}
