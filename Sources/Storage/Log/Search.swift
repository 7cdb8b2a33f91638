import Core
import Foundation

extension Transaction {
    /// Brings the word index up to the log: the index follows it by number, so nothing is indexed twice or missed.
    /// Returns whether there may be more to do.
    public func indexWords(of workspace: Workspace.ID, batch: Int) throws -> Bool {
        var reach = try reach(of: workspace)
        let entries = try rows(
            """
            SELECT e.seq, e.kind, e.subject, m.conversation, m.text, m.at FROM events e LEFT JOIN messages m ON m.id = e.subject
            WHERE e.workspace = \(workspace) AND e.seq > \(reach.seq) ORDER BY e.seq LIMIT \(batch)
            """)
        guard let last = try entries.last?.integer("seq") else { return false }
        for entry in entries { try index(entry, of: workspace, &reach) }
        try send(
            """
            INSERT INTO followers (name, workspace, seq, conversations, contacts)
            VALUES ('search', \(workspace), \(last), \(reach.conversations), \(reach.contacts))
            ON CONFLICT (name, workspace) DO UPDATE SET seq = excluded.seq, conversations = excluded.conversations,
                contacts = excluded.contacts
            """)
        return entries.count == batch
    }

    /// The number up to which the words are in the index.
    public func indexedSeq(of workspace: Workspace.ID) throws -> Int64 {
        try reach(of: workspace).seq
    }

    /// The newest messages that hold every word of the query, each as the beginning of a word.
    public func searchMessages(_ query: String, of workspace: Workspace.ID, limit: Int) throws -> [Message] {
        try search(query, .messages, of: workspace, limit: limit).compactMap { subject in
            guard let row = try row("SELECT conversation, seq FROM messages WHERE id = \(subject)") else { return nil }
            return try messages(of: row.id("conversation"), before: row.integer("seq") + 1, limit: 1, withInternal: true).first
        }
    }

    public func searchContacts(_ query: String, of workspace: Workspace.ID, limit: Int) throws -> [Contact] {
        try search(query, .contacts, of: workspace, limit: limit).map { try contact(ID($0), of: workspace) }
    }

    /// How much there is to search, for an honest empty answer: conversations, and people of whom anything is known to search by.
    /// Counted as the index grows; counting anew would take longer with every visitor.
    public func searchable(of workspace: Workspace.ID) throws -> (conversations: Int, contacts: Int) {
        let reach = try reach(of: workspace)
        return (reach.conversations, reach.contacts)
    }

    /// How far the index has come, and what is in it.
    private struct Reach {
        var seq: Int64 = 0
        var conversations = 0
        var contacts = 0
    }

    private func reach(of workspace: Workspace.ID) throws -> Reach {
        let found = try row("SELECT seq, conversations, contacts FROM followers WHERE name = 'search' AND workspace = \(workspace)")
        // Begun anew, it holds nothing.
        guard let found, try found.integer("seq") > 0 else { return Reach() }
        return Reach(seq: try found.integer("seq"), conversations: try found.count("conversations"), contacts: try found.count("contacts"))
    }

    private func index(_ entry: Row, of workspace: Workspace.ID, _ reach: inout Reach) throws {
        let subject = try entry.text("subject")
        switch try entry.text("kind") {
        case "message.added":
            guard let text = entry.optionalText("text"), !text.isEmpty else { return }
            try insertWords(text, .messages, subject: subject, workspace)
        case "contact.changed": try indexContact(ID(subject), workspace, &reach)
        case "conversation.started":
            reach.conversations += 1
            try indexContact(conversation(ID(subject), of: workspace).contact, workspace, &reach)
        default: return
        }
    }

    private func indexContact(_ id: Contact.ID, _ workspace: Workspace.ID, _ reach: inout Reach) throws {
        let contact = try contact(id, of: workspace)
        let removed = try dialect.unindex(contact: id.text).map(run)
        if removed.last ?? 0 > 0 { reach.contacts -= 1 }
        let text = [contact.name, contact.email, contact.phone, contact.externalID].compactMap(\.self).joined(separator: " ")
        guard !text.isEmpty else { return }
        try insertWords(text, .contacts, subject: id.text, workspace)
        reach.contacts += 1
    }

    private func insertWords(_ text: String, _ kind: SearchKind, subject: String, _ workspace: Workspace.ID) throws {
        let words = SearchWords.of(text).joined(separator: " ")
        for statement in dialect.index(words, kind, subject: subject, workspace: workspace) { try send(statement) }
    }

    private func search(_ query: String, _ kind: SearchKind, of workspace: Workspace.ID, limit: Int) throws -> [String] {
        let words = Array(SearchWords.of(query).prefix(8))
        guard !words.isEmpty else { return [] }
        var found: [Row] = []
        for attempt in dialect.searches(words, kind, workspace: workspace, limit: limit) where found.count < limit {
            found = try rows(attempt)
        }
        return try found.map { try $0.text("subject") }
    }
}

/// The words of a text as the index holds them: lower case, letters and digits only, Latin letters without their marks.
public enum SearchWords {
    public static func of(_ text: String) -> [String] {
        text.precomposedStringWithCanonicalMapping.lowercased().split { !$0.isLetter && !$0.isNumber }.map { folded($0) }
    }

    /// Who is in a hurry writes `a` for `ä`, and is to find it. Beyond Latin a mark makes another letter, and stays.
    private static func folded(_ word: Substring) -> String {
        if word.utf8.count <= longest, word.utf8.allSatisfy({ $0 < 0x80 }) { return String(word) }
        var folded = String.UnicodeScalarView()
        for letter in String(word).decomposedStringWithCanonicalMapping {
            let scalars = letter.unicodeScalars.prefix(longest)
            folded += letter.unicodeScalars.first?.isASCII == true ? scalars.prefix(1) : scalars
        }
        return String(String(folded).precomposedStringWithCanonicalMapping.unicodeScalars.prefix(longest))
    }

    /// PostgreSQL has no room for endless words, and nobody types them.
    private static let longest = 200
}
