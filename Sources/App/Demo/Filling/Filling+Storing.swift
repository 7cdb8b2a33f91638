import Core
import Storage

extension Transaction {
    /// Stores what was imagined. Returns the number of messages.
    func store(_ imagined: [Imagined], _ site: Site, _ clock: DemoClock) throws -> Int {
        try imagined.reduce(0) { try $0 + store($1, site, clock) }
    }

    /// Lets the rules decide about everything that was done, and stores it.
    private func store(_ imagined: Imagined, _ site: Site, _ clock: DemoClock) throws -> Int {
        clock.set(imagined.conversation.startedAt)
        try greet(imagined)
        try insert(imagined.conversation)
        try append(.conversationStarted(view(imagined.conversation, imagined, site)), of: site.workspace)
        var (conversation, count) = (imagined.conversation, 0)
        for (number, act) in imagined.acts.enumerated() {
            clock.set(act.at)
            let decision = try conversation.decide(act, clientID: "\(conversation.id)-\(number)", world: world)
            conversation = decision.conversation
            for line in decision.lines { conversation = conversation.adding(try place(line, in: conversation, at: act.at)) }
            conversation = conversation.noticed(by: act.deed)
            count += decision.lines.count
            if case .snoozes(_, let until) = act.deed { try schedule(.wake, conversation.id.text, at: until, of: site.workspace) }
        }
        try update(conversation, from: imagined.conversation)
        for tag in imagined.tags { _ = try self.tag(conversation, tag) }
        try append(.conversationChanged(view(conversation, imagined, site), by: conversation.standing.by), of: site.workspace)
        return count
    }

    /// The browser's token is a word that is nobody's digest: nobody can come in by it.
    private func greet(_ imagined: Imagined) throws {
        guard let session = imagined.session else { return }
        try save(imagined.contact)
        try insert(session, tokenHash: "fill:\(session.id)")
    }

    private func place(_ line: Decision.Line, in conversation: Conversation, at moment: Moment) throws -> Message {
        let message = Message(
            id: world.newID(), conversation: conversation.id, author: line.author, clientID: line.clientID, content: line.content,
            at: moment, seq: try nextSeq(of: conversation.workspace))
        try insert(message, of: conversation.workspace)
        let told = MessageView(message, contact: conversation.contact, faces: Faces())
        try append(.messageAdded(told), of: conversation.workspace, seq: message.seq)
        return message
    }

    private func view(_ conversation: Conversation, _ imagined: Imagined, _ site: Site) -> ConversationView {
        ConversationView(
            conversation, contact: imagined.contact, siteKey: site.key, siteName: site.name, tags: imagined.tags, faces: Faces())
    }
}

extension Conversation {
    fileprivate func decide(_ act: Imagined.Act, clientID: String, world: World) throws -> Decision {
        let words = { (text: String) in Words(clientID: clientID, text: text) }
        return switch act.deed {
        case .says(let text): try receive(words(text), at: act.at)
        case .answers(let agent, let text): try reply(words(text), by: agent, at: act.at)
        case .notes(let agent, let text): try note(words(text), mentions: [], by: agent)
        case .hands(let agent, let to): try assign(to: to, team: team, by: agent, at: act.at)
        case .closes(let author): close(by: author, at: act.at)
        case .rates(let score, let comment): try rate(score, comment: comment)
        case .snoozes(let agent, let until): try snooze(until: until, by: agent, at: act.at)
        }
    }

    /// Whoever does something has read what was said before; at the end both have.
    fileprivate func noticed(by deed: Imagined.Deed) -> Conversation {
        switch deed {
        case .says: read(by: .contact)
        case .answers, .notes, .hands, .snoozes: read(by: .agent)
        case .closes, .rates: read(by: .contact).read(by: .agent)
        }
    }

    private func read(by side: Side) -> Conversation {
        guard var read = mark(side, delivered: lastSeq, read: lastSeq) else { return self }
        if side == .contact { read.unreadByContact = 0 } else { read.unreadByAgent = 0 }
        return read
    }
}
