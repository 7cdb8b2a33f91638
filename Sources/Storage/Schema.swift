/// The tables. Same text on both engines: times are integer milliseconds UTC, flags integers, structures JSON text.
enum Schema {
    static func first(_ dialect: Dialect) -> [SQL] {
        people + sites + conversations + messages + log + dialect.searchSchema
    }

    /// Closed conversations lie in the order in which they were closed. An index over the time of the last message had to be written
    /// anew with every message.
    static func closedByTime(_ dialect: Dialect) -> [SQL] {
        [
            "DROP INDEX conversations_by_state",
            "CREATE INDEX conversations_by_state ON conversations (workspace, state, state_since, id)",
        ] + dialect.roomForChanges(in: "conversations")
    }

    private static let people: [SQL] = [
        """
        CREATE TABLE workspaces (
            id TEXT PRIMARY KEY, name TEXT NOT NULL, seq BIGINT NOT NULL DEFAULT 0 CHECK (seq >= 0), created_at BIGINT NOT NULL)
        """,
        """
        CREATE TABLE agents (
            id TEXT PRIMARY KEY, workspace TEXT NOT NULL REFERENCES workspaces (id),
            email TEXT NOT NULL UNIQUE CHECK (email = lower(email)), name TEXT NOT NULL CHECK (name <> ''), full_name TEXT NOT NULL,
            picture TEXT, role TEXT NOT NULL CHECK (role IN ('owner', 'admin', 'agent')),
            presence TEXT NOT NULL CHECK (presence IN ('here', 'break', 'away')), language TEXT NOT NULL,
            active INTEGER NOT NULL CHECK (active IN (0, 1)), settings TEXT NOT NULL, password TEXT, created_at BIGINT NOT NULL)
        """,
        "CREATE INDEX agents_by_workspace ON agents (workspace)",
        """
        CREATE TABLE agent_sessions (
            id TEXT PRIMARY KEY, workspace TEXT NOT NULL REFERENCES workspaces (id), agent TEXT NOT NULL REFERENCES agents (id),
            token_hash TEXT NOT NULL UNIQUE, device TEXT NOT NULL, started_at BIGINT NOT NULL, seen_at BIGINT NOT NULL,
            expires_at BIGINT NOT NULL)
        """,
        "CREATE INDEX agent_sessions_by_agent ON agent_sessions (agent)",
        """
        CREATE TABLE sign_in_links (
            token_hash TEXT PRIMARY KEY, workspace TEXT NOT NULL REFERENCES workspaces (id), agent TEXT NOT NULL REFERENCES agents (id),
            created_at BIGINT NOT NULL, expires_at BIGINT NOT NULL, used_at BIGINT)
        """,
        "CREATE TABLE sign_in_attempts (email TEXT PRIMARY KEY, failures INTEGER NOT NULL, last_at BIGINT NOT NULL)",
        """
        CREATE TABLE teams (
            id TEXT PRIMARY KEY, workspace TEXT NOT NULL REFERENCES workspaces (id), name TEXT NOT NULL CHECK (name <> ''),
            UNIQUE (workspace, name))
        """,
        """
        CREATE TABLE team_members (
            team TEXT NOT NULL REFERENCES teams (id), agent TEXT NOT NULL REFERENCES agents (id), PRIMARY KEY (team, agent))
        """,
        "CREATE INDEX team_members_by_agent ON team_members (agent)",
        """
        CREATE TABLE contacts (
            id TEXT PRIMARY KEY, workspace TEXT NOT NULL REFERENCES workspaces (id), external_id TEXT, name TEXT, email TEXT,
            phone TEXT, language TEXT, attributes TEXT NOT NULL, created_at BIGINT NOT NULL, UNIQUE (workspace, external_id))
        """,
    ]

    private static let sites: [SQL] = [
        """
        CREATE TABLE sites (
            id TEXT PRIMARY KEY, workspace TEXT NOT NULL REFERENCES workspaces (id), key TEXT NOT NULL UNIQUE, name TEXT NOT NULL,
            origins TEXT NOT NULL, languages TEXT NOT NULL, look TEXT NOT NULL,
            on_return TEXT NOT NULL CHECK (on_return IN ('reopen', 'continue')), peek INTEGER NOT NULL CHECK (peek IN (0, 1)),
            identity_required INTEGER NOT NULL CHECK (identity_required IN (0, 1)), identity_secret TEXT NOT NULL,
            privacy_text TEXT NOT NULL)
        """,
        "CREATE INDEX sites_by_workspace ON sites (workspace)",
        """
        CREATE TABLE visitor_sessions (
            id TEXT PRIMARY KEY, workspace TEXT NOT NULL REFERENCES workspaces (id), site TEXT NOT NULL REFERENCES sites (id),
            contact TEXT NOT NULL REFERENCES contacts (id), token_hash TEXT NOT NULL UNIQUE, page_url TEXT, page_title TEXT,
            page_referrer TEXT, device TEXT NOT NULL, language TEXT NOT NULL, started_at BIGINT NOT NULL, seen_at BIGINT NOT NULL)
        """,
        "CREATE INDEX visitor_sessions_by_contact ON visitor_sessions (contact, seen_at)",
        """
        CREATE TABLE canned_replies (
            id TEXT PRIMARY KEY, workspace TEXT NOT NULL REFERENCES workspaces (id),
            kind TEXT NOT NULL CHECK (kind IN ('reply', 'greeting', 'closing')), shortcut TEXT NOT NULL, title TEXT NOT NULL,
            texts TEXT NOT NULL, UNIQUE (workspace, shortcut))
        """,
    ]

    private static let conversations: [SQL] = [
        """
        CREATE TABLE conversations (
            id TEXT PRIMARY KEY, workspace TEXT NOT NULL REFERENCES workspaces (id), site TEXT NOT NULL REFERENCES sites (id),
            contact TEXT NOT NULL REFERENCES contacts (id), client_id TEXT NOT NULL, language TEXT NOT NULL,
            started_at BIGINT NOT NULL, state TEXT NOT NULL CHECK (state IN ('bot', 'waiting', 'open', 'snoozed', 'closed')),
            state_since BIGINT NOT NULL, state_by TEXT NOT NULL, snoozed_until BIGINT CHECK ((snoozed_until IS NULL) = (state <> 'snoozed')),
            agent TEXT REFERENCES agents (id), team TEXT REFERENCES teams (id), spokesperson TEXT REFERENCES agents (id),
            owed_since BIGINT, last_text TEXT, last_author TEXT, last_at BIGINT NOT NULL,
            last_seq BIGINT NOT NULL, contact_delivered BIGINT NOT NULL, contact_read BIGINT NOT NULL,
            agent_delivered BIGINT NOT NULL, agent_read BIGINT NOT NULL, unread_by_contact INTEGER NOT NULL,
            unread_by_agent INTEGER NOT NULL, rating INTEGER CHECK (rating BETWEEN 1 AND 3), rating_comment TEXT,
            page_url TEXT, page_title TEXT, page_referrer TEXT, UNIQUE (contact, client_id),
            CHECK (contact_read <= contact_delivered AND agent_read <= agent_delivered))
        """,
        "CREATE INDEX conversations_by_state ON conversations (workspace, state, last_at, id)",
        "CREATE INDEX conversations_by_contact ON conversations (contact, started_at)",
        """
        CREATE TABLE conversation_tags (
            workspace TEXT NOT NULL REFERENCES workspaces (id), conversation TEXT NOT NULL REFERENCES conversations (id),
            tag TEXT NOT NULL CHECK (tag <> ''), PRIMARY KEY (conversation, tag))
        """,
        "CREATE INDEX conversation_tags_by_tag ON conversation_tags (workspace, tag)",
    ]

    private static let messages: [SQL] = [
        """
        CREATE TABLE messages (
            id TEXT PRIMARY KEY, workspace TEXT NOT NULL REFERENCES workspaces (id),
            conversation TEXT NOT NULL REFERENCES conversations (id), seq BIGINT NOT NULL, author TEXT NOT NULL, client_id TEXT,
            kind TEXT NOT NULL CHECK (kind IN ('reply', 'note', 'event')), text TEXT NOT NULL, detail TEXT, at BIGINT NOT NULL,
            internal INTEGER NOT NULL CHECK (internal IN (0, 1)), attachments INTEGER NOT NULL DEFAULT 0,
            UNIQUE (conversation, seq), UNIQUE (author, client_id))
        """,
        """
        CREATE TABLE attachments (
            id TEXT PRIMARY KEY, workspace TEXT NOT NULL REFERENCES workspaces (id), uploader TEXT NOT NULL,
            message TEXT REFERENCES messages (id), place INTEGER NOT NULL DEFAULT 0, name TEXT NOT NULL, type TEXT NOT NULL,
            size BIGINT NOT NULL, digest TEXT NOT NULL, token TEXT NOT NULL UNIQUE, width INTEGER, height INTEGER,
            created_at BIGINT NOT NULL)
        """,
        "CREATE INDEX attachments_by_message ON attachments (message)",
        "CREATE INDEX attachments_by_digest ON attachments (digest)",
    ]

    private static let log: [SQL] = [
        """
        CREATE TABLE events (
            workspace TEXT NOT NULL REFERENCES workspaces (id), seq BIGINT NOT NULL, at BIGINT NOT NULL, kind TEXT NOT NULL,
            contact TEXT, subject TEXT NOT NULL, detail TEXT, internal INTEGER NOT NULL CHECK (internal IN (0, 1)),
            PRIMARY KEY (workspace, seq))
        """,
        "CREATE INDEX events_by_contact ON events (contact, seq)",
        """
        CREATE TABLE jobs (
            id TEXT PRIMARY KEY, workspace TEXT NOT NULL REFERENCES workspaces (id), kind TEXT NOT NULL, subject TEXT NOT NULL,
            run_at BIGINT NOT NULL, attempts INTEGER NOT NULL DEFAULT 0, taken_until BIGINT, last_error TEXT,
            created_at BIGINT NOT NULL, UNIQUE (kind, subject))
        """,
        "CREATE INDEX jobs_by_time ON jobs (run_at)",
        """
        CREATE TABLE followers (
            name TEXT NOT NULL, workspace TEXT NOT NULL REFERENCES workspaces (id), seq BIGINT NOT NULL, PRIMARY KEY (name, workspace))
        """,
    ]
}
