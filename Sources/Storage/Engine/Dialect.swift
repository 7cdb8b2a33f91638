/// Every difference between the two engines. All other SQL is the same text on both.
public enum Dialect: Sendable {
    case sqlite
    case postgres

    /// A step of the schema as this engine takes it.
    ///
    /// SQLite compares texts by their bytes. In PostgreSQL each column says so, because a database may come with any order.
    func schema(_ statement: SQL) -> SQL {
        guard self == .postgres else { return statement }
        var statement = statement
        statement.text = statement.text.replacing(#/\bTEXT\b/#, with: #"TEXT COLLATE "C""#)
        return statement
    }

    /// PostgreSQL writes a changed row beside the old one, and need not touch the indexes if there is room on the same page.
    func roomForChanges(in table: StaticString) -> [SQL] {
        self == .postgres ? ["ALTER TABLE \(raw: table) SET (fillfactor = 70)"] : []
    }

    /// What goes before the steps: building an index on a large table may take longer than any other statement is given.
    var beforeMigrating: [SQL] { self == .postgres ? [Self.unhurried] : [] }

    /// To the end of the transaction statements may take as long as they take.
    static let unhurried: SQL = "SET LOCAL statement_timeout = 0"

    /// Which of these authors and client ids stand in the messages; only where many are asked for at once, on PostgreSQL. Written so
    /// that each is looked up by itself: a plan made while the table was small would go on reading all of it.
    static func said(_ rows: [[Value]]) -> SQL {
        SQL(
            "SELECT m.author, m.client_id FROM (VALUES ", anyOf: rows, width: 2,
            tail: """
                ) AS said (author, client_id) CROSS JOIN LATERAL (
                    SELECT author, client_id FROM messages
                    WHERE messages.author = said.author AND messages.client_id = said.client_id LIMIT 1) m
                """)
    }

    /// Ends a query for rows that are about to be changed: what another transaction has taken is neither waited for nor taken again.
    /// On SQLite there is no other.
    var passingOverWhatOthersTake: StaticString { self == .postgres ? "FOR UPDATE SKIP LOCKED" : "" }

    /// The full-text indexes, holding words already folded by the application; `search_entries` finds an entry again.
    var searchSchema: [SQL] {
        switch self {
        case .sqlite:
            [
                "CREATE VIRTUAL TABLE search_messages USING fts5(words, workspace UNINDEXED, subject UNINDEXED, \(raw: Self.tokens))",
                "CREATE VIRTUAL TABLE search_contacts USING fts5(words, workspace UNINDEXED, subject UNINDEXED, \(raw: Self.tokens))",
                "CREATE TABLE search_entries (subject TEXT PRIMARY KEY, entry BIGINT NOT NULL)",
            ]
        case .postgres:
            [
                "CREATE TABLE search_messages (entry BIGSERIAL PRIMARY KEY, subject TEXT NOT NULL, words TSVECTOR NOT NULL)",
                "CREATE INDEX search_messages_by_word ON search_messages USING gin (words)",
                "CREATE TABLE search_contacts (entry BIGSERIAL PRIMARY KEY, subject TEXT NOT NULL UNIQUE, words TSVECTOR NOT NULL)",
                "CREATE INDEX search_contacts_by_word ON search_contacts USING gin (words)",
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
        case (.postgres, .messages):
            ["INSERT INTO search_messages (subject, words) VALUES (\(subject), \(lexemes: words, of: workspace))"]
        case (.postgres, .contacts):
            ["INSERT INTO search_contacts (subject, words) VALUES (\(subject), \(lexemes: words, of: workspace))"]
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
        case .postgres: ["DELETE FROM search_contacts WHERE subject = \(contact)"]
        }
    }

    /// Newest first among the entries that hold every one of these words, each as the beginning of a word. The answer is that of the
    /// first of these that finds as many as are wanted, else of the last.
    func searches(_ words: [String], _ kind: SearchKind, workspace: some Storable, limit: Int) -> [SQL] {
        let query = words.map { "\"\($0)\"*" }.joined(separator: " ")
        return switch (self, kind) {
        case (.sqlite, .messages):
            [
                """
                SELECT subject FROM search_messages WHERE search_messages MATCH \(query) AND workspace = \(workspace)
                ORDER BY rowid DESC LIMIT \(limit)
                """
            ]
        case (.sqlite, .contacts):
            [
                """
                SELECT subject FROM search_contacts WHERE search_contacts MATCH \(query) AND workspace = \(workspace)
                ORDER BY rowid DESC LIMIT \(limit)
                """
            ]
        case (.postgres, .messages): [Self.searchNewest(words, of: workspace, limit), Self.searchAll(words, of: workspace, limit)]
        case (.postgres, .contacts):
            ["SELECT subject FROM search_contacts WHERE words @@ \(every: words, of: workspace) ORDER BY entry DESC LIMIT \(limit)"]
        }
    }

    /// What is said often is found soon by walking back from the end; the word index would hand over all there ever was.
    private static func searchNewest(_ words: [String], of workspace: some Storable, _ limit: Int) -> SQL {
        """
        SELECT subject FROM search_messages
        WHERE words @@ \(every: words, of: workspace) AND entry > (SELECT COALESCE(MAX(entry), 0) FROM search_messages) - 20000
        ORDER BY entry DESC LIMIT \(limit)
        """
    }

    /// What is not is said seldom: the word index, however much is walked past.
    private static func searchAll(_ words: [String], of workspace: some Storable, _ limit: Int) -> SQL {
        """
        WITH found AS MATERIALIZED (SELECT entry, subject FROM search_messages WHERE words @@ \(every: words, of: workspace))
        SELECT subject FROM found ORDER BY entry DESC LIMIT \(limit)
        """
    }
}

extension SQL.Interpolation {
    /// Folded words as they are: PostgreSQL's own parser, which sees addresses and hyphens in them, is not asked. The workspace is a
    /// word too, one that nobody can type, so that the index of one company never leads through another's.
    fileprivate mutating func appendInterpolation(lexemes words: String, of workspace: some Storable) {
        appendLiteral("array_to_tsvector(array_append(string_to_array(")
        appendInterpolation(words)
        appendLiteral(", ' '), '@' || ")
        appendInterpolation(workspace)
        appendLiteral("))")
    }

    fileprivate mutating func appendInterpolation(every words: [String], of workspace: some Storable) {
        appendLiteral("(quote_literal('@' || ")
        appendInterpolation(workspace)
        appendLiteral(") || ")
        appendInterpolation(words.map { " & '\($0)':*" }.joined())
        appendLiteral(")::tsquery")
    }
}

/// The two things that are searched.
enum SearchKind: Sendable { case messages, contacts }
