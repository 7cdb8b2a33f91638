import Core
import Storage

extension Inbound {
    /// What `receive` looks up first, where that is one thing.
    var foresight: Foresight? {
        guard case .conversation(let id) = matter else { return nil }
        return Foresight(of: workspace, author: author, clientID: words?.clientID, conversation: id)
    }

    fileprivate var words: Words? {
        switch act {
        case .say(let words), .note(let words, _): words
        default: nil
        }
    }
}

extension Transaction {
    func receive(_ inbound: Inbound) throws -> Receipt {
        if let receipt = try alreadySaid(inbound) { return receipt }
        let (conversation, isNew) = try find(inbound)
        let decision = try decide(inbound, conversation)
        if isNew { try insert(conversation) }
        return try commit(decision, on: conversation, by: inbound.author, isNew: isNew)
    }

    /// A client id makes a message idempotent: sent again, by a retry or another tab, it is the same message.
    private func alreadySaid(_ inbound: Inbound) throws -> Receipt? {
        guard let words = inbound.words, let message = try message(clientID: words.clientID, by: inbound.author) else { return nil }
        let conversation = try conversation(message.conversation, of: inbound.workspace)
        return Receipt(conversation: try view(of: conversation), message: try views(of: [message])[0], isRepeated: true)
    }

    private func find(_ inbound: Inbound) throws -> (Conversation, isNew: Bool) {
        switch (inbound.matter, inbound.caller) {
        case (.conversation(let id), .visitor(let session)):
            let conversation = try conversation(id, of: inbound.workspace)
            // Another visitor's conversation does not exist for this one.
            guard conversation.contact == session.contact else { throw Refusal.notFound("conversation") }
            return (conversation, false)
        case (.conversation(let id), _):
            return (try conversation(id, of: inbound.workspace), false)
        case (.site(let page, let startsNew), .visitor(let session)):
            return try currentConversation(of: session, page: page, startsNew: startsNew, inbound)
        case (.site, _):
            throw Refusal.forbidden("Only a visitor starts a conversation from a site.")
        }
    }

    private func currentConversation(
        of session: VisitorSession, page: Page?, startsNew: Bool, _ inbound: Inbound
    ) throws -> (Conversation, isNew: Bool) {
        let site = try site(session.site, of: session.workspace)
        if let latest = try latestConversation(of: session.contact, on: site.id) {
            if !latest.isClosed || (!startsNew && site.onReturn == .reopen) { return (latest, false) }
        }
        guard case .say(let words) = inbound.act else { throw Refusal.notFound("conversation") }
        let conversation = Conversation(
            id: world.newID(), workspace: session.workspace, site: site.id, contact: session.contact, clientID: words.clientID,
            language: session.language, startedAt: now, standing: .init(.waiting, since: now, by: inbound.author),
            page: page ?? session.page)
        return (conversation, true)
    }
}
