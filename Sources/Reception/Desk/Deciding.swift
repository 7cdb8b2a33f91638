import Core
import Storage

extension Transaction {
    /// Looks up what the rule must know, and asks the rule.
    func decide(_ inbound: Inbound, _ conversation: Conversation) throws -> Decision {
        switch inbound.caller {
        case .visitor: try decide(inbound.act, conversation, visitor: inbound.author)
        case .agent(let agent): try decide(inbound.act, conversation, agent: agent)
        case .timer:
            if case .wake = inbound.act { conversation.wake(at: now) } else { throw Refusal.forbidden("A timer only wakes.") }
        }
    }

    private func decide(_ act: Inbound.Act, _ conversation: Conversation, visitor author: Author) throws -> Decision {
        switch act {
        case .say(let words): try conversation.receive(words, at: now)
        case .close: conversation.close(by: author, at: now)
        case .rate(let score, let comment): try conversation.rate(score, comment: comment)
        case .mark(let delivered, let read): try marking(conversation, .contact, delivered, read)
        default: throw Refusal.forbidden("Only an agent may do this.")
        }
    }

    private func decide(_ act: Inbound.Act, _ conversation: Conversation, agent: Agent) throws -> Decision {
        switch act {
        case .say(let words): try conversation.reply(words, by: agent.id, at: now)
        case .note(let words, let mentions): try conversation.note(words, mentions: known(mentions, agent), by: agent.id)
        case .take(let onlyIfFree, let team):
            try conversation.take(
                by: agent.id, onlyIfFree: onlyIfFree, holderName: holder(of: conversation), for: known(team, agent), at: now)
        case .assign(let to, let team, let word): try assigning(conversation, to: to, team: team, word: word, by: agent)
        case .release: try conversation.release(by: agent.id, at: now)
        case .close: conversation.close(by: .agent(agent.id), at: now)
        case .reopen: conversation.reopen(by: .agent(agent.id), at: now)
        case .snooze(let until): try snoozing(conversation, until: until, by: agent)
        case .wake: conversation.wake(at: now)
        case .rate: throw Refusal.forbidden("Only the customer rates a conversation.")
        case .tag(let tag): try tagging(conversation, tag)
        case .untag(let tag): Decision(conversation, isChanged: try untag(conversation, folded(tag)))
        case .mark(let delivered, let read): try marking(conversation, .agent, delivered, read)
        }
    }

    /// A transfer with a word to the colleague: the word is a note that mentions them.
    private func assigning(
        _ conversation: Conversation, to receiver: Agent.ID?, team: Team.ID?, word: String?, by agent: Agent
    ) throws -> Decision {
        if let receiver, try !self.agent(receiver, of: agent.workspace).isActive {
            throw Refusal.invalid(field: "agent", "This colleague is no longer active. Choose another.")
        }
        _ = try known(team, agent)
        var decision = try conversation.assign(to: receiver, team: team, by: agent.id, at: now)
        if let word, word.contains(where: { !$0.isWhitespace }) {
            let note = Words(clientID: world.newToken(), text: word)
            decision.lines += try conversation.note(note, mentions: [receiver].compactMap(\.self), by: agent.id).lines
        }
        return decision
    }

    private func snoozing(_ conversation: Conversation, until: Moment, by agent: Agent) throws -> Decision {
        let decision = try conversation.snooze(until: until, by: agent.id, at: now)
        try schedule(.wake, conversation.id.text, at: until, of: conversation.workspace)
        return decision
    }

    private func tagging(_ conversation: Conversation, _ tag: String) throws -> Decision {
        let tag = folded(tag)
        guard !tag.isEmpty, tag.fits(50), !tag.holdsNUL else {
            throw Refusal.invalid(field: "tag", "A tag has 1 to 50 characters.")
        }
        return Decision(conversation, isChanged: try self.tag(conversation, tag))
    }

    private func folded(_ tag: String) -> String {
        tag.split(whereSeparator: \.isWhitespace).joined(separator: " ").lowercased()
    }

    private func marking(_ conversation: Conversation, _ side: Side, _ delivered: Int64?, _ read: Int64?) throws -> Decision {
        guard var marked = conversation.mark(side, delivered: delivered, read: read) else {
            return Decision(conversation, isChanged: false)
        }
        let unread = try unread(in: marked, by: side)
        if side == .contact { marked.unreadByContact = unread } else { marked.unreadByAgent = unread }
        let mark = side == .contact ? marked.contactMark : marked.agentMark
        try append(.conversationMarked(marked.id, marked.contact, side, mark), of: marked.workspace)
        return Decision(marked, isChanged: false)
    }

    private func known(_ mentions: [Agent.ID], _ agent: Agent) throws -> [Agent.ID] {
        guard !mentions.isEmpty else { return [] }
        let colleagues = Set(try agents(of: agent.workspace).map(\.id))
        return mentions.filter(colleagues.contains)
    }

    private func known(_ team: Team.ID??, _ agent: Agent) throws -> Team.ID?? {
        if let team = team ?? nil { _ = try self.team(team, of: agent.workspace) }
        return team
    }

    private func holder(of conversation: Conversation) throws -> String {
        try conversation.agent.map { try agent($0, of: conversation.workspace).name } ?? ""
    }
}
