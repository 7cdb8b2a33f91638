import Core

public struct ContactShape: Encodable, Sendable {
    public struct SessionShape: Encodable, Sendable {
        let id: String
        let page: Page?
        let device: Device
        let language: String
        let startedAt, seenAt: Int64
        let online: Bool

        public init(_ session: VisitorSession, online: Bool) {
            id = session.id.text
            page = session.page
            device = session.device
            language = session.language.rawValue
            startedAt = session.startedAt.milliseconds
            seenAt = session.seenAt.milliseconds
            self.online = online
        }
    }

    let id: String
    let name, email, phone, externalId, language: String?
    let verified: Bool
    let createdAt: Int64
    let attributes: [String: Contact.Attribute]
    let sessions: [SessionShape]?
    /// The newest conversation, where a search shows the contact.
    let conversation: String?

    public init(_ contact: Contact, sessions: [SessionShape]? = nil, conversation: Conversation.ID? = nil) {
        id = contact.id.text
        name = contact.name
        email = contact.email
        phone = contact.phone
        externalId = contact.externalID
        language = contact.language?.rawValue
        verified = contact.isVerified
        createdAt = contact.createdAt.milliseconds
        attributes = contact.attributes
        self.sessions = sessions
        self.conversation = conversation?.text
    }
}
