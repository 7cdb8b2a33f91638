/** Search over everything and do anything, from one box. */
import { html, replace } from "../../shared/html.js";
import { firstLine, momentOf } from "../../shared/text.js";
import { find, textIn } from "../models/canned-replies.js";
import { highlighted, matching, stepped } from "../models/commands.js";
import { show } from "./dialog.js";
import { icon } from "./icon.js";
import { nameOf } from "./people.js";

const waits = 160;
const most = { commands: 6, replies: 4, people: 5, messages: 8 };

export class Palette {
  #options = [];
  #at = 0;
  #asked = 0;
  #timer;
  #found = { contacts: [], messages: [], searched: undefined };

  /** @param {import("./app.js").App} app */
  constructor(app) {
    this.app = app;
    const { words } = app;
    this.input = html`<input class="input" type="text" role="combobox" aria-expanded="true" aria-autocomplete="list" aria-controls="palette-results" aria-label=${words("desk.palette.label")} placeholder=${words("desk.palette.placeholder")} autocomplete="off" spellcheck="false" @input=${() => this.#typed()} @keydown=${(event) => this.#key(event)}>`;
    this.list = html`<div role="listbox" id="palette-results" aria-label=${words("desk.palette.results")}></div>`;
    this.empty = html`<div class="empty-state" hidden></div>`;
    this.count = html`<p class="visually-hidden" role="status"></p>`;
    const help = html`<footer aria-hidden="true"><span><kbd>↑</kbd> <kbd>↓</kbd> ${words("desk.palette.choose")}</span><span><kbd>↵</kbd> ${words("desk.palette.do")}</span><span><kbd>esc</kbd> ${words("desk.palette.close")}</span></footer>`;
    this.node = html`<dialog class="over is-palette" aria-label=${words("desk.palette.label")}><div class="command-palette"><div class="search-box">${icon("search")}${this.input}</div>${this.list}${this.empty}${this.count}${help}</div></dialog>`;
  }

  open() {
    this.#draw();
    return show(this.node);
  }

  #typed() {
    clearTimeout(this.#timer);
    const query = this.input.value.trim();
    this.#at = 0;
    if (query.length < 2) {
      this.#asked += 1;
      this.#found = { contacts: [], messages: [], searched: undefined };
    } else this.#timer = setTimeout(() => this.#search(query), waits);
    this.#draw();
  }

  /** Answers may overtake each other: only the last question counts. */
  async #search(query) {
    const asked = ++this.#asked;
    const answer = await this.app.attempt(() => this.app.api.get(`search?${new URLSearchParams({ q: query, limit: "20" })}`));
    if (!answer || asked !== this.#asked) return;
    this.#found = { ...answer, query };
    this.#draw();
  }

  #draw() {
    const query = this.input.value.trim();
    const groups = this.#groups(query).filter(({ options }) => options.length);
    this.#options = groups.flatMap(({ options }) => options);
    let index = 0;
    replace(this.list, ...groups.map(({ name, options }) => html`<div role="group" aria-label=${this.app.words(`desk.palette.${name}`)}><div class="group" aria-hidden="true">${this.app.words(`desk.palette.${name}`)}</div>${options.map((option) => this.#option(option, index++))}</div>`));
    this.#drawEmpty(query);
    this.#mark();
  }

  #groups(query) {
    const { words, desk, talk } = this.app;
    const language = desk.conversations.get(this.app.place.conversation)?.language ?? words.language;
    const commands = matching(this.app.deeds.commands(), query).slice(0, query ? most.commands : 20);
    const replies = query && talk ? find([...desk.cannedReplies.values()], query, language).slice(0, most.replies) : [];
    return [
      { name: "people", options: this.#found.contacts.slice(0, most.people).map((contact) => this.#person(contact, query)) },
      { name: "messages", options: this.#found.messages.slice(0, most.messages).map((hit) => this.#message(hit)) },
      { name: "replies", options: replies.map((reply) => ({ face: "bolt", title: highlighted(reply.title, query), about: firstLine(textIn(reply, language), 90), run: () => talk.composer.insert(reply) })) },
      { name: "commands", options: commands.map((command) => ({ face: command.icon, title: highlighted(command.title, query), key: command.key, run: command.run })) },
    ];
  }

  #person(contact, query) {
    const about = [contact.email, contact.phone].filter(Boolean).join(" · ");
    return { face: "user", title: highlighted(nameOf(contact, this.app.words), query), about, run: () => this.#goTo(contact.conversation), isIdle: !contact.conversation };
  }

  #message({ conversation, contact, at, snippet }) {
    const { words } = this.app;
    const id = conversation?.id ?? conversation;
    return { face: "chat", title: [{ text: `${nameOf(contact, words)}: ` }, ...snippet], about: momentOf(at, words.language), run: () => this.#goTo(id) };
  }

  #goTo(conversation) {
    if (conversation) this.app.go({ screen: "inbox", conversation: conversation.id ?? conversation });
  }

  #option(option, index) {
    const { face, title, about, key } = option;
    const node = html`<div role="option" id=${`palette-${index}`} @click=${() => this.#run(option)}>${icon(face)}<span class="clip">${title.map(({ text, hit }) => (hit ? html`<mark>${text}</mark>` : text))}${about ? html`<small class="clip">${about}</small>` : ""}</span>${key ? html`<kbd>${key}</kbd>` : ""}</div>`;
    node.addEventListener("pointermove", () => { if (this.#at !== index) { this.#at = index; this.#mark(false); } });
    return node;
  }

  #drawEmpty(query) {
    const { words } = this.app;
    const { searched } = this.#found;
    const isEmpty = !this.#options.length;
    this.empty.hidden = !isEmpty || !searched || this.#found.query !== query;
    this.list.hidden = isEmpty;
    this.count.textContent = isEmpty ? "" : words("desk.palette.count", { count: this.#options.length });
    if (this.empty.hidden) return;
    replace(this.empty, html`<b>${words("desk.palette.nothing", { query })}</b>`, html`<p>${words("desk.palette.searched", { conversations: searched.conversations, contacts: searched.contacts })}</p>`,
      html`<button type="button" class="button s is-quiet" @click=${() => { this.input.value = ""; this.#typed(); this.input.focus(); }}>${words("desk.palette.clear")}</button>`);
    this.count.textContent = words("desk.palette.nothing", { query });
  }

  #key(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      this.#at = stepped(this.#at, step, this.#options.length);
      this.#mark();
    } else if (event.key === "Enter" && !event.isComposing) {
      event.preventDefault();
      if (this.#options[this.#at]) this.#run(this.#options[this.#at]);
    }
  }

  #mark(scrolls = true) {
    [...this.list.querySelectorAll("[role=option]")].forEach((node, index) => {
      node.setAttribute("aria-selected", String(index === this.#at));
      if (index === this.#at && scrolls) node.scrollIntoView({ block: "nearest" });
    });
    if (this.#options.length) this.input.setAttribute("aria-activedescendant", `palette-${this.#at}`);
    else this.input.removeAttribute("aria-activedescendant");
  }

  #run({ run, isIdle }) {
    if (isIdle) return;
    this.node.close();
    run();
  }
}
