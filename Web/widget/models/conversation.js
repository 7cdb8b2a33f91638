/**
 * One conversation as the visitor sees it: what the server has told, and what is still on its way. No DOM.
 *
 *   const talk = new Conversation();                  a new one, nothing said yet
 *   talk.begin(conversation, messages, more)          loaded from the server
 *   talk.apply(event)                                 → the Message that is new here, or null
 *   talk.lines(pending, { language, now, isOffline }) → what to draw, from the top down
 *   talk.unread                                       what others have said since the visitor last read
 *
 * @module
 */

import { dayOf, sameDay } from "../../shared/text.js";

/** @typedef {import("../../shared/outbox.js").Item} Item */
/** @typedef {"sending" | "waiting" | "sent" | "delivered" | "read" | "failed"} Stage */
/**
 * @typedef {object} Line
 * @property {string} key the same from the first optimistic bubble to the acknowledged message
 * @property {"day" | "message" | "handover" | "event"} kind
 * @property {string} [text] of a day
 * @property {any} [message]
 * @property {any} [item] still in the outbox
 * @property {Stage} [stage] of an own message
 * @property {boolean} [showsStage] the last own message of its stage tells it for the others
 */

/** What the visitor is told of, and how: a person taking over is a line of its own. */
const SHOWN = { joined: "handover", transferred: "handover", left: "event", closed: "event", reopened: "event" };

export class Conversation {
  constructor() {
    /** @type {any} */
    this.facts = null;
    /** @type {any[]} */
    this.messages = [];
    this.hasEarlier = false;
    /** @type {{ author: any, until: number } | null} */
    this.typing = null;
  }

  get id() { return this.facts?.id; }
  get isClosed() { return this.facts?.state === "closed"; }
  get marks() { return this.facts?.marks ?? { contact: { delivered: 0, read: 0 }, agent: { delivered: 0, read: 0 } }; }
  get lastSeq() { return this.messages.length ? this.messages[this.messages.length - 1].seq : 0; }

  get unreadMessages() { return this.messages.filter(message => message.seq > this.marks.contact.read && isFromOthers(message)); }
  get unread() { return this.unreadMessages.length; }
  get lastUnread() { return this.unreadMessages[this.unread - 1] ?? null; }

  /** @param {any} conversation @param {any[]} [messages] @param {boolean} [more] */
  begin(conversation, messages = [], more = false) {
    this.take(conversation);
    for (const message of messages) this.add(message);
    this.hasEarlier = more;
  }

  /** @param {any[]} messages @param {boolean} more */
  addEarlier(messages, more) {
    for (const message of messages) this.add(message);
    this.hasEarlier = more;
  }

  /**
   * News and the answers to our own requests overtake each other: what tells of a time before changes nothing, and marks only ever grow.
   * @param {any} conversation
   */
  take(conversation) {
    const before = this.facts;
    this.facts = before && conversation.lastSeq < before.lastSeq ? { ...conversation, ...before } : { ...before, ...conversation };
    if (before?.marks && conversation.marks) this.facts.marks = { contact: furthest(before.marks.contact, conversation.marks.contact), agent: furthest(before.marks.agent, conversation.marks.agent) };
  }

  /** @param {any} event @returns {any} */
  apply(event) {
    switch (event.type) {
      case "conversation.started": case "conversation.changed": this.take(event.conversation); return null;
      case "conversation.marked": this.mark(event.side, event); return null;
      case "message.added": return this.add(event.message) ? event.message : null;
      default: return null;
    }
  }

  /** @param {any} message @returns {boolean} whether it was new */
  add(message) {
    if (this.messages.some(known => known.id === message.id)) return false;
    const later = this.messages.findIndex(known => known.seq > message.seq);
    this.messages.splice(later < 0 ? this.messages.length : later, 0, message);
    if (isFromOthers(message)) this.typing = null;
    return true;
  }

  /** @param {"contact" | "agent"} side @param {{ delivered?: number, read?: number }} to */
  mark(side, to) {
    if (this.facts) this.facts.marks = { ...this.marks, [side]: furthest(this.marks[side], to) };
  }

  /** @param {any} signal @param {number} now */
  hearTyping(signal, now) {
    this.typing = signal.stopped ? null : { author: signal.author, until: now + 6_000 };
  }

  /**
   * @param {Item[]} pending
   * @param {{ language: string, now: number, isOffline?: boolean }} view
   * @returns {Line[]}
   */
  lines(pending, view) {
    const known = new Set(this.messages.map(message => message.clientId));
    const lines = [...this.messages.flatMap(message => this.lineOf(message)), ...pending.filter(item => !known.has(item.clientId)).map(item => pendingLine(item, view.isOffline))];
    tellStages(lines);
    return withDays(lines, view);
  }

  /** @param {any} message @returns {Line[]} */
  lineOf(message) {
    if (message.kind === "event") return eventLine(message);
    const isOwn = message.author.kind === "contact";
    return [{ key: (isOwn && message.clientId) || message.id, kind: "message", message, ...(isOwn ? { stage: this.stageOf(message) } : {}) }];
  }

  /** @param {any} message @returns {Stage} */
  stageOf({ seq }) {
    const { delivered, read } = this.marks.agent;
    return read >= seq ? "read" : delivered >= seq ? "delivered" : "sent";
  }
}

/** @param {any} message */
export function isFromOthers(message) {
  return message.kind === "reply" && message.author.kind !== "contact";
}

/** @param {any} message @returns {Line[]} */
function eventLine(message) {
  const kind = /** @type {any} */ (SHOWN)[message.event?.kind];
  // A transfer to a team has no person to greet yet.
  return kind ? [{ key: message.id, kind: kind === "handover" && !whoTakesOver(message.event) ? "event" : kind, message }] : [];
}

/** @param {any} event @returns {any} the Author who is here from now on */
export function whoTakesOver(event) {
  return event.kind === "transferred" ? event.to : event.agent;
}

/** @param {Item} item @param {boolean} [isOffline] @returns {Line} */
function pendingLine(item, isOffline) {
  const stage = item.state === "failed" ? "failed" : isOffline ? "waiting" : "sending";
  const message = { id: item.clientId, clientId: item.clientId, author: { kind: "contact" }, kind: "reply", text: item.body.text, at: item.at, attachments: item.body.shownAttachments ?? [] };
  return { key: item.clientId, kind: "message", message, item, stage };
}

/** @param {Line[]} lines */
function tellStages(lines) {
  const own = lines.filter(line => line.stage);
  own.forEach((line, n) => { line.showsStage = line.stage === "failed" || own[n + 1]?.stage !== line.stage; });
}

/** @param {Line[]} lines @param {{ language: string, now: number }} view @returns {Line[]} */
function withDays(lines, { language, now }) {
  return lines.flatMap((line, n) => {
    const at = line.message.at;
    if (n > 0 && sameDay(at, lines[n - 1].message.at)) return [line];
    return [{ key: `day-${new Date(at).toDateString()}`, kind: /** @type {"day"} */ ("day"), text: dayOf(at, language, now), message: line.message }, line];
  });
}

/** @param {{ delivered?: number, read?: number }} one @param {{ delivered?: number, read?: number }} other */
function furthest(one, other) {
  const read = Math.max(one.read ?? 0, other.read ?? 0);
  return { read, delivered: Math.max(one.delivered ?? 0, other.delivered ?? 0, read) };
}
