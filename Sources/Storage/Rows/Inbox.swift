import Core

/// Which conversations a list shows.
public enum InboxView: String, Sendable, CaseIterable {
    case mine, unassigned, all, snoozed, closed
}

/// How many conversations lie in each view.
public struct InboxCounts: Sendable, Equatable {
    public var mine = 0
    public var unassigned = 0
    public var all = 0
    public var snoozed = 0
}

extension Transaction {
    /// Work in hand: whom an answer has been owed longest stands first, then the newest. Closed: whatever was closed last stands first.
    /// - Parameter cursor: where the page before ended, as returned.
    public func inbox(_ view: InboxView, of agent: Agent, after cursor: String?, limit: Int) throws -> (page: [Conversation], next: String?)
    {
        let start = max(0, cursor.flatMap(Int.init) ?? 0)
        if view == .closed { return try closed(of: agent, before: cursor, limit: limit) }
        let found = try rows(
            """
            SELECT * FROM conversations WHERE workspace = \(agent.workspace)
                AND (state = 'snoozed') = \(view == .snoozed) AND state IN ('bot', 'waiting', 'open', 'snoozed')
                AND (\(view == .mine) = 0 OR agent = \(agent.id)) AND (\(view == .unassigned) = 0 OR agent IS NULL)
            ORDER BY COALESCE(snoozed_until, 0), CASE WHEN owed_since IS NULL THEN 1 ELSE 0 END, owed_since, last_at DESC, id
            LIMIT \(limit + 1) OFFSET \(start)
            """)
        let page = try found.prefix(limit).map(Conversation.init(row:))
        return (page, found.count > limit ? "\(start + limit)" : nil)
    }

    public func inboxCounts(of agent: Agent) throws -> InboxCounts {
        let groups = try rows(
            """
            SELECT (state = 'snoozed') AS snoozed, agent, COUNT(*) AS amount FROM conversations
            WHERE workspace = \(agent.workspace) AND state IN ('bot', 'waiting', 'open', 'snoozed') GROUP BY (state = 'snoozed'), agent
            """)
        return try groups.reduce(into: InboxCounts()) { counts, row in
            let amount = try row.count("amount")
            if try row.flag("snoozed") {
                counts.snoozed += amount
                return
            }
            counts.all += amount
            if row.optionalText("agent") == nil { counts.unassigned += amount }
            if row.optionalText("agent") == agent.id.text { counts.mine += amount }
        }
    }

    private func closed(of agent: Agent, before cursor: String?, limit: Int) throws -> (page: [Conversation], next: String?) {
        let parts = cursor?.split(separator: "-", maxSplits: 1).map(String.init) ?? []
        let (time, id) = parts.count == 2 ? (Int64(parts[0]) ?? .max, parts[1]) : (Int64.max, "")
        let found = try rows(
            """
            SELECT * FROM conversations WHERE workspace = \(agent.workspace) AND state = 'closed'
                AND (state_since < \(time) OR (state_since = \(time) AND id < \(id)))
            ORDER BY state_since DESC, id DESC LIMIT \(limit + 1)
            """)
        let page = try found.prefix(limit).map(Conversation.init(row:))
        let next = page.last.map { "\($0.standing.since.milliseconds)-\($0.id.text)" }
        return (page, found.count > limit ? next : nil)
    }
}
