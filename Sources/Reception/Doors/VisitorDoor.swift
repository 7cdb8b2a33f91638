import Core
import Realtime
import Storage
import Wire

/// How visitors come in: a browser gets a session, and proves who it is if the site vouches for it.
public struct VisitorDoor: Sendable {
    private let store: Store
    private let hub: Hub
    private let known: KnownVisitors

    public init(store: Store, hub: Hub) {
        self.store = store
        self.hub = hub
        known = KnownVisitors(world: store.world)
        hub.onNodes(changed: Self.visitors) { [known] _ in known.forgetAll() }
    }

    private static let visitors = "visitors"

    /// Who a visitor is has changed, or they have gone: no node knows them by heart any more.
    private func forget(_ session: VisitorSession) {
        known.forgetAll()
        hub.tellNodes(changed: Self.visitors, session.id.text)
    }

    /// What a visitor's browser needs to begin.
    public struct Welcome: Sendable {
        public let session: VisitorSession
        /// The session's token, if it is new.
        public let token: String?
        public let site: Site
        public let contact: Contact
        public let conversation: ConversationView?
        /// Where to listen from.
        public let seq: Int64
    }

    /// What a site says of its visitor.
    public struct Claim: Sendable {
        public var id: String?
        public var email: String?
        public var name: String?
        public var phone: String?
        public var hash: String?
        public var attributes: [String: Contact.Attribute]

        public init(
            id: String? = nil, email: String? = nil, name: String? = nil, phone: String? = nil, hash: String? = nil,
            attributes: [String: Contact.Attribute] = [:]
        ) {
            self.id = id
            self.email = email
            self.name = name
            self.phone = phone
            self.hash = hash
            self.attributes = attributes
        }
    }

    /// Continues the session of a token, or starts one.
    public func enter(site key: String, token: String?, page: Page?, languages: [String], device: Device) async throws -> Welcome {
        let welcome = try await store.write { tx in
            let site = try tx.site(key: key)
            let old = try token.flatMap { try tx.visitorSession(tokenHash: digest(of: $0)) }.flatMap { $0.site == site.id ? $0 : nil }
            let (session, newToken) =
                try old.map { (try Self.go(on: $0, page, languages, site, tx), nil) }
                ?? Self.begin(site, page, languages, device, tx)
            let conversation = try tx.latestConversation(of: session.contact, on: site.id)
            return Welcome(
                session: session, token: newToken, site: site, contact: try tx.contact(session.contact, of: session.workspace),
                conversation: try conversation.map(tx.view(of:)), seq: try tx.head(of: site.workspace))
        }
        if welcome.token == nil { known.forgetAll() }
        tellPage(welcome.session)
        return welcome
    }

    /// Whose token this is on a site.
    /// - Throws: `notSignedIn`, or `unknownSite` when there is no such site.
    /// - Parameter writes: who writes is remembered for a moment; who only listens, times ten thousand, need not be.
    public func find(token: String, site key: String, writes: Bool = false) async throws -> VisitorSession {
        if let session = known.find(token, site: key) { return session }
        let round = known.round
        let session = try await store.read { tx in
            if let session = try tx.visitorSession(tokenHash: digest(of: token), site: key) { return session }
            // A misspelt key is told as such, and not as a session that is over.
            _ = try tx.site(key: key)
            throw Refusal.notSignedIn
        }
        if writes { known.remember(session, token, site: key, since: round) }
        return session
    }

    /// The visitor has gone to another page, or chosen another language.
    public func move(_ session: VisitorSession, to page: Page?, language: Language?) async throws {
        defer { known.forgetAll() }
        let moved = try await store.write { tx in
            var moved = session
            moved.page = page ?? session.page
            moved.language = language ?? session.language
            moved.seenAt = tx.now
            try tx.update(moved)
            return moved
        }
        tellPage(moved)
    }

    /// The site says who its visitor is. Proven, the customer's history follows them to this browser, and what they said here
    /// before joins it; unproven, it is only noted on this visitor.
    /// - Returns: the contact, and whether it is another one than before.
    public func identify(_ session: VisitorSession, as claim: Claim) async throws -> (contact: Contact, changed: Bool, seq: Int64) {
        let claim = try claim.checked()
        defer { forget(session) }
        return try await store.write { tx in
            let site = try tx.site(session.site, of: session.workspace)
            let isProven = claim.id.map { id in
                claim.hash.map { Reception.isProven(id: id, hash: $0, secret: site.identitySecret) } ?? false
            }
            if claim.hash != nil || site.identityRequired, isProven == false { throw Refusal.identityNotProven }
            var contact = try tx.contact(session.contact, of: session.workspace)
            let before = contact
            if isProven == true, let id = claim.id { contact = try Self.contact(provenAs: id, before, session, tx) }
            contact.note(claim, byProof: isProven == true)
            if contact != before {
                try tx.save(contact)
                try tx.append(.contactChanged(contact), of: session.workspace)
            }
            return (contact, contact.id != before.id, try tx.head(of: session.workspace))
        }
    }

    /// Forgets this browser; the customer's history stays with the company.
    public func leave(_ session: VisitorSession) async throws {
        defer { forget(session) }
        try await store.write { try $0.deleteVisitorSession(session.id) }
    }

    private func tellPage(_ session: VisitorSession) {
        hub.signal(.page(session, online: true), to: .agents(of: session.workspace))
    }

    private static func begin(
        _ site: Site, _ page: Page?, _ languages: [String], _ device: Device, _ tx: Transaction
    ) throws -> (VisitorSession, String?) {
        let language = site.language(preferring: languages)
        let contact = Contact(id: tx.world.newID(), workspace: site.workspace, language: language, createdAt: tx.now)
        try tx.save(contact)
        let session = VisitorSession(
            id: tx.world.newID(), workspace: site.workspace, site: site.id, contact: contact.id, page: page, device: device,
            language: language, startedAt: tx.now, seenAt: tx.now)
        let token = tx.world.newToken()
        try tx.insert(session, tokenHash: digest(of: token))
        return (session, token)
    }

    private static func go(
        on session: VisitorSession, _ page: Page?, _ languages: [String], _ site: Site, _ tx: Transaction
    ) throws -> VisitorSession {
        var session = session
        session.page = page ?? session.page
        if !languages.isEmpty { session.language = site.language(preferring: languages) }
        session.seenAt = tx.now
        try tx.update(session)
        return session
    }

    private static func contact(
        provenAs id: String, _ present: Contact, _ session: VisitorSession, _ tx: Transaction
    ) throws -> Contact {
        if present.externalID == id { return present }
        if let known = try tx.contact(externalID: id, of: session.workspace) {
            var moved = session
            moved.contact = known.id
            // Whoever was proven as somebody else before (a shared computer) keeps their own history.
            if present.isVerified { try tx.update(moved) } else { try tx.moveConversations(from: present.id, to: known.id) }
            return known
        }
        guard present.isVerified else {
            var proven = present
            proven.externalID = id
            return proven
        }
        let fresh = Contact(
            id: tx.world.newID(), workspace: session.workspace, externalID: id, language: session.language, createdAt: tx.now)
        try tx.save(fresh)
        var moved = session
        moved.contact = fresh.id
        try tx.update(moved)
        return fresh
    }
}

extension VisitorDoor.Claim {
    fileprivate func checked() throws -> Self {
        for (field, value) in [("id", id), ("email", email), ("name", name), ("phone", phone)] {
            guard let value else { continue }
            guard value.fits(200), !value.holdsNUL else { throw Refusal.invalid(field: field, "Keep it under 200 characters.") }
        }
        guard attributes.count <= 50 else { throw Refusal.invalid(field: "attributes", "At most 50 attributes.") }
        for (name, value) in attributes {
            guard name.fits(60), !name.holdsNUL else {
                throw Refusal.invalid(field: "attributes", "Keep names under 60 characters.")
            }
            if case .text(let text) = value, !text.fits(1_000) || text.holdsNUL {
                throw Refusal.invalid(field: "attributes.\(name)", "Keep the value under 1,000 characters.")
            }
        }
        return self
    }
}

extension Contact {
    /// An unproven claim never overwrites what a proven one or an agent has written of a proven customer.
    fileprivate mutating func note(_ claim: VisitorDoor.Claim, byProof: Bool) {
        guard byProof || !isVerified else { return }
        name = claim.name ?? name
        email = claim.email ?? email
        phone = claim.phone ?? phone
        attributes.merge(claim.attributes) { _, new in new }
        if attributes.count > 50 { attributes = claim.attributes }
    }
}
