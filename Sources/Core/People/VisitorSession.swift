/// One browser of one contact on one site, from its first visit on.
public struct VisitorSession: Sendable, Equatable {
    public typealias ID = Core.ID<VisitorSession>

    public let id: ID
    public let workspace: Workspace.ID
    public let site: Site.ID
    public var contact: Contact.ID
    public var page: Page?
    public var device: Device
    public var language: Language
    public let startedAt: Moment
    public var seenAt: Moment

    public init(
        id: ID, workspace: Workspace.ID, site: Site.ID, contact: Contact.ID, page: Page?, device: Device, language: Language,
        startedAt: Moment, seenAt: Moment
    ) {
        self.id = id
        self.workspace = workspace
        self.site = site
        self.contact = contact
        self.page = page
        self.device = device
        self.language = language
        self.startedAt = startedAt
        self.seenAt = seenAt
    }
}

/// Where on the company's site somebody is.
public struct Page: Sendable, Equatable, Codable {
    public var url: String
    public var title: String
    public var referrer: String?

    public init(url: String, title: String, referrer: String? = nil) {
        self.url = url
        self.title = title
        self.referrer = referrer
    }
}
