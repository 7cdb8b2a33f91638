/** Where an agent writes: reply or note, drafts kept, files, ready answers, names of colleagues, emoji. */
import { html, replace } from "../../shared/html.js";
import * as canned from "../models/canned-replies.js";
import { slashWords } from "../models/keys.js";
import * as mentions from "../models/mentions.js";
import { ComposerFiles } from "./composer-files.js";
import { EmojiPicker } from "./emoji-picker.js";
import { icon } from "./icon.js";
import { firstNameOf, nameTo } from "./people.js";
import { CannedPicker, MentionPicker } from "./pickers.js";

/** A colleague's answer newer than this makes ours ask once more. */
const justAnswered = 20_000;
const typingEvery = 1000;

export class Composer {
  /** @type {"reply"|"note"} */ kind = "reply";
  #picker;
  #typedAt = 0;
  #isTyping = false;
  #mayBoth = false;
  #startedAt = 0;

  /** @param {import("./app.js").App} app @param {string} id */
  constructor(app, id) {
    this.app = app;
    this.id = id;
    this.files = new ComposerFiles(app, () => this.#changed());
    this.#build();
    this.show("reply");
  }

  get conversation() {
    return this.app.desk.conversations.get(this.id);
  }

  /** Turns to replying or to a note; each keeps its own draft. @param {"reply"|"note"} kind */
  show(kind) {
    this.kind = kind;
    const draft = this.app.drafts.get(this.id, kind);
    this.text.value = draft.text;
    this.files.show(draft.attachments ?? []);
    this.problem.hidden = true;
    this.#closePicker();
    this.draw();
    this.#grow();
  }

  /** @param {"reply"|"note"} [kind] */
  focus(kind) {
    if (kind && kind !== this.kind) this.show(kind);
    this.text.focus();
  }

  draw() {
    const { words } = this.app;
    const isNote = this.kind === "note";
    const name = firstNameOf(this.conversation?.contact, words);
    this.node.classList.toggle("is-note", isNote);
    for (const tab of this.tabs.children) {
      tab.setAttribute("aria-selected", String(tab.dataset.kind === this.kind));
      tab.tabIndex = tab.dataset.kind === this.kind ? 0 : -1;
    }
    this.text.name = isNote ? "note" : "reply";
    this.text.lang = isNote ? words.language : this.conversation?.language ?? words.language;
    this.text.setAttribute("aria-label", isNote ? words("desk.composer.noteLabel") : words("desk.composer.replyLabel", { name: nameTo(name, words) }));
    this.text.placeholder = isNote ? words("desk.composer.notePlaceholder") : words("desk.composer.placeholder", { name: nameTo(name, words) });
    this.whisper.hidden = !isNote;
    this.closing.hidden = isNote;
    this.#drawSend(isNote, words);
  }

  /** Puts closing words in the box, each press the next ones. */
  bringClosing() {
    const closings = this.#replies().filter(({ kind }) => kind === "closing");
    if (!closings.length) return this.app.toasts.tell(this.app.words("desk.composer.noClosing"));
    if (this.kind === "note") this.show("reply");
    const texts = closings.map((reply) => this.#filled(reply));
    const at = texts.indexOf(this.text.value.trim());
    if (at < 0 && this.text.value.trim() && !this.text.value.startsWith("/")) this.#set(`${this.text.value.trimEnd()}\n\n${texts[0]}`);
    else this.#set(texts[(at + 1) % texts.length]);
    this.text.focus();
  }

  /** Puts a ready answer where the caret is. @param {import("../models/types.js").CannedReply} reply */
  insert(reply) {
    const text = this.#filled(reply);
    if (canned.slashQuery(this.text.value, this.text.selectionStart) !== undefined) this.#set(text);
    else this.#insertText(text);
    this.#closePicker();
    this.text.focus();
  }

  /** The text that a failed or cancelled message had, back in the box. @param {string} text */
  giveBack(text) {
    this.#set(this.text.value.trim() ? `${text}\n\n${this.text.value}` : text);
    this.text.focus();
  }

  /** Before the conversation is left. */
  leave() {
    this.#stopTyping();
    this.files.leave();
  }

  #build() {
    const { words } = this.app;
    const tab = (kind) => html`<button type="button" role="tab" data-kind=${kind} aria-controls="composer-text" @click=${() => { this.show(kind); this.text.focus(); }} @keydown=${(event) => this.#tabKey(event)}>${kind === "note" ? icon("lock", "s") : ""} ${words(`desk.composer.${kind}`)}</button>`;
    this.tabs = html`<div class="composer-modes" role="tablist" aria-label=${words("desk.composer.modes")}>${tab("reply")}${tab("note")}</div>`;
    this.text = html`<textarea id="composer-text" rows="2" autocomplete="off" aria-autocomplete="list" @input=${() => this.#input()} @keydown=${(event) => this.#key(event)} @click=${() => this.#look()} @paste=${(event) => this.#paste(event)} @blur=${() => this.#stopTyping()}></textarea>`;
    this.problem = html`<p class="problem field-error" role="alert" hidden></p>`;
    this.whisper = html`<span class="small">${words("desk.composer.onlyTeam")}</span>`;
    this.closing = html`<button type="button" class="button s is-quiet wide-only" @click=${() => this.bringClosing()}>${icon("hand", "s")}${words("desk.composer.closing")} <kbd>/l</kbd></button>`;
    this.send = html`<button type="button" class="button s is-primary" @click=${() => this.#send()}></button>`;
    const tool = (name, label, run) => html`<button type="button" class="icon-button" aria-label=${words(label)} title=${words(label)} @click=${run}>${icon(name)}</button>`;
    this.tools = html`<div class="composer-tools">${tool("clip", "desk.composer.attach", () => this.files.choose())}${tool("smile", "desk.composer.emoji", (event) => this.#toggleEmoji(event))}${tool("bolt", "desk.composer.canned", () => this.#openCanned(""))}${this.closing}<span class="end">${this.whisper}${this.send}</span></div>`;
    this.node = html`<div class="composer">${this.tabs}${this.text}${this.files.node}${this.problem}${this.tools}</div>`;
    this.#acceptDrops();
  }

  #drawSend(isNote, words) {
    const collides = this.#collides();
    this.send.classList.toggle("is-primary", !isNote && !(collides && this.#mayBoth));
    const label = isNote ? words("desk.composer.saveNote") : collides && this.#mayBoth ? words("desk.composer.sendAnyway") : words("desk.composer.send");
    replace(this.send, isNote ? "" : icon("send", "s"), label);
    this.send.title = this.app.preferences.get("enterSends") ? "Enter" : `${this.app.commandKey} + Enter`;
  }

  #tabKey(event) {
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    this.show(this.kind === "note" ? "reply" : "note");
    /** @type {HTMLElement} */ (this.tabs.querySelector("[aria-selected=true]")).focus();
  }

  #input() {
    this.#changed();
    this.#look();
    this.#typing();
  }

  #changed() {
    if (!this.#startedAt && this.text.value) this.#startedAt = Date.now();
    this.app.drafts.keep(this.id, this.kind, { text: this.text.value, attachments: this.files.attachments });
    this.problem.hidden = true;
    this.#grow();
  }

  /** Where the browser doesn't grow a text area by itself. */
  #grow() {
    if (CSS.supports("field-sizing", "content")) return;
    this.text.style.height = "auto";
    this.text.style.height = `${Math.min(this.text.scrollHeight, innerHeight * 0.38)}px`;
  }

  /** Says to colleagues and to the customer that an answer is being written, at most once a second. Notes are nobody's business. */
  #typing() {
    if (this.kind === "note") return;
    if (!this.text.value.trim()) return this.#stopTyping();
    if (Date.now() - this.#typedAt < typingEvery) return;
    this.#typedAt = Date.now();
    this.#isTyping = true;
    this.app.live.signal({ type: "typing", conversation: this.id });
  }

  #stopTyping() {
    if (!this.#isTyping) return;
    this.#isTyping = false;
    this.#typedAt = 0;
    this.app.live.signal({ type: "typing", conversation: this.id, stopped: true });
  }

  /** What is being typed may ask for a list: a slash for ready answers, an at sign for colleagues. */
  #look() {
    const { selectionStart: caret, value } = this.text;
    const slash = this.kind === "reply" ? canned.slashQuery(value, caret) : undefined;
    if (slash !== undefined && slashWords[slash] === "note") return this.#turnToNote();
    if (slash !== undefined && slashWords[slash] === "closing") return this.bringClosing();
    if (slash !== undefined) return this.#openCanned(slash);
    const mention = this.kind === "note" ? mentions.mentionAt(value, caret) : undefined;
    if (mention) return this.#openMentions(mention.query);
    if (!(this.#picker instanceof EmojiPicker)) this.#closePicker();
  }

  #turnToNote() {
    this.#set("");
    this.focus("note");
  }

  #openCanned(query) {
    if (!(this.#picker instanceof CannedPicker)) {
      this.#open(new CannedPicker(this.app, { language: this.conversation?.language, text: (reply) => this.#filled(reply), choose: (reply) => this.insert(reply) }));
    }
    this.#picker.search(this.#replies(), query);
    this.text.focus();
  }

  #openMentions(query) {
    const { desk } = this.app;
    const fitting = mentions.candidates([...desk.agents.values()], query, desk.me.id);
    if (!fitting.length) return this.#closePicker();
    if (!(this.#picker instanceof MentionPicker)) this.#open(new MentionPicker(this.app, { choose: (agent) => this.#mention(agent) }));
    this.#picker.offer(fitting);
  }

  #mention(agent) {
    const { text, caret } = mentions.complete(this.text.value, this.text.selectionStart, agent);
    this.#set(text);
    this.text.setSelectionRange(caret, caret);
    this.#closePicker();
  }

  #toggleEmoji({ currentTarget }) {
    if (this.#picker instanceof EmojiPicker) return this.#closePicker();
    this.#open(new EmojiPicker(this.app, { choose: (emoji) => { this.#insertText(emoji); }, close: () => { this.#closePicker(); currentTarget.focus(); } }));
  }

  #open(picker) {
    this.#closePicker();
    this.#picker = picker;
    this.node.append(picker.node);
    if (!(picker instanceof EmojiPicker)) picker.attach(this.text);
    else picker.focus();
  }

  #closePicker() {
    this.#picker?.node.remove();
    this.#picker?.detach?.();
    this.#picker = undefined;
  }

  #key(event) {
    if (this.#picker?.key?.(event)) return event.preventDefault();
    if (event.key === "Escape" && this.#picker) { this.#closePicker(); return event.stopPropagation(); }
    if (event.key !== "Enter" || event.isComposing) return;
    const command = event.ctrlKey || event.metaKey;
    const sends = command || (this.app.preferences.get("enterSends") && !event.shiftKey && !event.altKey);
    if (!sends) return;
    event.preventDefault();
    this.#send();
  }

  #send() {
    const text = this.text.value.trim();
    const { attachments } = this.files;
    if (this.files.isBusy) return this.#refuse("desk.composer.filesUnderWay");
    if (!text && !attachments.length) return this.text.focus();
    if (this.#collides() && !this.#mayBoth) return this.#askAgain();
    this.app.say(this.id, { kind: this.kind, text, attachments });
    this.#cleared();
  }

  /** Somebody else is answering here too: the first press only says so. */
  #askAgain() {
    this.#mayBoth = true;
    this.draw();
    this.app.announce(this.app.words("desk.composer.collision"));
    this.app.toasts.tell(this.app.words("desk.composer.collision"));
  }

  #collides() {
    if (this.kind === "note") return false;
    const { desk, signals } = this.app;
    if (signals.colleagues(this.id, Date.now()).length) return true;
    const last = desk.thread(this.id).messages.findLast((message) => message.kind === "reply");
    const byColleague = last?.author.kind === "agent" && last.author.id !== desk.me.id;
    return Boolean(byColleague && this.#startedAt && last.at > this.#startedAt && Date.now() - last.at < justAnswered);
  }

  #cleared() {
    this.#mayBoth = false;
    this.#startedAt = 0;
    this.#stopTyping();
    this.text.value = "";
    this.files.show([]);
    this.#changed();
    this.#closePicker();
    this.draw();
    this.text.focus();
  }

  #refuse(key) {
    replace(this.problem, icon("alert", "s"), this.app.words(key));
    this.problem.hidden = false;
  }

  #set(text) {
    this.text.value = text;
    this.text.setSelectionRange(text.length, text.length);
    this.#changed();
    this.#typing();
  }

  #insertText(piece) {
    const { selectionStart: from, selectionEnd: to, value } = this.text;
    this.text.value = value.slice(0, from) + piece + value.slice(to);
    this.text.setSelectionRange(from + piece.length, from + piece.length);
    this.#changed();
    this.#typing();
  }

  #replies() {
    return [...this.app.desk.cannedReplies.values()];
  }

  #filled(reply) {
    const { desk } = this.app;
    const { contact, site, page, language } = this.conversation;
    return canned.fill(canned.textIn(reply, language), { customer: contact.name, me: desk.me.name, company: site?.name || desk.workspace.name, page: page?.title });
  }

  #paste(event) {
    const files = [...(event.clipboardData?.files ?? [])];
    if (!files.length) return;
    event.preventDefault();
    this.files.add(files);
  }

  #acceptDrops() {
    const over = (isOver) => (event) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      this.node.classList.toggle("is-over", isOver);
    };
    this.node.addEventListener("dragover", over(true));
    this.node.addEventListener("dragleave", over(false));
    this.node.addEventListener("drop", (event) => { over(false)(event); this.files.add([...event.dataTransfer.files]); });
  }
}
