extension Conversation {
    /// Either side ends the conversation. Ending what has ended changes nothing.
    public func close(by author: Author, at now: Moment) -> Decision {
        guard !isClosed else { return Decision(self, isChanged: false) }
        var decision = Decision(self, isChanged: true)
        decision.conversation.standing = .init(.closed, since: now, by: author)
        decision.conversation.owedSince = nil
        decision.lines.append(.init(.happening(.closed(by: author)), by: .system))
        return decision
    }

    /// Opens a closed conversation, wakes a snoozed one; an open one stays as it is.
    public func reopen(by author: Author, at now: Moment) -> Decision {
        var decision = Decision(self, isChanged: false)
        if isClosed {
            decision.reopen(by: author, at: now)
        } else if case .snoozed = state {
            decision.wake(by: author, at: now)
        }
        return decision
    }

    /// Puts the conversation out of sight until a moment to come.
    public func snooze(until: Moment, by agent: Agent.ID, at now: Moment) throws(Refusal) -> Decision {
        try requireNotClosed()
        guard until > now else { throw .invalid(field: "until", "Choose a time that is still to come.") }
        guard until < now.adding(seconds: 366 * 86_400) else { throw .invalid(field: "until", "Choose a time within a year.") }
        var decision = Decision(self, isChanged: true)
        decision.conversation.standing = .init(.snoozed(until: until), since: now, by: .agent(agent))
        decision.lines.append(.init(.happening(.snoozed(until: until, by: .agent(agent))), by: .system))
        return decision
    }

    /// The snooze's time has come. A timer that comes too early, or after somebody has woken it, changes nothing.
    public func wake(at now: Moment) -> Decision {
        var decision = Decision(self, isChanged: false)
        if case .snoozed(let until) = state, until <= now { decision.wake(by: .system, at: now) }
        return decision
    }

    /// The customer's verdict, once the conversation has ended. A new verdict replaces the old.
    public func rate(_ score: Int, comment: String?) throws(Refusal) -> Decision {
        guard isClosed else { throw .conflict("A conversation is rated when it has ended.") }
        guard (1...3).contains(score) else { throw .invalid(field: "score", "Give 1 (badly), 2 (all right) or 3 (well).") }
        let comment = comment.flatMap { $0.contains { !$0.isWhitespace } ? $0.withoutNUL : nil }
        if let comment, comment.utf8.count > 8_192 { throw .invalid(field: "comment", "Keep the comment under 8 KB.") }
        let rating = Rating(score: score, comment: comment)
        guard rating != self.rating else { return Decision(self, isChanged: false) }
        var decision = Decision(self, isChanged: true)
        decision.conversation.rating = rating
        decision.lines.append(.init(.happening(.rated(score: score, comment: comment)), by: .system))
        return decision
    }
}

extension Decision {
    mutating func reopen(by author: Author, at now: Moment) {
        rise(by: author, at: now)
        conversation.spokesperson = nil
        lines.append(.init(.happening(.reopened(by: author)), by: .system))
    }

    mutating func wake(by author: Author, at now: Moment) {
        rise(by: author, at: now)
        lines.append(.init(.happening(.woken(by: author)), by: .system))
    }

    private mutating func rise(by author: Author, at now: Moment) {
        conversation.standing = .init(conversation.agent == nil ? .waiting : .open, since: now, by: author)
        isChanged = true
    }
}
