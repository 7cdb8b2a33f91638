import Core

/// A table into which many rows go.
enum BusyTable: String, CaseIterable {
    case messages = """
        INSERT INTO messages (id, workspace, conversation, seq, author, client_id, kind, text, detail, at, internal, attachments)
        VALUES 
        """
    case events = "INSERT INTO events (workspace, seq, at, kind, contact, subject, detail, internal) VALUES "
}

/// Rows that wait to be written with others of their kind: one statement for many costs a server far less than many for one.
struct Gathered {
    /// Whether something was put here since it was last set back.
    var isTouched = false
    private var rows: [BusyTable: [[Value]]] = [:]
    private var conversations: [Conversation.ID: Change] = [:]
    private var order: [Conversation.ID] = []

    private struct Change {
        let before: Conversation
        var now: Conversation
    }

    /// As many rows as go into one statement.
    static let most = 64

    /// True when there are enough to be written.
    mutating func add(_ row: [Value], to table: BusyTable) -> Bool {
        isTouched = true
        rows[table, default: []].append(row)
        return rows[table]?.count ?? 0 >= Self.most
    }

    /// Of several changes of one conversation only the outcome is written.
    mutating func change(_ conversation: Conversation, from before: Conversation) {
        isTouched = true
        if conversations[conversation.id] == nil {
            conversations[conversation.id] = Change(before: before, now: conversation)
            order.append(conversation.id)
        } else {
            conversations[conversation.id]?.now = conversation
        }
    }

    /// Everything that waits, to be written in this order. Nothing waits any more.
    mutating func take() -> [SQL] {
        var statements: [SQL] = []
        for table in BusyTable.allCases { statements += inserting(rows[table] ?? [], into: table) }
        for id in order {
            if let change = conversations[id], let update = SQL(updating: change.now, from: change.before) { statements.append(update) }
        }
        (rows, conversations, order) = ([:], [:], [])
        return statements
    }

    /// In pieces of 64, 32, 16 … rows, so that the server knows all the statements there are after a while.
    private func inserting(_ rows: [[Value]], into table: BusyTable) -> [SQL] {
        var (statements, rest, size) = ([SQL](), rows[...], Self.most)
        while !rest.isEmpty {
            while size > rest.count { size /= 2 }
            statements.append(SQL(table.rawValue, rows: rest.prefix(size)))
            rest = rest.dropFirst(size)
        }
        return statements
    }
}

extension Transaction {
    /// Writes a row, at once or with the others of its kind before the next look at the database.
    func add(_ row: [Value], to table: BusyTable) throws {
        if let isEnough = memory.gathered?.add(row, to: table) {
            if isEnough { try flush() }
        } else {
            try send(SQL(table.rawValue, rows: [row]))
        }
    }
}
