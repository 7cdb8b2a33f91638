/** Files on their way to a message: chosen, pasted or dropped, with progress and a plain refusal. */
import { html, replace } from "../../shared/html.js";
import { fileSize, plainName } from "../../shared/text.js";
import { icon } from "./icon.js";

const limit = 25 * 1024 * 1024;

export class ComposerFiles {
  #items = [];

  /** @param {import("./app.js").App} app @param {() => void} changed */
  constructor(app, changed) {
    this.app = app;
    this.changed = changed;
    this.input = html`<input type="file" multiple hidden tabindex="-1" aria-hidden="true" @change=${() => this.#chosen()}>`;
    this.list = html`<ul class="composer-files" hidden></ul>`;
    this.node = html`<div>${this.list}${this.input}</div>`;
  }

  /** What has arrived at the server and goes with the message. */
  get attachments() {
    return this.#items.flatMap(({ attachment }) => attachment ?? []);
  }

  get isBusy() {
    return this.#items.some(({ abort }) => abort);
  }

  choose() {
    this.input.click();
  }

  /** Shows the files of a draft. @param {import("../models/types.js").Attachment[]} attachments */
  show(attachments) {
    this.leave();
    this.#items = attachments.map((attachment) => ({ name: attachment.name, size: attachment.size, attachment }));
    this.#draw();
  }

  /** @param {File[]} files */
  add(files) {
    for (const file of files) this.#begin(file);
    this.#draw();
  }

  /** Stops what is still on its way. */
  leave() {
    for (const item of this.#items) item.abort?.abort();
  }

  #chosen() {
    this.add([...this.input.files]);
    this.input.value = "";
  }

  async #begin(file) {
    const item = { name: file.name, size: file.size };
    this.#items.push(item);
    if (file.size > limit) return this.#refuse(item, this.app.words("desk.file.tooLarge", { size: fileSize(file.size, this.app.words.language) }));
    if (!file.size) return this.#refuse(item, this.app.words("desk.file.empty"));
    item.abort = new AbortController();
    try {
      item.attachment = await this.app.api.upload(file, { signal: item.abort.signal, onProgress: (part) => this.#progress(item, part) });
    } catch (problem) {
      if (!item.abort.signal.aborted) this.#refuse(item, this.app.explain(problem));
    }
    item.abort = undefined;
    this.#draw();
    this.changed();
  }

  #refuse(item, why) {
    item.why = why;
    this.#draw();
  }

  #progress(item, part) {
    item.bar?.style.setProperty("--v", `${Math.round(part * 100)}%`);
    item.bar?.setAttribute("aria-valuenow", String(Math.round(part * 100)));
  }

  #draw() {
    this.list.hidden = !this.#items.length;
    replace(this.list, ...this.#items.map((item) => this.#row(item)));
  }

  #row(item) {
    const { words } = this.app;
    const name = plainName(item.name);
    item.bar = item.abort ? html`<span class="progress" role="progressbar" aria-label=${words("desk.file.underWay", { name })} aria-valuemin="0" aria-valuemax="100" aria-valuenow="0"></span>` : undefined;
    return html`<li>${icon(item.why ? "alert" : item.attachment ? "check" : "clip")}<span class="clip"><b>${name}</b> <span class="quiet">${fileSize(item.size, words.language)}</span></span>
      <button type="button" class="icon-button s" aria-label=${words("desk.file.remove", { name })} @click=${() => this.#remove(item)}>${icon("close", "s")}</button>
      ${item.bar ?? ""}${item.why ? html`<span class="late" role="alert">${item.why}</span>` : ""}</li>`;
  }

  #remove(item) {
    item.abort?.abort();
    this.#items = this.#items.filter((one) => one !== item);
    this.#draw();
    this.changed();
  }
}
