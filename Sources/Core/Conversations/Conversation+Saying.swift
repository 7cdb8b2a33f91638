extension Conversation {
    /// The customer writes. Whatever state the conversation is in, it is heard: a closed one opens again, a snoozed one wakes.
    public func receive(_ words: Words, at now: Moment) throws(Refusal) -> Decision {
        let words = try words.checked()
        let author = Author.contact(contact)
        var decision = Decision(self, isChanged: false)
        if isClosed {
            decision.reopen(by: author, at: now)
        } else if case .snoozed = state {
            decision.wake(by: author, at: now)
        }
        decision.conversation.owedSince = owedSince ?? now
        decision.lines.append(.init(.reply(words.text), by: author, clientID: words.clientID, attachments: words.attachments))
        return decision
    }

    /// An agent answers. Nobody's conversation becomes theirs; the customer is told when another person starts to speak.
    public func reply(_ words: Words, by agent: Agent.ID, at now: Moment) throws(Refusal) -> Decision {
        let words = try words.checked()
        let author = Author.agent(agent)
        // That an answer is no longer owed follows from the message itself.
        var decision = Decision(self, isChanged: false)
        if isClosed {
            decision.reopen(by: author, at: now)
        } else if case .snoozed = state {
            decision.wake(by: author, at: now)
        }
        decision.takeIfNobodyHas(agent, at: now)
        decision.introduce(agent)
        decision.conversation.owedSince = nil
        decision.lines.append(.init(.reply(words.text), by: author, clientID: words.clientID, attachments: words.attachments))
        return decision
    }

    /// A word to the team; the customer never sees it and nothing else changes.
    public func note(_ words: Words, mentions: [Agent.ID], by agent: Agent.ID) throws(Refusal) -> Decision {
        let words = try words.checked()
        let line = Decision.Line(
            .note(words.text, mentions: mentions), by: .agent(agent), clientID: words.clientID, attachments: words.attachments)
        return Decision(self, lines: [line], isChanged: false)
    }
}

extension Decision {
    mutating func takeIfNobodyHas(_ agent: Agent.ID, at now: Moment) {
        guard conversation.agent == nil else { return }
        conversation.agent = agent
        conversation.standing = .init(.open, since: now, by: .agent(agent))
        isChanged = true
    }

    mutating func introduce(_ agent: Agent.ID) {
        guard conversation.spokesperson != agent else { return }
        conversation.spokesperson = agent
        lines.append(.init(.happening(.joined(agent)), by: .system))
        isChanged = true
    }
}
