/// Every difference between the two engines. All other SQL is the same text on both.
public enum Dialect: Sendable {
    case sqlite

    /// The full-text indexes, holding words already folded by the application; `search_entries` finds an entry again.
    var searchSchema: [SQL] {
        switch self {
        case .sqlite:
            [
                "CREATE VIRTUAL TABLE search_messages USING fts5(words, workspace UNINDEXED, subject UNINDEXED, \(raw: Self.tokens))",
                "CREATE VIRTUAL TABLE search_contacts USING fts5(words, workspace UNINDEXED, subject UNINDEXED, \(raw: Self.tokens))",
                "CREATE TABLE search_entries (subject TEXT PRIMARY KEY, entry BIGINT NOT NULL)",
            ]
        }
    }

    private static let tokens: StaticString = "tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3 4'"

    /// Puts the words of something into its index.
    func index(_ words: String, _ kind: SearchKind, subject: String, workspace: some Storable) -> [SQL] {
        switch (self, kind) {
        case (.sqlite, .messages):
            ["INSERT INTO search_messages (words, workspace, subject) VALUES (\(words), \(workspace), \(subject))"]
        case (.sqlite, .contacts):
            [
                "INSERT INTO search_contacts (words, workspace, subject) VALUES (\(words), \(workspace), \(subject))",
                "INSERT INTO search_entries (subject, entry) VALUES (\(subject), last_insert_rowid())",
            ]
        }
    }

    /// Takes a contact out of the index, to be put in anew.
    func unindex(contact: String) -> [SQL] {
        switch self {
        case .sqlite:
            [
                "DELETE FROM search_contacts WHERE rowid = (SELECT entry FROM search_entries WHERE subject = \(contact))",
                "DELETE FROM search_entries WHERE subject = \(contact)",
            ]
        }
    }

    /// Newest first among the entries that hold every one of these words, each as the beginning of a word.
    func search(_ words: [String], _ kind: SearchKind, workspace: some Storable, limit: Int) -> SQL {
        let query = words.map { "\"\($0)\"*" }.joined(separator: " ")
        return switch (self, kind) {
        case (.sqlite, .messages):
            """
            SELECT subject FROM search_messages WHERE search_messages MATCH \(query) AND workspace = \(workspace)
            ORDER BY rowid DESC LIMIT \(limit)
            """
        case (.sqlite, .contacts):
            """
            SELECT subject FROM search_contacts WHERE search_contacts MATCH \(query) AND workspace = \(workspace)
            ORDER BY rowid DESC LIMIT \(limit)
            """
        }
    }
}

/// The two things that are searched.
enum SearchKind: Sendable { case messages, contacts }
