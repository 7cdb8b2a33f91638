import Storage
import TestSupport

/// Rows enough that a planner who is told of them means what it says: most conversations closed long ago, a few open.
extension Store {
    func growForPlanner() async throws {
        for statement in Self.crowd { try await run(statement) }
    }

    private static let crowd: [SQL] = [
        "CREATE TABLE crowd (i BIGINT PRIMARY KEY, name TEXT)",
        "INSERT INTO crowd (i, name) SELECT i, 'j' || i FROM generate_series(1, 20000) AS i",
        """
        INSERT INTO contacts (id, workspace, external_id, name, attributes, created_at)
        SELECT name, 'loylymaki', CASE WHEN i % 4 = 0 THEN 'e' || i END, 'Jokunen ' || i, '{}', 1700000000000 + i * 1000 FROM crowd
        """,
        """
        INSERT INTO visitor_sessions (id, workspace, site, contact, token_hash, device, language, started_at, seen_at)
        SELECT name, 'loylymaki', 'verkkokauppa', name, 'hash ' || i, '{}', 'fi', 1700000000000 + i * 1000, 1700000000000 + i * 1000 FROM crowd
        """,
        """
        INSERT INTO conversations (id, workspace, site, contact, client_id, language, started_at, state, state_since, state_by, last_at,
            last_seq, contact_delivered, contact_read, agent_delivered, agent_read, unread_by_contact, unread_by_agent, agent)
        SELECT name, 'loylymaki', 'verkkokauppa', name, 'alku', 'fi', 1700000000000 + i * 1000, CASE WHEN i % 100 = 0 THEN 'open' ELSE 'closed' END,
            1700000000000 + i * 1000, 'system', 1700000000000 + i * 1000, 1000000 + i * 4, 0, 0, 0, 0, 0, 0,
            CASE i % 3 WHEN 0 THEN 'juhani' WHEN 1 THEN 'maija' END
        FROM crowd
        """,
        "INSERT INTO conversation_tags (workspace, conversation, tag) SELECT 'loylymaki', name, 'aihe ' || i % 20 FROM crowd",
        """
        INSERT INTO messages (id, workspace, conversation, seq, author, client_id, kind, text, at, internal, attachments)
        SELECT name || '-' || part, 'loylymaki', name, 1000000 + i * 4 + part, CASE WHEN part = 2 THEN 'agent:juhani' ELSE 'contact:' || name END,
            'viesti ' || i || '-' || part, 'reply', 'Sana ' || i, 1700000000000 + i * 1000, 0, 0
        FROM crowd, generate_series(1, 3) AS part
        """,
        """
        INSERT INTO events (workspace, seq, at, kind, contact, subject, internal)
        SELECT 'loylymaki', 1000000 + i * 4 + part, 1700000000000 + i * 1000, CASE WHEN part = 0 THEN 'conversation.started' ELSE 'message.added' END,
            name, CASE WHEN part = 0 THEN name ELSE name || '-' || part END, 0
        FROM crowd, generate_series(0, 3) AS part
        """,
        """
        INSERT INTO attachments (id, workspace, uploader, message, name, type, size, digest, token, created_at)
        SELECT name, 'loylymaki', 'contact:' || name, name || '-1', 'kuitti.txt', 'text/plain', 6, 'tiiviste ' || i, 'tunnus ' || i, 1700000000000 + i
        FROM crowd
        """,
        """
        INSERT INTO search_messages (subject, words)
        SELECT name || '-' || part, array_to_tsvector(array_append(
            (SELECT array_agg(DISTINCT 'sana' || (i * 7919 + part * 104729 + place * place * 31) % 5000) FROM generate_series(1, 12) AS place), '@loylymaki'))
        FROM crowd, generate_series(1, 3) AS part
        """,
        "INSERT INTO search_contacts (subject, words) SELECT name, array_to_tsvector(ARRAY['@loylymaki', 'jokunen', '' || i]) FROM crowd",
        "DROP TABLE crowd", "ANALYZE",
    ]
}
