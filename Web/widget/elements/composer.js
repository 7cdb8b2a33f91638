/** Where the visitor writes: a text area that grows, files, emoji. What is typed is kept until it is sent. */

import { arrange, html, replace } from "../../shared/html.js";
import { fileSize, plainName } from "../../shared/text.js";
import { Uploads } from "../models/uploads.js";
import { emojiBoard } from "./emoji.js";

const LONGEST = 64 * 1024;

/** @typedef {import("../models/uploads.js").Upload} Upload */
/**
 * @typedef {object} ComposerOptions
 * @property {import("../../shared/words.js").Words} words
 * @property {{ getItem(key: string): string | null, setItem(key: string, value: string): void, removeItem(key: string): void }} storage
 * @property {string} draftKey
 * @property {(file: File, options: any) => Promise<any>} upload
 * @property {(text: string, attachments: any[]) => void} send
 * @property {(text: string) => void} type
 * @property {(text: string) => void} announce
 */

export class Composer {
  /** @param {ComposerOptions} options */
  constructor(options) {
    this.options = options;
    this.words = options.words;
    this.uploads = new Uploads({ upload: options.upload, onChange: () => this.drawUploads() });
    /** Told to send while a file was still on its way. */
    this.isWaiting = false;
    /** @type {WeakMap<Upload, string>} */
    this.keys = new WeakMap();
    const { words } = this;
    this.text = /** @type {HTMLTextAreaElement} */ (html`<textarea name="message" rows="1" autocomplete="off" enterkeyhint="send" dir="auto" @input=${() => this.written()} @keydown=${(/** @type {KeyboardEvent} */ event) => this.key(event)} @paste=${(/** @type {ClipboardEvent} */ event) => this.pasted(event)}></textarea>`);
    /** @type {any} */
    this.file = html`<input type="file" multiple hidden @change=${() => this.chosen()}>`;
    /** @type {any} */
    this.emoji = html`<button type="button" class="icon-button" aria-label=${words("widget.compose.emoji")} aria-expanded="false" @click=${() => this.toggleEmoji()}><i class="icon i-smile" aria-hidden="true"></i></button>`;
    /** @type {any} */
    this.tray = html`<ul class="tray"></ul>`;
    /** @type {any} */
    this.hint = html`<p class="field-error" hidden></p>`;
    /** @type {any} */
    this.board = html`<div class="board" hidden></div>`;
    this.element = this.build();
    this.restoreDraft();
  }

  build() {
    const { words } = this;
    return html`<form class="composer" @submit=${(/** @type {Event} */ event) => { event.preventDefault(); this.submit(); }}>
      ${this.board}${this.tray}${this.hint}
      <div class="compose">
        <button type="button" class="icon-button" aria-label=${words("widget.compose.attach")} @click=${() => this.file.click()}><i class="icon i-clip" aria-hidden="true"></i></button>
        ${this.file}${this.text}${this.emoji}
        <button class="icon-button send" aria-label=${words("widget.compose.send")}><i class="icon i-send" aria-hidden="true"></i></button>
      </div>
    </form>`;
  }

  /** @param {string} placeholder @param {string} label */
  address(placeholder, label) {
    this.text.placeholder = placeholder;
    this.text.setAttribute("aria-label", label);
  }

  focus() { this.text.focus(); }

  /** @param {Iterable<File>} files */
  attach(files) {
    this.uploads.add(files);
    this.focus();
  }

  // ── Writing ──

  written() {
    this.grow();
    this.refuse(this.isTooLong() ? this.words("widget.compose.tooLong") : "");
    this.keepDraft();
    this.options.type(this.text.value);
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (event.key !== "Enter" || event.shiftKey || event.altKey || event.isComposing) return;
    event.preventDefault();
    this.submit();
  }

  submit() {
    const text = this.text.value.trim();
    if (this.isTooLong()) return this.refuse(this.words("widget.compose.tooLong"));
    if (this.uploads.isGoing) return this.wait();
    if (!text && !this.uploads.list.some(upload => upload.state === "ready")) return;
    this.isWaiting = false;
    this.refuse("");
    this.text.value = "";
    this.written();
    this.options.send(text, this.uploads.takeReady());
    this.focus();
  }

  /** The files are still on their way: the message goes with them. */
  wait() {
    this.isWaiting = true;
    this.options.announce(this.words("widget.compose.wait"));
    this.drawUploads();
  }

  isTooLong() {
    const { value } = this.text;
    return value.length > LONGEST / 4 && new TextEncoder().encode(value.trim()).length > LONGEST;
  }

  /** @param {string} why */
  refuse(why) {
    if (why && this.hint.textContent !== why) this.options.announce(why);
    this.hint.textContent = why;
    this.hint.hidden = !why;
    this.text.setAttribute("aria-invalid", String(Boolean(why)));
  }

  /** Where the browser can't size the field to its content, we do. */
  grow() {
    if (CSS.supports("field-sizing", "content")) return;
    this.text.style.height = "auto";
    this.text.style.height = `${this.text.scrollHeight}px`;
  }

  // ── The draft survives a reload ──

  restoreDraft() {
    this.text.value = this.options.storage.getItem(this.options.draftKey) ?? "";
    requestAnimationFrame(() => this.grow());
  }

  keepDraft() {
    const { storage, draftKey } = this.options;
    try {
      if (this.text.value) storage.setItem(draftKey, this.text.value);
      else storage.removeItem(draftKey);
    } catch { /* a full storage: the text is still in the box */ }
  }

  // ── Files ──

  chosen() {
    this.attach([...(this.file.files ?? [])]);
    this.file.value = "";
  }

  /** @param {ClipboardEvent} event */
  pasted(event) {
    const files = [...(event.clipboardData?.files ?? [])];
    if (!files.length) return;
    event.preventDefault();
    this.attach(files);
  }

  drawUploads() {
    arrange(this.tray, this.uploads.list, upload => this.keyOf(upload), upload => this.drawUpload(upload), (node, upload) => this.redrawUpload(node, upload));
    if (this.isWaiting && !this.uploads.isGoing) this.submitAfterUploads();
  }

  submitAfterUploads() {
    this.isWaiting = false;
    if (this.uploads.list.every(upload => upload.state === "ready")) queueMicrotask(() => this.submit());
  }

  /** @param {Upload} upload */
  keyOf(upload) {
    if (!this.keys.has(upload)) this.keys.set(upload, `${Date.now()}-${Math.random()}`);
    return this.keys.get(upload) ?? "";
  }

  /** @param {Upload} upload */
  drawUpload(upload) {
    const node = html`<li></li>`;
    this.redrawUpload(node, upload);
    return node;
  }

  /** @param {HTMLElement} node @param {Upload} upload */
  redrawUpload(node, upload) {
    const { words } = this;
    const name = plainName(upload.file.name) || words("widget.compose.attach");
    if (node.dataset.state !== upload.state) {
      node.dataset.state = upload.state;
      replace(node, html`<i class="icon s" aria-hidden="true"></i>`, html`<span class="grow clip" dir="auto">${name}</span>`, this.progress(upload), this.uploadButtons(upload, name));
      node.firstElementChild?.classList.add(upload.state === "failed" ? "i-alert" : "i-page");
      if (upload.state !== "going") this.options.announce(this.uploadWords(upload, name));
    }
    const bar = /** @type {HTMLElement | null} */ (node.querySelector(".progress"));
    bar?.style.setProperty("--v", `${Math.round(upload.part * 100)}%`);
    bar?.setAttribute("aria-valuenow", String(Math.round(upload.part * 100)));
  }

  /** @param {Upload} upload */
  progress(upload) {
    const name = plainName(upload.file.name);
    if (upload.state === "ready") return html`<small class="quiet">${fileSize(upload.file.size, this.words.language)}</small>`;
    if (upload.state === "failed") return html`<small class="late">${this.uploadWords(upload, name)}</small>`;
    return html`<span class="progress" role="progressbar" aria-label=${name} aria-valuemin="0" aria-valuemax="100"></span>`;
  }

  /** @param {Upload} upload @param {string} name */
  uploadButtons(upload, name) {
    const { words } = this;
    const retry = upload.state === "failed" && upload.problem?.isTemporary ? html`<button type="button" class="icon-button s" aria-label=${words("widget.upload.retry", { name })} @click=${() => this.uploads.retry(upload)}><i class="icon s i-retry" aria-hidden="true"></i></button>` : null;
    return [retry, html`<button type="button" class="icon-button s" aria-label=${words("widget.upload.remove", { name })} @click=${() => { this.uploads.remove(upload); this.focus(); }}><i class="icon s i-close" aria-hidden="true"></i></button>`];
  }

  /** @param {Upload} upload @param {string} name */
  uploadWords({ state, problem }, name) {
    if (state === "ready") return this.words("widget.upload.ready", { name });
    const why = /** @type {Record<string, string>} */ ({ upload_too_large: "tooLarge", upload_type_refused: "refused", upload_empty: "empty" })[problem?.code ?? ""] ?? "failed";
    return this.words(`widget.upload.${why}`, { name });
  }

  // ── Emoji ──

  toggleEmoji() {
    if (!this.board.hidden) return this.closeEmoji();
    replace(this.board, emojiBoard({ label: this.words("widget.compose.emojiList"), choose: emoji => this.insert(emoji), close: () => this.closeEmoji() }));
    this.board.hidden = false;
    this.emoji.setAttribute("aria-expanded", "true");
    this.board.querySelector("button")?.focus();
  }

  closeEmoji() {
    this.board.hidden = true;
    this.emoji.setAttribute("aria-expanded", "false");
    this.emoji.focus();
  }

  /** @param {string} emoji */
  insert(emoji) {
    const { text } = this;
    this.closeEmoji();
    text.focus();
    text.setRangeText(emoji, text.selectionStart, text.selectionEnd, "end");
    this.written();
  }
}
