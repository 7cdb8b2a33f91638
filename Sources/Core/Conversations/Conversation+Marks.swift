extension Conversation {
    /// How far a side has got; never goes back and never past what has been said. Nil when nothing is new.
    public func mark(_ side: Side, delivered: Int64?, read: Int64?) -> Conversation? {
        var marked = self
        let old = side == .contact ? contactMark : agentMark
        let newRead = min(max(old.read, read ?? 0), lastSeq)
        let newDelivered = min(max(old.delivered, delivered ?? 0, newRead), lastSeq)
        guard newRead > old.read || newDelivered > old.delivered else { return nil }
        let mark = Mark(delivered: newDelivered, read: newRead)
        if side == .contact { marked.contactMark = mark } else { marked.agentMark = mark }
        return marked
    }

    /// The conversation once a message stands in its thread: the newest line, and who has not read it.
    public func adding(_ message: Message) -> Conversation {
        var conversation = self
        conversation.lastSeq = message.seq
        guard case .reply(let text) = message.content else { return conversation }
        conversation.last = Last(text: text.beginning(200), author: message.author, at: message.at)
        if message.author.side == .contact { conversation.unreadByAgent += 1 } else { conversation.unreadByContact += 1 }
        return conversation
    }
}
