import Core
import Hummingbird
import Reception
import Storage
import Wire

/// Sites and canned replies.
extension House {
    var settingsEndpoints: [Endpoint] {
        [
            Endpoint(.get, "/sites", [.agent], "Sites that carry the chat", sites).answers(with: ["sites": .list(.site)]),
            Endpoint(.post, "/sites", [.admin], "Add a site", addSite).answers(.created, with: ["site": .site]),
            Endpoint(.get, "/sites/:key", [.agent], "A site, by its id; owners and admins are told its identity secret", site)
                .answers(with: ["site": .site]),
            Endpoint(.patch, "/sites/:key", [.admin], "Change a site, by its id", changeSite).answers(with: ["site": .site]),
            Endpoint(.get, "/canned-replies", [.agent], "Canned replies", cannedReplies)
                .answers(with: ["cannedReplies": .list(.cannedReply)]),
            Endpoint(.post, "/canned-replies", [.agent], "Add a canned reply", saveCannedReply)
                .answers(.created, with: ["cannedReply": .cannedReply]),
            Endpoint(.patch, "/canned-replies/:id", [.agent], "Change a canned reply", saveCannedReply)
                .answers(with: ["cannedReply": .cannedReply]),
            Endpoint(.delete, "/canned-replies/:id", [.agent], "Remove a canned reply", removeCannedReply),
        ]
    }

    private struct SitesShape: Encodable { let sites: [SiteShape] }
    private struct SiteBox: Encodable { let site: SiteShape }

    private func sites(_ call: Call) async throws -> Response {
        let workspace = try call.workspace
        let sites = try await store.read { try $0.sites(of: workspace) }
        return .json(SitesShape(sites: sites.map { SiteShape($0, baseURL: configuration.baseURL) }))
    }

    private struct AddBody: Body {
        static let fields: Fields = ["name": .text, "origins?": .list(.text)]
        let name: String
        let origins: [String]?
    }

    private func addSite(_ call: Call, _ body: AddBody) async throws -> Response {
        let site = try await office.addSite(name: body.name, origins: body.origins ?? [], to: call.workspace)
        return .json(SiteBox(site: SiteShape(site, baseURL: configuration.baseURL, withSecret: true)), status: .created)
    }

    private func site(_ call: Call) async throws -> Response {
        let (id, workspace) = (Site.ID(try call.parameter("key")), try call.workspace)
        let site = try await store.read { try $0.site(id, of: workspace) }
        return .json(SiteBox(site: SiteShape(site, baseURL: configuration.baseURL, withSecret: try call.agent.mayAdminister)))
    }

    fileprivate struct LookBody: Body {
        static let fields: Fields = [
            "color?": .text, "onColor?": .text, "position?": .choice(of: Look.Side.self), "offset?": .offset, "greeting?": .texts,
            "launcherText?": .texts, "theme?": .choice(of: Look.Theme.self), "picture?": .text,
        ]
        let color: String?
        let onColor: String?
        let position: Look.Side?
        let offset: Look.Offset?
        let greeting, launcherText: [String: String]?
        let theme: Look.Theme?
        let picture: String?
    }

    private struct ChangeBody: Body {
        static let fields: Fields = [
            "name?": .text, "origins?": .list(.text), "languages?": .list(.language), "look?": .object(LookBody.fields),
            "onReturn?": .choice(of: Site.OnReturn.self), "peek?": .flag, "identityRequired?": .flag, "privacyText?": .texts,
        ]
        let name: String?
        let origins: [String]?
        let languages: [Language]?
        let look: LookBody?
        let onReturn: Site.OnReturn?
        let peek, identityRequired: Bool?
        let privacyText: [String: String]?
    }

    private func changeSite(_ call: Call, _ body: ChangeBody) async throws -> Response {
        let site = try await office.change(Site.ID(call.parameter("key")), of: call.workspace) { site in
            site.name = body.name ?? site.name
            site.origins = body.origins ?? site.origins
            site.languages = body.languages ?? site.languages
            site.onReturn = body.onReturn ?? site.onReturn
            site.peek = body.peek ?? site.peek
            site.identityRequired = body.identityRequired ?? site.identityRequired
            site.privacyText = body.privacyText ?? site.privacyText
            if let look = body.look { site.look.take(look) }
        }
        return .json(SiteBox(site: SiteShape(site, baseURL: configuration.baseURL, withSecret: true)))
    }

    // MARK: Canned replies

    private struct CannedRepliesShape: Encodable { let cannedReplies: [CannedReplyShape] }
    private struct CannedReplyBox: Encodable { let cannedReply: CannedReplyShape }

    private func cannedReplies(_ call: Call) async throws -> Response {
        let workspace = try call.workspace
        let replies = try await store.read { try $0.cannedReplies(of: workspace) }
        return .json(CannedRepliesShape(cannedReplies: replies.map(CannedReplyShape.init)))
    }

    private struct CannedReplyBody: Body {
        static let fields: Fields = ["kind?": .choice(of: CannedReply.Kind.self), "shortcut?": .text, "title?": .text, "texts?": .texts]
        let kind: CannedReply.Kind?
        let shortcut, title: String?
        let texts: [String: String]?
    }

    private func saveCannedReply(_ call: Call, _ body: CannedReplyBody) async throws -> Response {
        let id: CannedReply.ID? = call.request.method == .patch ? try call.id() : nil
        let reply = try await office.saveCannedReply(id, of: call.workspace) { reply in
            reply.kind = body.kind ?? reply.kind
            reply.shortcut = body.shortcut ?? reply.shortcut
            reply.title = body.title ?? reply.title
            reply.texts = body.texts ?? reply.texts
        }
        return .json(CannedReplyBox(cannedReply: CannedReplyShape(reply)), status: id == nil ? .created : .ok)
    }

    private func removeCannedReply(_ call: Call) async throws -> Response {
        try await office.removeCannedReply(call.id(), of: call.workspace)
        return .noContent
    }
}

extension Look {
    fileprivate mutating func take(_ body: House.LookBody) {
        color = body.color ?? color
        position = body.position ?? position
        offset = body.offset ?? offset
        greeting = body.greeting ?? greeting
        launcherText = body.launcherText ?? launcherText
        theme = body.theme ?? theme
        picture = body.picture ?? picture
    }
}
