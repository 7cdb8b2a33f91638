/// One widget installation: its own public key, allowed origins, languages and look.
public struct Site: Sendable, Equatable {
    public typealias ID = Core.ID<Site>

    /// What a customer's new message does after the conversation has been closed.
    public enum OnReturn: String, Sendable, CaseIterable, Codable {
        /// The old conversation opens again.
        case reopen
        /// A new conversation begins; the old one stays in the history.
        case `continue`
    }

    public let id: ID
    public let workspace: Workspace.ID
    /// Public: stands in the script tag.
    public let key: String
    public var name: String
    /// Origins that may embed the widget, `https://shop.example`; `*` allows any; Moro's own is always allowed.
    public var origins: [String]
    public var languages: [Language]
    public var look: Look
    public var onReturn: OnReturn
    /// Whether agents see what the visitor is typing before it is sent. Told in the privacy text.
    public var peek: Bool
    public var identityRequired: Bool
    /// For HMAC-SHA256 of the customer's id, made by the site's own server.
    public var identitySecret: String
    public var privacyText: [String: String]

    public init(
        id: ID, workspace: Workspace.ID, key: String, name: String, origins: [String] = [], languages: [Language] = Language.allCases,
        look: Look = Look(), onReturn: OnReturn = .reopen, peek: Bool = false, identityRequired: Bool = false, identitySecret: String,
        privacyText: [String: String] = [:]
    ) {
        self.id = id
        self.workspace = workspace
        self.key = key
        self.name = name
        self.origins = origins
        self.languages = languages
        self.look = look
        self.onReturn = onReturn
        self.peek = peek
        self.identityRequired = identityRequired
        self.identitySecret = identitySecret
        self.privacyText = privacyText
    }

    public func allows(origin: String) -> Bool { origins.contains("*") || origins.contains(origin) }

    /// The language to speak to somebody who prefers these, in their order.
    public func language(preferring tags: [String]) -> Language {
        tags.compactMap(Language.init(tag:)).first(where: languages.contains) ?? languages.first ?? .finnish
    }
}

/// How the widget looks on the company's site.
public struct Look: Sendable, Equatable, Codable {
    public enum Side: String, Sendable, Codable, CaseIterable { case right, left }
    public enum Theme: String, Sendable, Codable, CaseIterable { case auto, light, dark }
    public struct Offset: Sendable, Equatable, Codable {
        public var x: Int
        public var y: Int
        public init(x: Int, y: Int) {
            self.x = x
            self.y = y
        }
    }

    public var color: String
    public var onColor: String
    public var position: Side
    public var offset: Offset
    public var greeting: [String: String]
    public var launcherText: [String: String]
    public var theme: Theme
    public var picture: String?

    public init(
        color: String = "#174f40", onColor: String = "#ffffff", position: Side = .right, offset: Offset = Offset(x: 22, y: 22),
        greeting: [String: String] = [:], launcherText: [String: String] = [:], theme: Theme = .auto, picture: String? = nil
    ) {
        self.color = color
        self.onColor = onColor
        self.position = position
        self.offset = offset
        self.greeting = greeting
        self.launcherText = launcherText
        self.theme = theme
        self.picture = picture
    }
}

extension Site {
    /// The line for the company's own pages, with the direct link for browsers without scripts.
    public func snippet(baseURL: String) -> String {
        """
        <script async src="\(baseURL)/embed.js" data-site="\(key)"></script>
        <noscript><a href="\(baseURL)/chat/\(key)">Chat</a></noscript>
        """
    }
}
