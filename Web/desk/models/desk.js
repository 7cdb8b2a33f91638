/**
 * What the desk knows, and how news changes it. No DOM, no network: loads are given in, changes are told as events.
 *
 * Tells (CustomEvent, `detail` = the id of what changed): `inbox`, `counts`, `conversation`, `thread`, `signals`, `people`, `canned`, `sites`, `contact`.
 */
import { belongs, recount } from "./inbox.js";
import { furthest } from "./marks.js";
import { Thread } from "./thread.js";

/** @typedef {import("./types.js").Conversation} Conversation */
/** @typedef {import("./types.js").Agent} Agent */

export class Desk extends EventTarget {
  me = /** @type {Agent} */ ({});
  workspace = { id: "", name: "" };
  /** @type {Map<string, Agent>} */ agents = new Map();
  /** @type {Map<string, import("./types.js").Team>} */ teams = new Map();
  /** @type {Map<string, { id: string, key: string, name: string, languages: string[], peek: boolean }>} */ sites = new Map();
  /** @type {Map<string, import("./types.js").CannedReply>} */ cannedReplies = new Map();
  /** @type {string[]} */ tags = [];
  /** @type {Record<string, number>} */ counts = {};
  /** @type {Map<string, Conversation>} */ conversations = new Map();
  /** @type {Map<string, Thread>} */ threads = new Map();
  /** @type {Map<string, import("./types.js").Contact>} contacts loaded with their sessions */ contacts = new Map();
  /** The counts can't be reckoned from what is here: ask the server. */
  countsAreStale = false;

  /** Takes in the answer of `GET /api/v1/me`. @param {any} facts */
  begin(facts) {
    this.me = facts.agent;
    this.workspace = facts.workspace;
    this.agents = byId([...facts.agents, facts.agent]);
    this.teams = byId(facts.teams);
    this.sites = byId(facts.sites);
    this.cannedReplies = byId(facts.cannedReplies);
    this.tags = facts.tags ?? [];
    this.counts = facts.counts ?? {};
  }

  /** Takes in conversations of a load. @param {Conversation[]} conversations @param {Record<string, number>} [counts] */
  load(conversations, counts) {
    for (const conversation of conversations) this.#keep(conversation);
    if (counts) this.setCounts(counts);
    this.#tell("inbox");
  }

  /** @param {Record<string, number>} counts */
  setCounts(counts) {
    this.counts = counts;
    this.countsAreStale = false;
    this.#tell("counts");
  }

  /** Takes in the answer of a command or a read about one conversation. @param {Conversation} conversation */
  update(conversation) {
    const before = this.conversations.get(conversation.id);
    // An answer that the news has overtaken tells of a time before.
    if (before && conversation.lastSeq < before.lastSeq) return;
    this.#recount(before, conversation);
    this.#keep(conversation);
    this.#learnTags(conversation.tags);
    this.#tell("conversation", conversation.id);
    this.#tell("inbox");
  }

  /** @param {string} id */
  thread(id) {
    const thread = this.threads.get(id) ?? new Thread();
    this.threads.set(id, thread);
    return thread;
  }

  /** @param {string} id @param {import("./types.js").Message[]} messages @param {boolean} more */
  loadThread(id, messages, more) {
    this.thread(id).load(messages, more);
    this.#tell("thread", id);
  }

  /** @param {import("./types.js").Contact} contact */
  loadContact(contact) {
    this.contacts.set(contact.id, contact);
    this.#tell("contact", contact.id);
  }

  /** Forgets conversations and messages after a hole in the news; what is on screen is loaded anew. */
  forget() {
    this.conversations.clear();
    for (const thread of this.threads.values()) thread.clear();
    this.contacts.clear();
  }

  /** Takes one event of the news. @param {any} event */
  take(event) {
    switch (event.type) {
      case "conversation.started": return this.#started(event);
      case "conversation.changed": return this.update(this.#withOwnUnread(event.conversation));
      case "message.added": return this.#added(event);
      case "conversation.marked": return this.#marked(event);
      case "contact.changed": return this.#contactChanged(event.contact);
      case "agent.changed": return this.#agentChanged(event.agent);
      case "team.changed": return this.#put(this.teams, event.team, "people");
      case "canned_reply.changed": return this.#put(this.cannedReplies, event.cannedReply, "canned");
      case "canned_reply.removed": return this.#removeReply(event.id ?? event.cannedReply?.id ?? event.cannedReply);
      case "site.changed": return this.#put(this.sites, event.site, "sites");
    }
  }

  /** A colleague's presence, as it is now. @param {string} id @param {Agent["presence"]} presence */
  setPresence(id, presence) {
    const agent = this.agents.get(id);
    if (agent) this.#agentChanged({ ...agent, presence });
  }

  /** Where a visitor is now. @param {{ contact: string, session: string, page?: object, online: boolean }} signal @param {number} now */
  visited({ contact, session, page, online }, now) {
    const known = this.contacts.get(contact);
    if (!known?.sessions) return;
    const sessions = known.sessions.map((one) => (one.id === session ? { ...one, page: page ?? one.page, online, seenAt: now } : one));
    this.loadContact({ ...known, sessions: /** @type {any} */ (sessions) });
  }

  /** Colleagues who can be given work, in order of name; I first. @returns {Agent[]} */
  get colleagues() {
    const active = [...this.agents.values()].filter((agent) => agent.active !== false);
    return active.sort((one, other) => Number(other.id === this.me.id) - Number(one.id === this.me.id) || one.name.localeCompare(other.name));
  }

  /** Messages of customers nobody of us has read, in conversations that are mine or nobody's. */
  get unreadForMe() {
    return [...this.conversations.values()]
      .filter((conversation) => belongs(conversation, "mine", this.me.id) || belongs(conversation, "unassigned", this.me.id))
      .reduce((sum, conversation) => sum + (conversation.unread ?? 0), 0);
  }

  /** May change settings that concern everybody. */
  get mayManage() {
    return this.me.role === "owner" || this.me.role === "admin";
  }

  #started(event) {
    const { conversation } = event;
    this.update({ ...conversation, unread: this.conversations.get(conversation.id)?.unread ?? conversation.unread ?? 0 });
  }

  #added({ conversation: id, message }) {
    const thread = this.threads.get(id);
    const isNew = message.seq > (this.conversations.get(id)?.lastSeq ?? 0);
    if (thread) thread.add([message]);
    if (isNew) this.#advance(id, message);
    this.#tell("thread", id);
  }

  /** The conversation's own row moves on with its newest message. */
  #advance(id, message) {
    const before = this.conversations.get(id);
    if (!before) return;
    const fromContact = message.author.kind === "contact";
    const after = { ...before, lastSeq: message.seq, unread: before.unread + Number(fromContact) };
    if (message.kind === "reply") Object.assign(after, spoken(before, message));
    this.#keep(after);
    this.#tell("conversation", id);
    this.#tell("inbox");
  }

  #marked({ conversation: id, side, delivered, read }) {
    const before = this.conversations.get(id);
    if (!before) return;
    const marks = { ...before.marks, [side]: { delivered, read } };
    const unread = side === "agent" ? this.#unreadAfter(before, read) : before.unread;
    this.#keep({ ...before, marks, unread });
    this.#tell("conversation", id);
    this.#tell("inbox");
  }

  #unreadAfter(conversation, read) {
    const thread = this.threads.get(conversation.id);
    if (read >= conversation.lastSeq) return 0;
    if (!thread?.isLoaded) return conversation.unread;
    return thread.messages.filter((message) => message.author.kind === "contact" && message.seq > read).length;
  }

  #contactChanged(contact) {
    for (const conversation of this.conversations.values()) {
      if (conversation.contact.id !== contact.id) continue;
      this.#keep({ ...conversation, contact });
      this.#tell("conversation", conversation.id);
    }
    const known = this.contacts.get(contact.id);
    if (known) this.loadContact({ ...contact, sessions: contact.sessions ?? known.sessions });
    this.#tell("inbox");
  }

  #agentChanged(agent) {
    this.agents.set(agent.id, agent);
    if (agent.id === this.me.id) this.me = { ...this.me, ...agent };
    this.#tell("people", agent.id);
  }

  #put(map, thing, what) {
    map.set(thing.id, thing);
    this.#tell(what, thing.id);
  }

  #removeReply(id) {
    this.cannedReplies.delete(id);
    this.#tell("canned", id);
  }

  #keep(conversation) {
    const before = this.conversations.get(conversation.id);
    const owedSince = conversation.owedSince ?? wait(before, conversation);
    const marks = furthest(before?.marks, conversation.marks);
    this.conversations.set(conversation.id, { ...conversation, ...(marks ? { marks } : {}), tags: conversation.tags ?? [], unread: conversation.unread ?? 0, owedSince });
  }

  #withOwnUnread(conversation) {
    const before = this.conversations.get(conversation.id);
    return { ...conversation, unread: conversation.unread ?? before?.unread ?? 0 };
  }

  #recount(before, after) {
    this.counts = recount(this.counts, before, after, this.me.id);
    if (!before) this.countsAreStale = true;
    this.#tell("counts");
  }

  #learnTags(tags = []) {
    this.tags = [...new Set([...this.tags, ...tags])].sort((one, other) => one.localeCompare(other));
  }

  #tell(what, id) {
    this.dispatchEvent(new CustomEvent(what, { detail: id }));
  }
}

/** Since when the customer waits, where the server didn't say: three lines in a row have waited since the first, and a note is no answer. */
function wait(before, { last }) {
  if (last?.kind === "note") return before?.owedSince;
  return last?.author.kind === "contact" ? before?.owedSince ?? last.at : undefined;
}

function spoken(before, message) {
  const last = { text: message.text, author: message.author, at: message.at, kind: message.kind };
  return { last, lastAt: message.at, owedSince: message.author.kind === "contact" ? before.owedSince : undefined };
}

function byId(things = []) {
  return new Map(things.map((thing) => [thing.id, thing]));
}
