import Core

extension Transaction {
    /// The next number of the workspace's log. Taken in the committing transaction, so that numbers have no gaps.
    public func nextSeq(of workspace: Workspace.ID) throws -> Int64 { try nextSeqs(1, of: workspace).lowerBound }

    /// So many numbers in a row. The first of a transaction holds the workspace's counter until the commit, which writes it down.
    public func nextSeqs(_ count: Int64, of workspace: Workspace.ID) throws -> ClosedRange<Int64> {
        let last = try memory.numbers[workspace] ?? memory.foreseen.heads[workspace] ?? heldSeq(of: workspace)
        memory.note(last + count, of: workspace)
        return last + 1...last + count
    }

    private func heldSeq(of workspace: Workspace.ID) throws -> Int64 {
        guard let row = try row("UPDATE workspaces SET seq = seq WHERE id = \(workspace) RETURNING seq") else {
            throw Refusal.notFound("workspace")
        }
        return try row.integer("seq")
    }

    /// Appends an event; it is told after the commit.
    public func append(_ kind: Event.Kind, of workspace: Workspace.ID) throws {
        try append(kind, of: workspace, seq: nextSeq(of: workspace))
    }

    public func append(_ kind: Event.Kind, of workspace: Workspace.ID, seq: Int64) throws {
        let entry = Entry(kind)
        try add(
            [
                workspace.stored, seq.stored, now.stored, .text(entry.kind), entry.contact?.stored ?? .null, .text(entry.subject),
                entry.detail?.stored ?? .null, entry.isInternal.stored,
            ], to: .events)
        events.append(
            Event(seq: seq, workspace: workspace, contact: entry.contact, isInternal: entry.isInternal, at: now, kind: kind))
    }
}

/// What of an event stands in the log; the rest is read from the rows it names.
struct Entry {
    let kind: String
    let subject: String
    var contact: Contact.ID?
    var detail: String?
    var isInternal = false

    init(_ event: Event.Kind) {
        switch event {
        case .conversationStarted(let view):
            (kind, subject, contact) = ("conversation.started", view.conversation.id.text, view.contact.id)
        case .messageAdded(let view):
            (kind, subject, contact) = ("message.added", view.message.id.text, view.contact)
            isInternal = view.message.isInternal
        case .conversationChanged(let view, let by):
            (kind, subject, contact) = ("conversation.changed", view.conversation.id.text, view.contact.id)
            detail = by?.column
        case .conversationMarked(let id, let contact, let side, let mark):
            (kind, subject, self.contact) = ("conversation.marked", id.text, contact)
            detail = "\(side.rawValue) \(mark.delivered) \(mark.read)"
        case .contactChanged(let contact):
            (kind, subject, self.contact) = ("contact.changed", contact.id.text, contact.id)
        case .agentChanged(let agent): (kind, subject, isInternal) = ("agent.changed", agent.id.text, true)
        case .teamChanged(let team): (kind, subject, isInternal) = ("team.changed", team.id.text, true)
        case .siteChanged(let site): (kind, subject, isInternal) = ("site.changed", site.id.text, true)
        case .cannedReplyChanged(let reply): (kind, subject, isInternal) = ("canned_reply.changed", reply.id.text, true)
        case .cannedReplyRemoved(let id): (kind, subject, isInternal) = ("canned_reply.removed", id.text, true)
        }
    }
}
