/** Lists above the composer that are steered from its text: ready answers and colleagues. */
import { html, replace } from "../../shared/html.js";
import { find, speaks } from "../models/canned-replies.js";
import { stepped } from "../models/commands.js";
import { avatar } from "./people.js";

class Picker {
  options = [];
  at = 0;
  #text;

  constructor(app, label, choose) {
    this.app = app;
    this.choose = choose;
    this.node = html`<div class="picker" role="listbox" id="composer-picker" aria-label=${label}></div>`;
  }

  /** @param {HTMLTextAreaElement} text the box that steers this list and keeps the focus */
  attach(text) {
    this.#text = text;
    text.setAttribute("aria-controls", this.node.id);
    this.#mark();
  }

  detach() {
    this.#text?.removeAttribute("aria-controls");
    this.#text?.removeAttribute("aria-activedescendant");
  }

  /** Whether the key was for this list. @param {KeyboardEvent} event */
  key(event) {
    if (!this.options.length || event.ctrlKey || event.metaKey) return false;
    if (event.key === "ArrowDown") return this.#step(1);
    if (event.key === "ArrowUp") return this.#step(-1);
    if (event.key !== "Enter" && event.key !== "Tab") return false;
    this.choose(this.options[this.at]);
    return true;
  }

  show(options, draw) {
    this.options = options;
    this.at = 0;
    replace(this.node, ...options.map((option, index) => this.#option(draw(option), option, index)));
    this.#mark();
  }

  #option(node, option, index) {
    node.id = `composer-picker-${index}`;
    node.setAttribute("role", "option");
    node.addEventListener("pointerdown", (event) => event.preventDefault());
    node.addEventListener("click", () => this.choose(option));
    return node;
  }

  #step(by) {
    this.at = stepped(this.at, by, this.options.length);
    this.#mark();
    return true;
  }

  #mark() {
    [...this.node.querySelectorAll("[role=option]")].forEach((node, index) => {
      node.setAttribute("aria-selected", String(index === this.at));
      if (index === this.at) node.scrollIntoView({ block: "nearest" });
    });
    if (this.options.length) this.#text?.setAttribute("aria-activedescendant", `composer-picker-${this.at}`);
    else this.#text?.removeAttribute("aria-activedescendant");
  }
}

export class CannedPicker extends Picker {
  /** @param {import("./app.js").App} app @param {{ language: string, text: (reply: object) => string, choose: (reply: object) => void }} options */
  constructor(app, { language, text, choose }) {
    super(app, app.words("desk.composer.canned"), choose);
    this.language = language;
    this.text = text;
  }

  /** @param {import("../models/types.js").CannedReply[]} replies @param {string} query */
  search(replies, query) {
    const { words } = this.app;
    const found = find(replies, query, this.language);
    this.show(found, (reply) => html`<div><b class="clip">${reply.title}</b><span class="row">${speaks(reply, this.language) ? "" : html`<span class="tag soon">${words("desk.canned.otherLanguage")}</span>`}<kbd>/${reply.shortcut.replace(/^\//u, "")}</kbd></span><span class="preview">${this.text(reply)}</span></div>`);
    if (!found.length) replace(this.node, html`<p class="nothing" role="presentation">${words(replies.length ? "desk.canned.nothing" : "desk.canned.none")}</p>`);
  }
}

export class MentionPicker extends Picker {
  /** @param {import("./app.js").App} app @param {{ choose: (agent: object) => void }} options */
  constructor(app, { choose }) {
    super(app, app.words("desk.composer.colleagues"), choose);
    this.node.classList.add("narrow");
  }

  /** @param {import("../models/types.js").Agent[]} agents */
  offer(agents) {
    this.show(agents, (agent) => html`<div class="person">${avatar(agent, { size: "s", presence: agent.presence })}<span class="clip"><b>${agent.name}</b> <span class="quiet">${agent.fullName}</span></span></div>`);
  }
}
