/** The conversation on screen: what was said, who is writing, the way to the newest, where to write. */

import { arrange, html, replace } from "../../shared/html.js";
import { toWhom } from "../../shared/finnish.js";
import { Composer } from "./composer.js";
import { drawEnding } from "./ending.js";
import { drawLine, redrawLine } from "./message.js";
import { face, nameOf } from "./person.js";

const NEAR_END = 48;

/** @typedef {{ words: import("../../shared/words.js").Words, visit: import("../models/visit.js").Visit, storage: import("../../shared/outbox.js").Keeper, announce: (text: string) => void }} TalkOptions */

export class Talk {
  /** @param {TalkOptions} options */
  constructor({ words, visit, storage, announce }) {
    this.words = words;
    this.visit = visit;
    this.announce = announce;
    /** @type {any} */
    this.shown = null;
    /** The visitor pressed "continue" under an ended conversation. */
    this.goesOn = false;
    this.isAtEnd = true;
    this.missed = 0;
    /** What each place shows, so that nothing is drawn again under the reader's hands. */
    this.drawn = { intro: "", typing: "", after: "", newer: "" };
    this.composer = new Composer({ words, storage, draftKey: `moro.draft.${visit.api.site}`, upload: (file, options) => visit.api.upload(file, options), send: (text, files) => this.send(text, files), type: text => visit.type(text), announce });
    /** @type {HTMLElement} */
    this.log = html`<div class="thread" role="log" aria-live="off"></div>`;
    /** @type {HTMLElement} */
    this.intro = html`<div class="intro"></div>`;
    /** @type {HTMLElement} */
    this.typing = html`<div class="typing-place"></div>`;
    /** @type {HTMLElement} */
    this.after = html`<div class="after"></div>`;
    /** @type {HTMLElement} */
    this.body = html`<div class="panel-body" tabindex="0" role="region" @scroll=${() => this.scrolled()}>${this.intro}${this.log}${this.typing}${this.after}</div>`;
    /** @type {HTMLElement} */
    this.newer = html`<button type="button" class="button s newer" hidden @click=${() => this.toEnd(true)}></button>`;
    this.foot = html`<footer class="panel-foot">${this.composer.element}</footer>`;
    this.element = html`<div class="talk">${this.body}<div class="newer-place">${this.newer}</div>${this.foot}</div>`;
    this.acceptDrops();
    new ResizeObserver(() => this.isAtEnd && this.toEnd()).observe(this.log);
  }

  draw() {
    const { visit } = this;
    if (this.shown !== visit.viewed) this.begin();
    this.address();
    this.drawIntro();
    this.drawLines();
    this.drawTyping();
    this.drawAfter();
    this.drawNewer();
    if (this.isAtEnd) this.toEnd();
  }

  focus() {
    if (this.foot.hidden) this.body.focus();
    else this.composer.focus();
  }

  /** The newest message is before the reader's eyes. */
  get showsNewest() { return this.isAtEnd; }

  begin() {
    this.shown = this.visit.viewed;
    this.goesOn = false;
    this.isAtEnd = true;
    this.missed = 0;
    this.drawn.after = "";
    replace(this.log);
  }

  // ── Saying ──

  /** @param {string} text @param {any[]} files */
  send(text, files) {
    this.isAtEnd = true;
    this.visit.say(text, files);
    this.toEnd();
  }

  address() {
    const { words, visit } = this;
    const { agent } = visit.viewed.facts ?? {};
    const name = agent && !visit.viewed.isClosed ? nameOf(agent, words) : "";
    const whom = words.language === "fi" ? toWhom(name) : name;
    this.composer.address(name ? words("widget.compose.placeholderTo", { toWhom: whom }) : words("widget.compose.placeholder"), name ? words("widget.compose.labelTo", { name }) : words("widget.compose.label"));
    this.log.setAttribute("aria-label", name ? words("widget.talk.labelWith", { name }) : words("widget.talk.label"));
    this.body.setAttribute("aria-label", words("widget.talk.label"));
  }

  // ── Reading ──

  drawIntro() {
    const { words, visit } = this;
    const talk = visit.viewed;
    const text = visit.isLookingBack ? words("widget.talk.old") : talk.messages.length || visit.pending.length ? "" : words(visit.availability.agents.length ? "widget.talk.intro" : "widget.talk.introNobody");
    const looks = `${text}${talk.hasEarlier}`;
    if (this.drawn.intro === looks) return;
    this.drawn.intro = looks;
    const back = visit.isLookingBack && visit.hasConversation && !visit.current.isClosed ? html`<button type="button" class="link-button" @click=${() => visit.viewCurrent()}>${words("widget.talk.toCurrent")}</button>` : null;
    replace(this.intro, text ? html`<p class="soft">${text} ${back}</p>` : null, talk.hasEarlier ? html`<button type="button" class="button s is-quiet" @click=${() => void this.loadEarlier()}>${words("widget.talk.earlier")}</button>` : null);
  }

  async loadEarlier() {
    const { body } = this;
    const fromEnd = body.scrollHeight - body.scrollTop;
    await this.visit.loadEarlier().catch(() => {});
    requestAnimationFrame(() => { body.scrollTop = body.scrollHeight - fromEnd; });
  }

  drawLines() {
    const { visit, words } = this;
    const lines = visit.viewed.lines(visit.pending, { language: words.language, now: Date.now(), isOffline: visit.isOffline });
    const context = { words, retry: (/** @type {string} */ id) => visit.outbox.retry(id), discard: (/** @type {string} */ id) => visit.outbox.drop(id) };
    const isFirst = !this.log.firstChild;
    arrange(this.log, lines, line => line.key, line => this.arriving(drawLine(line, context), isFirst), (node, line) => redrawLine(node, line, context));
  }

  /**
   * What has just come rises in; what was there already does not perform.
   * @param {Element} node
   * @param {boolean} isFirst
   */
  arriving(node, isFirst) {
    node.classList.toggle("is-new", !isFirst);
    return node;
  }

  drawTyping() {
    const { words, visit } = this;
    const typing = visit.viewed.typing;
    const author = typing && typing.until > Date.now() ? typing.author : null;
    const looks = author ? nameOf(author, words) : "";
    if (this.drawn.typing === looks) return;
    this.drawn.typing = looks;
    replace(this.typing, author ? html`<div class="message"><div class="message-author"><span>${words("widget.typing", { name: looks })}</span></div>${face(author)}<div class="message-bubble"><span class="typing" aria-hidden="true"><i></i><i></i><i></i></span></div></div>` : null);
  }

  drawAfter() {
    const { visit, words } = this;
    const talk = visit.viewed;
    if (!talk.isClosed) this.goesOn = false;
    const shows = talk.isClosed && !this.goesOn && visit.pending.every(item => item.state === "failed") ? `ending ${talk.id}` : this.leftForNobody() ? "left" : "";
    this.foot.hidden = shows.startsWith("ending") || (visit.isLookingBack && visit.hasConversation && !visit.current.isClosed);
    if (this.drawn.after === shows) return;
    this.drawn.after = shows;
    if (shows === "left") replace(this.after, html`<p class="small soft">${words("widget.talk.leftNobody")}</p>`);
    else replace(this.after, shows ? this.ending() : null);
  }

  /** The first words are with us, but there is nobody to answer now. */
  leftForNobody() {
    const { visit } = this;
    const talk = visit.viewed;
    const last = talk.messages[talk.messages.length - 1];
    return !visit.isLookingBack && !visit.availability.agents.length && !visit.pending.length && last?.author.kind === "contact";
  }

  ending() {
    const { visit, words } = this;
    return drawEnding({
      words, talk: visit.viewed, rate: (score, comment) => visit.rate(score, comment),
      again: () => { visit.startAgain(); this.draw(); this.focus(); },
      goOn: () => { this.goesOn = true; this.draw(); this.focus(); },
    });
  }

  // ── Where the reader is ──

  scrolled() {
    const { body } = this;
    const isAtEnd = body.scrollHeight - body.scrollTop - body.clientHeight < NEAR_END;
    if (isAtEnd === this.isAtEnd) return;
    this.isAtEnd = isAtEnd;
    if (isAtEnd) this.missed = 0;
    this.visit.onChange();
  }

  /** Somebody else's message came while the reader was looking further back. */
  miss() {
    if (!this.isAtEnd) this.missed += 1;
  }

  drawNewer() {
    this.newer.hidden = this.isAtEnd;
    const label = this.missed ? this.words("widget.talk.new", { count: this.missed }) : this.words("widget.talk.toEnd");
    if (this.drawn.newer !== label) replace(this.newer, label, html`<i class="icon s i-down" aria-hidden="true"></i>`);
    this.drawn.newer = label;
  }

  /** @param {boolean} [byPerson] */
  toEnd(byPerson = false) {
    this.body.scrollTop = this.body.scrollHeight;
    if (byPerson) this.focus();
  }

  acceptDrops() {
    const { element } = this;
    const over = (/** @type {boolean} */ is) => element.classList.toggle("is-dropping", is);
    element.dataset.drop = this.words("widget.compose.drop");
    element.addEventListener("dragover", (/** @type {DragEvent} */ event) => {
      if (this.foot.hidden || !event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      over(true);
    });
    element.addEventListener("dragleave", (/** @type {DragEvent} */ event) => { if (!element.contains(/** @type {Node} */ (event.relatedTarget))) over(false); });
    element.addEventListener("drop", (/** @type {DragEvent} */ event) => {
      over(false);
      if (this.foot.hidden || !event.dataTransfer?.files.length) return;
      event.preventDefault();
      this.composer.attach([...event.dataTransfer.files]);
    });
  }
}
