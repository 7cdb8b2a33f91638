-- A company on PostgreSQL grown by copying it: psql -v times=10 -v already=1 -f multiply.sql
-- Each copy has people, conversations, messages and events of its own, under the numbers that follow. An id keeps its time, the rest of it is
-- new. Agents and sites stay who they are.
\set ON_ERROR_STOP on
SET client_min_messages = warning;
SET synchronous_commit = off;
SET maintenance_work_mem = '512MB';

CREATE TABLE IF NOT EXISTS original AS SELECT id AS workspace, seq AS length FROM workspaces ORDER BY seq DESC LIMIT 1;
CREATE OR REPLACE FUNCTION copied(id TEXT, copy BIGINT) RETURNS TEXT LANGUAGE SQL IMMUTABLE AS
    $$ SELECT substr(id, 1, 10) || substr(md5(id || copy), 1, 16) $$;
CREATE OR REPLACE FUNCTION copied_author(author TEXT, copy BIGINT) RETURNS TEXT LANGUAGE SQL IMMUTABLE AS
    $$ SELECT CASE WHEN author LIKE 'contact:%' THEN 'contact:' || copied(substr(author, 9), copy) ELSE author END $$;

-- The first company as it was; what has been said since is left out.
CREATE TEMPORARY TABLE copies AS
    SELECT n, seq + (n - :already) * length AS shift, length FROM original JOIN workspaces ON id = workspace, generate_series(:already, :times - 1) AS n;
CREATE TEMPORARY TABLE first_events AS SELECT e.* FROM events e, original o WHERE e.workspace = o.workspace AND e.seq <= o.length;
CREATE TEMPORARY TABLE first_conversations AS SELECT * FROM conversations WHERE id IN (SELECT subject FROM first_events WHERE kind = 'conversation.started');
CREATE TEMPORARY TABLE first_contacts AS SELECT * FROM contacts WHERE id IN (SELECT contact FROM first_conversations);
CREATE TEMPORARY TABLE first_messages AS SELECT * FROM messages WHERE seq <= (SELECT length FROM original);

INSERT INTO contacts (id, workspace, external_id, name, email, phone, language, attributes, created_at)
SELECT copied(id, n), workspace, external_id || '-' || n, name, email, phone, language, attributes, created_at FROM copies, first_contacts;

INSERT INTO visitor_sessions (id, workspace, site, contact, token_hash, page_url, page_title, page_referrer, device, language, started_at, seen_at)
SELECT copied(id, n), workspace, site, copied(contact, n), token_hash || '-' || n, page_url, page_title, page_referrer, device, language, started_at, seen_at
FROM copies, (SELECT * FROM visitor_sessions WHERE contact IN (SELECT id FROM first_contacts)) AS first;

INSERT INTO conversations (id, workspace, site, contact, client_id, language, started_at, state, state_since, state_by, snoozed_until, agent, team,
    spokesperson, owed_since, last_text, last_author, last_at, last_seq, contact_delivered, contact_read, agent_delivered, agent_read,
    unread_by_contact, unread_by_agent, rating, rating_comment, page_url, page_title, page_referrer)
SELECT copied(id, n), c.workspace, site, copied(contact, n), client_id, language, started_at, state, state_since, copied_author(state_by, n), snoozed_until,
    agent, team, spokesperson, owed_since, last_text, copied_author(last_author, n), last_at, shift + least(last_seq, length),
    shift + least(contact_delivered, length), shift + least(contact_read, length), shift + least(agent_delivered, length),
    shift + least(agent_read, length),
    unread_by_contact, unread_by_agent, rating, rating_comment, page_url, page_title, page_referrer
FROM copies, first_conversations c;

INSERT INTO conversation_tags (workspace, conversation, tag)
SELECT workspace, copied(conversation, n), tag
FROM copies, (SELECT * FROM conversation_tags WHERE conversation IN (SELECT id FROM first_conversations)) AS first;

INSERT INTO messages (id, workspace, conversation, seq, author, client_id, kind, text, detail, at, internal, attachments)
SELECT copied(id, n), m.workspace, copied(conversation, n), seq + shift, copied_author(author, n), client_id || '-' || n, kind, text, detail, at,
    internal, attachments
FROM copies, first_messages m;

INSERT INTO events (workspace, seq, at, kind, contact, subject, detail, internal)
SELECT e.workspace, seq + shift, at, kind, copied(contact, n),
    CASE WHEN contact IS NULL THEN subject ELSE copied(subject, n) END, detail, internal
FROM copies, first_events e;

INSERT INTO search_messages (subject, words)
SELECT copied(subject, n), words FROM copies, (SELECT * FROM search_messages WHERE subject IN (SELECT id FROM first_messages)) AS first;
INSERT INTO search_contacts (subject, words)
SELECT copied(subject, n), words FROM copies, (SELECT * FROM search_contacts WHERE subject IN (SELECT id FROM first_contacts)) AS first;

UPDATE workspaces SET seq = seq + length * (:times - :already) FROM original WHERE id = workspace;
UPDATE followers SET seq = seq + length * (:times - :already) FROM original WHERE followers.workspace = original.workspace;
VACUUM ANALYZE;
