/** The log of a conversation: opens at the newest line, and new lines never move what is being read. */
import { arrange, html, replace } from "../../shared/html.js";
import { lines } from "../models/thread.js";
import { lineNode, signatureOf, updateLine } from "./line.js";
import { firstNameOf, nameOf } from "./people.js";

/** Scrolled up by more than this is reading back. */
const readingBack = 60;

export class Log {
  #lastSeen = 0;
  #name;
  #silence;

  /** @param {import("./app.js").App} app @param {string} id */
  constructor(app, id) {
    this.app = app;
    this.id = id;
    const { words } = app;
    this.thread = html`<div class="thread"></div>`;
    this.peek = html`<p class="peek" hidden></p>`;
    this.earlier = html`<button type="button" class="button s earlier" hidden @click=${() => this.#loadEarlier()}>${words("desk.log.earlier")}</button>`;
    this.body = html`<div class="talk-body" role="log" tabindex="0" @scroll=${() => this.#scrolled()}><div class="thread-frame">${this.earlier}${this.thread}${this.peek}</div></div>`;
    this.below = html`<button type="button" class="chip new-below" hidden @click=${() => this.toNewest()}>${words("desk.log.newBelow")}</button>`;
    this.node = html`<div class="talk-scroll">${this.body}${this.below}</div>`;
    this.#watchTop();
  }

  draw() {
    const { desk, words } = this.app;
    const conversation = desk.conversations.get(this.id);
    const thread = desk.thread(this.id);
    if (!conversation) return;
    if (!thread.isLoaded) this.#silently();
    this.body.setAttribute("aria-label", words("desk.log.label", { name: nameOf(conversation.contact, words) }));
    this.#keepingPlace(() => this.#drawLines(conversation, thread));
    this.earlier.hidden = !thread.hasEarlier;
    this.drawPeek();
    this.#notice(thread);
  }

  /** What the customer is writing; comes and goes without being spoken aloud. */
  drawPeek() {
    const { desk, signals, words } = this.app;
    const conversation = desk.conversations.get(this.id);
    const peek = signals.peek(this.id, Date.now());
    this.peek.hidden = !peek || !conversation;
    if (!peek || !conversation) return;
    this.peek.setAttribute("aria-live", "off");
    const name = firstNameOf(conversation.contact, words);
    replace(this.peek, html`<span class="typing" aria-hidden="true"><i></i><i></i><i></i></span>`, html`<span>${words(peek.text ? "desk.peek.text" : "desk.peek", { name })} ${peek.text ? html`<q>${peek.text.slice(-240)}</q>` : ""}</span>`);
  }

  toNewest() {
    this.body.scrollTop = 0;
    this.below.hidden = true;
    this.app.noteRead();
  }

  get isAtNewest() {
    return this.body.scrollTop > -readingBack;
  }

  #drawLines(conversation, thread) {
    const { desk, outbox } = this.app;
    const waiting = outbox.items.filter((item) => item.body.conversation === this.id).map((item) => ({ ...item, ...item.body, clientId: item.clientId, state: item.state === "failed" ? "failed" : "sending" }));
    const all = lines(thread.messages, waiting, { marks: conversation.marks ?? {}, me: desk.me.id, dayOf: (at) => new Date(at).toDateString() });
    this.#renamed(conversation.contact.name);
    const { isConnected } = this.app;
    arrange(this.thread, all, (line) => line.key,
      (line) => Object.assign(lineNode(this.app, line, conversation.contact), { lineSignature: signatureOf(line, isConnected) }),
      (node, line) => this.#update(node, line, signatureOf(line, isConnected)));
  }

  #update(node, line, signature) {
    if (node.lineSignature === signature) return;
    node.lineSignature = signature;
    updateLine(this.app, node, line);
  }

  /** The customer has got a name: every line of theirs says it, silently. */
  #renamed(name) {
    if (this.#name !== name && this.thread.firstElementChild) {
      this.#silently();
      replace(this.thread);
    }
    this.#name = name;
  }

  /** The line at the top of what is seen stays where it is. */
  #keepingPlace(change) {
    if (this.isAtNewest) {
      change();
      this.body.scrollTop = 0;
      return;
    }
    const top = this.body.getBoundingClientRect().top;
    const anchor = [...this.thread.children].find((line) => line.getBoundingClientRect().bottom > top);
    const before = anchor?.getBoundingClientRect().top;
    change();
    if (anchor?.isConnected) this.body.scrollTop += anchor.getBoundingClientRect().top - before;
  }

  #notice(thread) {
    const newest = thread.latestSeq;
    if (this.isAtNewest) this.app.noteRead();
    else if (newest > this.#lastSeen && this.#lastSeen) this.below.hidden = false;
    this.#lastSeen = newest;
  }

  #scrolled() {
    if (!this.isAtNewest) return;
    this.below.hidden = true;
    this.app.noteRead();
  }

  #watchTop() {
    new IntersectionObserver(([entry]) => { if (entry.isIntersecting) this.#loadEarlier(); }, { root: this.body, rootMargin: "200px" }).observe(this.earlier);
  }

  async #loadEarlier() {
    this.#silently();
    await this.app.attempt(() => this.app.loading.earlier(this.id));
  }

  /** Old lines are not news: they are read by whoever goes there, not spoken. */
  #silently() {
    this.body.setAttribute("aria-live", "off");
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.body.removeAttribute("aria-live"), 1500);
  }
}
