extension Conversation {
    /// An agent takes the conversation. With `onlyIfFree`, not from a colleague who was quicker (`name` says who, to be told).
    /// - Parameter team: whose it is from now on; left out, it stays the team's that it was.
    public func take(
        by agent: Agent.ID, onlyIfFree: Bool = false, holderName: String = "", for team: Team.ID?? = nil, at now: Moment
    ) throws(Refusal) -> Decision {
        try requireNotClosed()
        if onlyIfFree, let holder = self.agent, holder != agent { throw .alreadyTaken(by: holderName) }
        let team = team ?? self.team
        guard self.agent != agent || self.team != team else { return Decision(self, isChanged: false) }
        var decision = Decision(self, isChanged: true)
        decision.hand(to: agent, team: team, by: agent, at: now)
        if self.agent != agent { decision.introduce(agent) }
        return decision
    }

    /// Gives the conversation to a colleague or a team. The customer sees a transfer only when somebody had been speaking with them;
    /// the receiver is announced when they speak, because only then are they really there.
    public func assign(to receiver: Agent.ID?, team: Team.ID?, by agent: Agent.ID, at now: Moment) throws(Refusal) -> Decision {
        if receiver == agent { return try take(by: agent, for: team, at: now) }
        try requireNotClosed()
        guard receiver != self.agent || team != self.team else { return Decision(self, isChanged: false) }
        var decision = Decision(self, isChanged: true)
        decision.hand(to: receiver, team: team, by: agent, at: now)
        decision.lines.append(.init(.happening(handing(to: receiver, team: team, by: agent)), by: .system))
        decision.conversation.spokesperson = nil
        return decision
    }

    /// Puts the conversation back where anyone can take it.
    public func release(by agent: Agent.ID, at now: Moment) throws(Refusal) -> Decision {
        try requireNotClosed()
        guard let holder = self.agent else { return Decision(self, isChanged: false) }
        var decision = Decision(self, isChanged: true)
        decision.hand(to: nil, team: team, by: agent, at: now)
        if spokesperson == holder {
            decision.conversation.spokesperson = nil
            decision.lines.append(.init(.happening(.left(holder)), by: .system))
        }
        return decision
    }

    private func handing(to receiver: Agent.ID?, team: Team.ID?, by agent: Agent.ID) -> Happening {
        if let spokesperson { return .transferred(from: spokesperson, to: receiver, team: team) }
        return .assigned(to: receiver, team: team, by: .agent(agent))
    }

    func requireNotClosed() throws(Refusal) {
        if isClosed { throw .conflict("The conversation is closed. Open it again first.") }
    }
}

extension Decision {
    fileprivate mutating func hand(to receiver: Agent.ID?, team: Team.ID?, by agent: Agent.ID, at now: Moment) {
        conversation.agent = receiver
        conversation.team = team
        conversation.standing = .init(receiver == nil ? .waiting : .open, since: now, by: .agent(agent))
    }
}
