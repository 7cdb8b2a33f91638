/** Ready answers and closing words, in the company's languages, with variables. */
import { html, replace } from "../../shared/html.js";
import { LANGUAGES } from "../../shared/words.js";
import { fill, find, variables } from "../models/canned-replies.js";
import { icon } from "./icon.js";
import { languageNames, page, segmented } from "./setting.js";

const kinds = ["reply", "closing", "greeting"];
const offeredVariables = ["firstName", "name", "myName", "company", "page"];

export class RepliesPage {
  #language;
  #reply;
  #query = "";

  /** @param {import("./app.js").App} app */
  constructor(app) {
    this.app = app;
    const { words } = app;
    this.#language = words.language;
    const search = html`<label class="search-box"><span class="visually-hidden">${words("desk.replies.search")}</span>${icon("search")}<input class="input" type="search" placeholder=${words("desk.replies.search")} @input=${(event) => { this.#query = event.target.value; this.#drawList(); }}></label>`;
    this.list = html`<ul class="reply-list"></ul>`;
    this.editor = html`<div class="card stack"></div>`;
    const add = html`<button type="button" class="button" @click=${() => this.#edit({ kind: "reply", shortcut: "", title: "", texts: {} })}>${icon("plus")}${words("desk.replies.new")}</button>`;
    this.node = page(words("desk.settings.replies"), words("desk.replies.about"), add, html`<div class="cols replies-split"><div class="stack">${search}${this.list}</div>${this.editor}</div>`);
  }

  async load() {
    const { cannedReplies } = await this.app.api.get("canned-replies");
    this.app.desk.cannedReplies = new Map(cannedReplies.map((reply) => [reply.id, reply]));
    this.#edit(cannedReplies[0]);
  }

  #edit(reply) {
    this.#reply = reply && structuredClone(reply);
    this.#drawList();
    this.#drawEditor();
    if (reply && !reply.id) this.editor.querySelector("#reply-title").focus();
  }

  #drawList() {
    const { words, desk } = this.app;
    const found = find([...desk.cannedReplies.values()], this.#query, words.language);
    const row = (reply) => html`<li><button type="button" aria-current=${reply.id === this.#reply?.id ? "true" : null} @click=${() => this.#edit(reply)}><b>${reply.title}</b><span class="tag">/${reply.shortcut.replace(/^\//u, "")}</span><small>${[words(`desk.replies.kind.${reply.kind}`), LANGUAGES.filter((code) => reply.texts[code]).join(" ")].join(" · ")}</small></button></li>`;
    replace(this.list, ...found.map(row));
    if (!found.length) replace(this.list, html`<li class="small quiet">${words(this.#query ? "desk.canned.nothing" : "desk.replies.none")}</li>`);
  }

  #drawEditor() {
    const { words } = this.app;
    const reply = this.#reply;
    this.editor.hidden = !reply;
    if (!reply) return;
    const languages = LANGUAGES.map((code) => ({ value: code, label: languageNames[code] + (reply.texts[code] ? "" : " –"), lang: code }));
    replace(this.editor,
      html`<div class="row wrap">${segmented({ label: words("desk.replies.language"), name: "reply-language", choices: languages, chosen: this.#language }, (code) => { this.#language = code; this.#drawEditor(); this.editor.querySelector(".segmented :checked").focus(); })}${reply.id ? html`<button type="button" class="icon-button end" aria-label=${words("desk.replies.delete")} title=${words("desk.replies.delete")} @click=${() => this.#delete()}>${icon("trash")}</button>` : html`<span class="end"></span>`}<button type="button" class="button is-primary" @click=${() => this.#save()}>${words("desk.settings.save")}</button></div>`,
      this.#names(words), this.#text(words));
  }

  #names(words) {
    const reply = this.#reply;
    const kind = segmented({ label: words("desk.replies.kind"), name: "reply-kind", choices: kinds.map((value) => ({ value, label: words(`desk.replies.kind.${value}`) })), chosen: reply.kind }, (value) => { reply.kind = value; });
    return [kind, html`<div class="cols name-split"><div class="field"><label for="reply-title">${words("desk.replies.title")}</label><input class="input" id="reply-title" maxlength="80" value=${reply.title} @input=${(event) => { reply.title = event.target.value; }}></div><div class="field"><label for="reply-shortcut">${words("desk.replies.shortcut")}</label><input class="input" id="reply-shortcut" maxlength="24" value=${reply.shortcut} @input=${(event) => { reply.shortcut = event.target.value.replace(/^\/|\s/gu, ""); }}></div></div>`];
  }

  #text(words) {
    const reply = this.#reply;
    const code = this.#language;
    const sample = html`<div class="kept-text" lang=${code}></div>`;
    const drawSample = () => { sample.textContent = fill(box.value, this.#sample(words)) || "–"; };
    const box = html`<textarea class="input" id="reply-text" rows="5" lang=${code} @input=${() => { reply.texts = { ...reply.texts, [code]: box.value }; drawSample(); }}>${reply.texts[code] ?? ""}</textarea>`;
    const insert = (name) => { box.setRangeText(`{{${name}}}`, box.selectionStart, box.selectionEnd, "end"); box.dispatchEvent(new Event("input")); box.focus(); };
    const names = offeredVariables.map((key) => variables[key][LANGUAGES.indexOf(code)]);
    drawSample();
    return [html`<div class="field"><label for="reply-text">${words("desk.replies.text", { language: languageNames[code] })}</label>${box}</div>`,
      html`<div class="row wrap"><span class="small soft">${words("desk.replies.insert")}</span>${names.map((name) => html`<button type="button" class="chip" lang=${code} @click=${() => insert(name)}>${name}</button>`)}</div>`,
      html`<div class="stack"><h3 class="small soft">${words("desk.replies.sample", { name: this.#sample(words).customer })}</h3>${sample}<p class="small soft">${words("desk.replies.missing")}</p></div>`];
  }

  /** A customer to show the text to: the newest one with a name, or nobody's name at all. */
  #sample(words) {
    const { desk } = this.app;
    const named = [...desk.conversations.values()].find(({ contact }) => contact.name);
    return { customer: named?.contact.name ?? words("desk.replies.sampleName"), me: desk.me.name, company: desk.workspace.name, page: named?.page?.title ?? words("desk.replies.samplePage") };
  }

  async #save() {
    const { id, kind, shortcut, title, texts } = this.#reply;
    const body = { kind, shortcut: shortcut.trim(), title: title.trim(), texts: Object.fromEntries(Object.entries(texts).filter(([, text]) => text.trim())) };
    const { words, api } = this.app;
    if (!body.title || !body.shortcut || !Object.keys(body.texts).length) return this.app.toasts.tell(words("desk.replies.incomplete"));
    const taken = [...this.app.desk.cannedReplies.values()].find((other) => other.id !== id && other.shortcut === body.shortcut);
    if (taken) return this.app.toasts.tell(words("desk.replies.shortcutTaken", { shortcut: body.shortcut, title: taken.title }));
    const answer = await this.app.attempt(() => (id ? api.patch(`canned-replies/${id}`, body) : api.post("canned-replies", body)));
    if (!answer) return undefined;
    this.app.desk.take({ type: "canned_reply.changed", cannedReply: answer.cannedReply });
    this.#edit(answer.cannedReply);
    return this.app.toasts.tell(words("desk.settings.saved"));
  }

  async #delete() {
    const { words, api, desk } = this.app;
    const { id, ...body } = this.#reply;
    const kept = desk.cannedReplies.get(id);
    if (await this.app.attempt(() => api.delete(`canned-replies/${id}`)) === undefined) return;
    desk.take({ type: "canned_reply.removed", id });
    this.#edit([...desk.cannedReplies.values()][0]);
    this.app.toasts.offerUndo(words("desk.replies.deleted", { title: body.title }), async () => {
      const { cannedReply } = await api.post("canned-replies", { kind: kept.kind, shortcut: kept.shortcut, title: kept.title, texts: kept.texts });
      desk.take({ type: "canned_reply.changed", cannedReply });
      this.#edit(cannedReply);
    });
  }
}
