import Core
import Foundation

extension Transaction {
    /// Brings the word index up to the log: the index follows it by number, so nothing is indexed twice or missed.
    /// Returns whether there may be more to do.
    public func indexWords(of workspace: Workspace.ID, batch: Int) throws -> Bool {
        let from = try indexedSeq(of: workspace)
        let entries = try rows(
            """
            SELECT e.seq, e.kind, e.subject, m.conversation, m.text, m.at FROM events e LEFT JOIN messages m ON m.id = e.subject
            WHERE e.workspace = \(workspace) AND e.seq > \(from) ORDER BY e.seq LIMIT \(batch)
            """)
        guard let last = try entries.last?.integer("seq") else { return false }
        for entry in entries { try index(entry, of: workspace) }
        try send(
            """
            INSERT INTO followers (name, workspace, seq) VALUES ('search', \(workspace), \(last))
            ON CONFLICT (name, workspace) DO UPDATE SET seq = excluded.seq
            """)
        return entries.count == batch
    }

    /// The number up to which the words are in the index.
    public func indexedSeq(of workspace: Workspace.ID) throws -> Int64 {
        try row("SELECT seq FROM followers WHERE name = 'search' AND workspace = \(workspace)")?.integer("seq") ?? 0
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

    /// How much there is to search, for an honest empty answer.
    public func searchable(of workspace: Workspace.ID) throws -> (conversations: Int, contacts: Int) {
        (
            try row("SELECT COUNT(*) AS amount FROM conversations WHERE workspace = \(workspace)")?.count("amount") ?? 0,
            try row("SELECT COUNT(*) AS amount FROM contacts WHERE workspace = \(workspace)")?.count("amount") ?? 0
        )
    }

    private func index(_ entry: Row, of workspace: Workspace.ID) throws {
        let subject = try entry.text("subject")
        switch try entry.text("kind") {
        case "message.added":
            guard let text = entry.optionalText("text"), !text.isEmpty else { return }
            try insertWords(text, .messages, subject: subject, workspace)
        case "contact.changed": try indexContact(ID(subject), workspace)
        case "conversation.started": try indexContact(conversation(ID(subject), of: workspace).contact, workspace)
        default: return
        }
    }

    private func indexContact(_ id: Contact.ID, _ workspace: Workspace.ID) throws {
        let contact = try contact(id, of: workspace)
        for statement in dialect.unindex(contact: id.text) { try send(statement) }
        let text = [contact.name, contact.email, contact.phone, contact.externalID].compactMap(\.self).joined(separator: " ")
        if !text.isEmpty { try insertWords(text, .contacts, subject: id.text, workspace) }
    }

    private func insertWords(_ text: String, _ kind: SearchKind, subject: String, _ workspace: Workspace.ID) throws {
        let words = SearchWords.of(text).joined(separator: " ")
        for statement in dialect.index(words, kind, subject: subject, workspace: workspace) { try send(statement) }
    }

    private func search(_ query: String, _ kind: SearchKind, of workspace: Workspace.ID, limit: Int) throws -> [String] {
        let words = Array(SearchWords.of(query).prefix(8))
        guard !words.isEmpty else { return [] }
        return try rows(dialect.search(words, kind, workspace: workspace, limit: limit)).map { try $0.text("subject") }
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
