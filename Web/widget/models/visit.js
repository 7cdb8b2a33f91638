/**
 * Everything one visitor has with one company: session, conversations, what is on its way, who is here. No DOM.
 *
 *   const visit = new Visit({ api, session, live, onChange, onMessage });
 *   await visit.start({ page, language })
 *   visit.say(text, attachments)      visit.type(text)         visit.isReading = true
 *   visit.startAgain()                visit.view(id)           visit.end()      visit.rate(score, comment)
 *   visit.viewed                      the Conversation on screen: the current one, or an earlier one
 *
 * @module
 */

import { persist, Problem } from "../../shared/api.js";
import { Outbox } from "../../shared/outbox.js";
import { Conversation, isFromOthers } from "./conversation.js";

const OFFLINE_AFTER = 1_500;
const MARK_AFTER = 250;
const TYPE_EVERY = 1_000;

/**
 * @typedef {object} VisitOptions
 * @property {import("../../shared/api.js").Api} api
 * @property {import("./session.js").Session} session
 * @property {(options: any) => import("../../shared/live.js").Live} live
 * @property {() => void} onChange
 * @property {(message: any) => void} onMessage from the others, while we listen
 * @property {import("../../shared/outbox.js").Keeper} [storage]
 */

export class Visit {
  /** @param {VisitOptions} options */
  constructor({ api, session, live, onChange, onMessage, storage }) {
    this.api = api;
    this.session = session;
    this.makeLive = live;
    this.onChange = onChange;
    this.onMessage = onMessage;
    /** @type {any} the session's facts, once it has started */
    this.facts = null;
    /** @type {any} */
    this.page = null;
    this.current = new Conversation();
    this.viewed = this.current;
    this.isOffline = false;
    this.wantsNew = false;
    this.reads = false;
    /** @type {any} */
    this.live = null;
    this.lastTyped = 0;
    /** @type {Promise<any>} */
    this.taking = Promise.resolve();
    this.outbox = new Outbox({ scope: String(api.site), send: item => this.send(item), onChange: () => this.onChange(), onSent: (_, answer) => this.sent(answer), ...(storage ? { storage } : {}) });
  }

  get availability() { return this.facts?.availability ?? { state: "unattended", agents: [] }; }
  get language() { return this.visitFacts?.language; }
  get unread() { return this.current.unread; }
  get isLookingBack() { return this.viewed !== this.current; }
  get hasConversation() { return Boolean(this.current.id) || this.outbox.items.length > 0; }

  /** @param {{ page?: any, language?: string }} visitFacts */
  async start(visitFacts) {
    this.visitFacts = visitFacts;
    this.page = visitFacts.page ?? null;
    await this.load();
    this.live = this.makeLive({
      after: this.facts.seq, token: this.api.token, site: this.api.site,
      onEvent: (/** @type {any} */ event) => this.hear(event), onSignal: (/** @type {any} */ signal) => this.notice(signal),
      onState: (/** @type {string} */ state) => this.connection(state), onReset: () => void this.reload(), onSignedOut: () => this.signedOut(),
    });
    this.live.start();
    this.outbox.wake();
  }

  // ── Beginning, and beginning again ──

  async load() {
    for (let round = 0; ; round += 1) {
      this.facts = await this.session.start(this.visitFacts ?? {});
      try {
        return await this.loadCurrent();
      } catch (problem) {
        if (round > 1 || !this.session.refused(problem)) throw problem;
      }
    }
  }

  async loadCurrent() {
    const { conversation } = this.facts;
    const startsAnew = this.outbox.items.some(item => item.body.new);
    this.current = new Conversation();
    if (conversation && !startsAnew) await this.fill(this.current, conversation);
    this.viewed = this.current;
    this.onChange();
  }

  /** @param {Conversation} talk @param {any} conversation */
  async fill(talk, conversation) {
    const { messages, more } = await persist(() => this.api.get(`conversations/${conversation.id}/messages?limit=50`), { tries: 8 });
    talk.begin(conversation, messages, more);
    this.markSoon();
  }

  /** The news has a hole too large to fill. */
  async reload() {
    const { conversation } = this.current.id ? await persist(() => this.api.get(`conversations/${this.current.id}`)) : { conversation: null };
    if (conversation) await this.fill(this.current, conversation);
    this.onChange();
  }

  /** Twice in a row means that the cookie never comes back, whatever the probe said. */
  signedOut() {
    const now = Date.now();
    if (now - (this.signedOutAt ?? 0) < 30_000) this.session.refused(new Problem({ code: "not_signed_in", status: 401 }));
    this.signedOutAt = now;
    void this.restart();
  }

  /** The session is not valid any more, or another person's history applies now. */
  async restart() {
    this.live?.stop();
    await this.start({ ...this.visitFacts, page: this.page });
  }

  // ── News ──

  /** @param {any} event */
  hear(event) {
    if (event.type === "contact.changed") this.facts.contact = event.contact;
    else if (event.conversation) this.hearOf(event.conversation.id ?? event.conversation, event);
    this.onChange();
  }

  /** @param {string} id @param {any} event */
  hearOf(id, event) {
    const talk = this.known(id) ?? this.adopt(id, event);
    if (!talk) return;
    const message = talk.apply(event);
    if (!message) return;
    if (message.clientId) this.outbox.settled(message.clientId);
    if (isFromOthers(message)) this.onMessage(message);
    this.markSoon();
  }

  /** @param {string} id */
  known(id) { return [this.current, this.viewed].find(talk => talk.id === id); }

  /**
   * A conversation that began in another tab, or an old one that lives again, is the current one now.
   * @param {string} id
   * @param {any} event
   */
  adopt(id, event) {
    if (event.type === "conversation.started" && !this.current.id) return this.current;
    if (event.type !== "message.added" && event.type !== "conversation.started") return null;
    // One after another: what came while we were loading is then applied to what was loaded.
    this.taking = this.taking.then(() => (this.known(id) ? this.hearOf(id, event) : this.takeUp(id, event.message))).catch(() => {});
    return null;
  }

  /** @param {string} id @param {any} [message] that told us of it */
  async takeUp(id, message) {
    const talk = new Conversation();
    const { conversation } = await persist(() => this.api.get(`conversations/${id}`));
    await this.fill(talk, conversation);
    const wasViewed = this.viewed === this.current;
    this.current = talk;
    if (wasViewed) this.viewed = talk;
    for (const { clientId } of talk.messages) if (clientId) this.outbox.settled(clientId);
    if (message && isFromOthers(message)) this.onMessage(message);
    this.onChange();
  }

  /** @param {any} signal */
  notice(signal) {
    if (signal.type === "availability") this.facts.availability = signal.availability;
    if (signal.type === "typing" && signal.author?.kind !== "contact") this.hearTyping(signal);
    this.onChange();
  }

  /** @param {any} signal */
  hearTyping(signal) {
    this.known(signal.conversation)?.hearTyping(signal, Date.now());
    setTimeout(() => this.onChange(), 6_050);
  }

  /** @param {string} state */
  connection(state) {
    clearTimeout(this.offlineTimer);
    if (state === "offline") this.offlineTimer = setTimeout(() => this.setOffline(true), OFFLINE_AFTER);
    else if (state !== "connecting") this.setOffline(false);
  }

  /** @param {boolean} isOffline */
  setOffline(isOffline) {
    this.isOffline = isOffline;
    if (!isOffline) {
      this.outbox.wake();
      this.markSoon();
    }
    this.onChange();
  }

  tryNow() {
    this.live?.wake();
    this.outbox.wake();
  }

  // ── Saying ──

  /** @param {string} text @param {any[]} [attachments] */
  say(text, attachments = []) {
    const body = { text, attachments: attachments.map(attachment => attachment.id), shownAttachments: attachments, ...(this.viewed.id ? { conversation: this.viewed.id } : {}), ...(this.wantsNew ? { new: true } : {}) };
    this.wantsNew = false;
    this.lastTyped = 0;
    this.outbox.add(body);
  }

  /** What is on its way in the conversation on screen. */
  get pending() {
    return this.outbox.items.filter(item => (item.body.conversation ? item.body.conversation === this.viewed.id : this.viewed === this.current));
  }

  /** @param {import("../../shared/outbox.js").Item} item */
  async send(item) {
    try {
      return await this.post(item, item.body.conversation);
    } catch (problem) {
      if (problem instanceof Problem && problem.status === 404 && item.body.conversation) return this.post(item, undefined);
      if (!this.session.refused(problem)) throw problem;
      // The text waits in the outbox while the session begins anew.
      void this.restart();
      throw new Problem({ code: "network" });
    }
  }

  /** @param {import("../../shared/outbox.js").Item} item @param {string} [id] */
  post({ clientId, body }, id) {
    const message = { clientId, text: body.text, ...(body.attachments?.length ? { attachments: body.attachments } : {}) };
    if (id) return this.api.post(`conversations/${id}/messages`, message);
    return this.api.post("conversations", { ...message, ...(this.page ? { page: this.page } : {}), ...(body.new ? { new: true } : {}) });
  }

  /** @param {any} answer */
  sent({ conversation, message }) {
    // The server answers again, so the news need not wait for its turn either.
    if (this.isOffline) this.live?.wake();
    const id = conversation?.id ?? message.conversation;
    const talk = this.known(id) ?? (this.current.id ? null : this.current);
    if (!talk) return void this.takeUp(id);
    if (conversation) talk.take(conversation);
    talk.add(message);
    if (this.isLookingBack && talk === this.viewed && this.current.isClosed) this.current = talk;
    this.markSoon();
  }

  /** @param {string} text what is in the box */
  type(text) {
    if (!this.viewed.id) return;
    const now = Date.now();
    if (!text) return this.stopTyping();
    clearTimeout(this.typeTimer);
    if (now - this.lastTyped < TYPE_EVERY) {
      this.typeTimer = setTimeout(() => this.type(text), TYPE_EVERY - (now - this.lastTyped));
      return;
    }
    this.lastTyped = now;
    this.live?.signal({ type: "typing", conversation: this.viewed.id, ...(this.facts?.site?.peek ? { text: text.slice(0, 2000) } : {}) });
  }

  stopTyping() {
    clearTimeout(this.typeTimer);
    if (this.lastTyped && this.viewed.id) this.live?.signal({ type: "typing", conversation: this.viewed.id, stopped: true });
    this.lastTyped = 0;
  }

  // ── How far we have got ──

  /**
   * The person is looking at the newest message.
   * @param {boolean} reads
   */
  set isReading(reads) {
    this.reads = reads;
    if (reads) this.markSoon();
  }

  markSoon() {
    clearTimeout(this.markTimer);
    this.markTimer = setTimeout(() => void this.mark(), MARK_AFTER);
  }

  async mark() {
    const talk = this.current;
    const seq = talk.lastSeq;
    const { delivered, read } = talk.marks.contact;
    const reads = this.reads && this.viewed === talk && seq > read;
    if (!talk.id || (!reads && seq <= delivered)) return;
    talk.mark("contact", { delivered: seq, ...(reads ? { read: seq } : {}) });
    this.onChange();
    // Not worth a word if it fails: the next message marks this one too.
    await persist(() => this.api.put(`conversations/${talk.id}/marks`, reads ? { delivered: seq, read: seq } : { delivered: seq }), { tries: 6 }).catch(() => {});
  }

  // ── The conversation as a whole ──

  startAgain() {
    this.current = this.viewed = new Conversation();
    this.wantsNew = true;
    this.onChange();
  }

  /** A new question after a closed conversation: whether it continues or begins anew is the site's setting. */
  ask() {
    this.viewed = this.current;
    if (this.current.isClosed) this.current = this.viewed = new Conversation();
    this.onChange();
  }

  /** @param {string} id */
  async view(id) {
    if (id === this.current.id) this.viewed = this.current;
    else {
      const { conversation } = await this.api.get(`conversations/${id}`);
      const talk = new Conversation();
      await this.fill(talk, conversation);
      this.viewed = talk;
    }
    this.onChange();
  }

  viewCurrent() {
    this.viewed = this.current;
    this.onChange();
  }

  async loadEarlier() {
    const talk = this.viewed;
    const { messages, more } = await persist(() => this.api.get(`conversations/${talk.id}/messages?before=${talk.messages[0].seq}&limit=50`), { tries: 3 });
    talk.addEarlier(messages, more);
    this.onChange();
  }

  async end() {
    const talk = this.viewed;
    talk.take((await this.api.put(`conversations/${talk.id}/state`, { state: "closed" })).conversation);
    this.onChange();
  }

  /** @param {number} score @param {string} comment */
  async rate(score, comment) {
    const talk = this.viewed;
    talk.take((await this.api.put(`conversations/${talk.id}/rating`, { score, ...(comment ? { comment } : {}) })).conversation);
    this.onChange();
  }

  /** @param {string} [after] @returns {Promise<{ conversations: any[], next?: string }>} */
  history(after) {
    return persist(() => this.api.get(`conversations${after ? `?after=${encodeURIComponent(after)}` : ""}`), { tries: 3 });
  }

  // ── What the page tells ──

  /** @param {any} page */
  async moveTo(page) {
    this.page = page;
    await this.api.patch("sessions/current", { page }).catch(() => {});
  }

  /** @param {any} identity @returns {Promise<boolean>} whether another person's history applies now */
  async identify(identity) {
    const answer = await this.session.identify(identity);
    this.facts.contact = answer.contact;
    if (answer.changed) await this.restart();
    return answer.changed;
  }

  async forget() {
    this.live?.stop();
    for (const item of this.outbox.items) this.outbox.drop(item.clientId);
    await this.session.forget();
    this.current = this.viewed = new Conversation();
    await this.restart();
  }
}
