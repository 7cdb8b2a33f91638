import Core

/// The things of the contract, as `docs/api.md` lists them.
extension Schema {
    static let language = Schema.choice(of: Language.self)
    /// One text per language.
    static let texts = Schema.map(.text)
    static let role = Schema.choice(of: Agent.Role.self)
    static let presence = Schema.choice(of: Agent.Presence.self)

    static let author = thing(
        "Author", ["kind": .choice(["contact", "agent", "bot", "system"]), "id?": .text, "name?": .text, "picture?": .text])
    static let team = thing("Team", ["id": .text, "name": .text])
    static let page = thing("Page", ["url": .text, "title": .text, "referrer?": .text])
    static let device = thing(
        "Device", ["browser": .text, "os": .text, "kind": .choice(["phone", "tablet", "desktop"])])

    static let contact = thing(
        "Contact",
        [
            "id": .text, "name?": .text, "email?": .text, "phone?": .text, "externalId?": .text, "language?": .text, "verified": .flag,
            "createdAt": .time, "attributes": .map(.attribute), "sessions?": .list(.visitorSession), "conversation?": .text,
        ])
    static let attribute = either([.text, .number, .flag])
    static let visitorSession = thing(
        "VisitorSession",
        [
            "id": .text, "page?": .page, "device": .device, "language": .language, "startedAt": .time, "seenAt": .time, "online": .flag,
        ])

    static let attachment = thing(
        "Attachment",
        ["id": .text, "name": .text, "type": .text, "size": .whole, "url": .text, "width?": .whole, "height?": .whole])
    static let happening = thing(
        "Happening",
        [
            "kind": .choice(["joined", "left", "transferred", "closed", "reopened", "snoozed", "woken", "assigned", "rated", "started"]),
            "agent?": .author, "to?": .author, "team?": .team, "until?": .time, "by?": .author, "score?": .whole, "comment?": .text,
        ])
    static let message = thing(
        "Message",
        [
            "id": .text, "conversation": .text, "seq": .whole, "clientId?": .text, "author": .author,
            "kind": .choice(["reply", "note", "event"]), "text": .text, "at": .time, "attachments": .list(.attachment),
            "mentions?": .list(.text), "event?": .happening,
        ])

    static let mark = object(["delivered": .whole, "read": .whole])
    static let conversation = thing(
        "Conversation",
        [
            "id": .text, "site": .object(["key": .text, "name": .text]), "contact": .contact,
            "state": .choice(["bot", "waiting", "open", "snoozed", "closed"]), "stateAt": .time, "stateBy?": .author, "until?": .time,
            "agent?": .author, "team?": .team, "language": .language, "startedAt": .time, "lastAt": .time, "owedSince?": .time,
            "last?": .object(["text": .text, "author": .author, "at": .time]), "tags?": .list(.text),
            "rating?": .object(["score": .whole, "comment?": .text]), "page?": .page, "lastSeq": .whole, "unread": .whole,
            "marks": .object(["contact": .mark, "agent": .mark]),
        ])

    static let agent = thing(
        "Agent",
        [
            "id": .text, "name": .text, "fullName": .text, "email": .text, "picture?": .text, "role": .role, "presence": .presence,
            "active": .flag, "teams": .list(.text), "language": .language,
        ])
    static let cannedReply = thing(
        "CannedReply",
        ["id": .text, "kind": .choice(of: CannedReply.Kind.self), "shortcut": .text, "title": .text, "texts": .texts])
    static let counts = thing("Counts", ["mine": .whole, "unassigned": .whole, "all": .whole, "snoozed": .whole])

    static let offset = object(["x": .whole, "y": .whole])
    static let look = thing(
        "Look",
        [
            "color": .text, "onColor": .text, "position": .choice(of: Look.Side.self), "offset": .offset, "greeting": .texts,
            "launcherText": .texts, "theme": .choice(of: Look.Theme.self), "picture?": .text,
        ])
    /// What visitors may know of a site.
    static let siteName = thing(
        "SiteName", ["key": .text, "name": .text, "languages": .list(.language), "peek": .flag, "privacyText": .texts])
    static let site = thing(
        "Site",
        [
            "id": .text, "key": .text, "name": .text, "origins": .list(.text), "languages": .list(.language), "look": .look,
            "onReturn": .choice(of: Site.OnReturn.self), "peek": .flag, "identityRequired": .flag, "privacyText": .texts,
            "snippet": .text, "identitySecret?": .text,
        ])
    static let availability = thing(
        "Availability", ["state": .choice(["open", "unattended"]), "agents": .list(.object(["name": .text, "picture?": .text]))])

    static let event = thing(
        "Event",
        [
            "seq": .whole, "type": .text, "at": .time, "conversation?": .either([.conversation, .text]), "message?": .message,
            "by?": .author, "side?": .choice(["contact", "agent"]), "delivered?": .whole, "read?": .whole, "contact?": .contact,
            "agent?": .agent, "team?": .team, "site?": .site, "cannedReply?": .cannedReply, "id?": .text,
        ])
    static let signal = thing(
        "Signal",
        [
            "type": .choice(["typing", "composing", "presence", "availability", "page"]), "conversation?": .text, "author?": .author,
            "text?": .text, "stopped?": .flag, "agent?": .text, "presence?": .presence, "availability?": .availability,
            "contact?": .text, "session?": .text, "page?": .page, "online?": .flag,
        ])

    static let problem = thing(
        "Problem",
        [
            "type": .text, "code": .choice(of: Problem.Code.self), "title": .text, "detail": .text, "status": .whole, "field?": .text,
            "retryAfter?": .whole, "attemptsLeft?": .whole, "at?": .time, "agent?": .object(["id": .text, "name": .text]),
        ])
}
