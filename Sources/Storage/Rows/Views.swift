import Core

extension Transaction {
    /// Conversations with everything a list shows of them.
    public func views(of conversations: [Conversation]) throws -> [ConversationView] {
        var sites: [Site.ID: (key: String, name: String)] = [:]
        let (contacts, tags) = (try contacts(of: conversations), try tags(of: conversations))
        let faces = try self.faces(of: conversations.flatMap(\.authors), teams: conversations.compactMap(\.team))
        return try conversations.map { conversation in
            let site = try sites[conversation.site] ?? siteName(conversation.site)
            sites[conversation.site] = site
            return ConversationView(
                conversation, contact: try contacts[conversation.contact] ?? contact(conversation.contact, of: conversation.workspace),
                siteKey: site.key, siteName: site.name, tags: tags[conversation.id] ?? [], faces: faces)
        }
    }

    public func view(of conversation: Conversation) throws -> ConversationView {
        try views(of: [conversation])[0]
    }

    public func views(of messages: [Message]) throws -> [MessageView] {
        let faces = try self.faces(of: messages.flatMap(\.authors), teams: messages.compactMap(\.team))
        return messages.map { MessageView($0, faces: faces) }
    }

    public func faces(of authors: [Author], teams: [Team.ID] = []) throws -> Faces {
        var faces = Faces()
        try meet(customersAmong: Set(authors))
        for author in Set(authors) { faces.people[author] = try knownFace(of: author) }
        for team in Set(teams) {
            faces.teams[team] = try row("SELECT name FROM teams WHERE id = \(team)")?.optionalText("name")
        }
        return faces
    }

    /// All at once: a list would else ask twice for each of its lines. Their faces are known with them.
    private func contacts(of conversations: [Conversation]) throws -> [Contact.ID: Contact] {
        guard conversations.count > 1 else { return [:] }
        let ids = Set(conversations.map(\.contact)).map { [$0.stored] }
        let found = try rows(SQL("SELECT * FROM contacts WHERE id IN (", anyOf: ids, width: 1, tail: ")")).map(Contact.init(row:))
        for contact in found {
            let author = Author.contact(contact.id)
            memory.faces[author] = Face(author, name: contact.name)
        }
        return Dictionary(found.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    private func tags(of conversations: [Conversation]) throws -> [Conversation.ID: [String]] {
        guard conversations.count > 1 else { return try conversations.reduce(into: [:]) { $0[$1.id] = try tags(of: $1.id) } }
        let ids = conversations.map { [$0.id.stored] }
        return try rows(
            SQL(
                "SELECT conversation, tag FROM conversation_tags WHERE conversation IN (", anyOf: ids, width: 1,
                tail: ") ORDER BY conversation, tag")
        ).reduce(into: [:]) { $0[try $1.id("conversation"), default: []].append(try $1.text("tag")) }
    }

    /// Agents are few, and known after a while; of customers a page of messages may have many.
    private func meet(customersAmong authors: Set<Author>) throws {
        let strangers: [[Value]] = authors.compactMap { author in
            guard case .contact(let id) = author, memory.faces[author] == nil else { return nil }
            return [id.stored]
        }
        guard strangers.count > 1 else { return }
        for row in try rows(SQL("SELECT id, name FROM contacts WHERE id IN (", anyOf: strangers, width: 1, tail: ")")) {
            let author = Author.contact(try row.id("id"))
            memory.faces[author] = Face(author, name: row.optionalText("name"))
        }
    }

    private func knownFace(of author: Author) throws -> Face {
        if let known = memory.faces[author] { return known }
        let face = try face(of: author)
        memory.faces[author] = face
        return face
    }

    private func face(of author: Author) throws -> Face {
        switch author {
        case .contact(let id):
            Face(author, name: try row("SELECT name FROM contacts WHERE id = \(id)")?.optionalText("name"))
        case .agent(let id):
            try row("SELECT name, picture FROM agents WHERE id = \(id)").map {
                Face(author, name: try $0.text("name"), picture: $0.optionalText("picture"))
            } ?? Face(author)
        case .bot, .system: Face(author)
        }
    }

    private func siteName(_ id: Site.ID) throws -> (key: String, name: String) {
        guard let row = try row("SELECT key, name FROM sites WHERE id = \(id)") else { throw Refusal.notFound("site") }
        return (try row.text("key"), try row.text("name"))
    }
}

extension Conversation {
    fileprivate var authors: [Author] {
        [standing.by, .contact(contact)] + [agent, spokesperson].compactMap { $0.map(Author.agent) } + [last?.author].compactMap(\.self)
    }
}

extension Message {
    fileprivate var authors: [Author] {
        switch content {
        case .reply, .note: [author]
        case .happening(let happening): [author] + happening.authors
        }
    }

    fileprivate var team: Team.ID? {
        switch content {
        case .happening(.transferred(_, _, let team)), .happening(.assigned(_, let team, _)): team
        default: nil
        }
    }
}

extension Happening {
    fileprivate var authors: [Author] {
        switch self {
        case .joined(let agent), .left(let agent): [.agent(agent)]
        case .transferred(let from, let to, _): [from, to].compactMap { $0.map(Author.agent) }
        case .assigned(let to, _, let by): [by] + [to].compactMap { $0.map(Author.agent) }
        case .closed(let by), .reopened(let by), .snoozed(_, let by), .woken(let by): [by]
        case .rated: []
        }
    }
}
