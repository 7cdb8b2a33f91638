import Core

public struct SiteShape: Encodable, Sendable {
    let id, key, name: String
    let origins, languages: [String]
    let look: Look
    let onReturn: String
    let peek, identityRequired: Bool
    let privacyText: [String: String]
    let snippet: String
    let identitySecret: String?

    public init(_ site: Site, baseURL: String, withSecret: Bool = false) {
        id = site.id.text
        key = site.key
        name = site.name
        origins = site.origins
        languages = site.languages.map(\.rawValue)
        look = site.look
        onReturn = site.onReturn.rawValue
        peek = site.peek
        identityRequired = site.identityRequired
        privacyText = site.privacyText
        snippet = site.snippet(baseURL: baseURL)
        identitySecret = withSecret ? site.identitySecret : nil
    }
}

public struct CannedReplyShape: Encodable, Sendable {
    let id, kind, shortcut, title: String
    let texts: [String: String]

    public init(_ reply: CannedReply) {
        id = reply.id.text
        kind = reply.kind.rawValue
        shortcut = reply.shortcut
        title = reply.title
        texts = reply.texts
    }
}
