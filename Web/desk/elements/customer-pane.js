/** Who is asking: how to reach them, where they are now, what was said before, tags. */
import { html, replace } from "../../shared/html.js";
import { firstLine, momentOf, plainName } from "../../shared/text.js";
import { addressOf } from "../models/places.js";
import { askTag, tagNodes } from "./action-dialogs.js";
import { icon } from "./icon.js";
import { avatar, nameOf } from "./people.js";
import { lasted } from "./times.js";

const fields = [
  { name: "email", face: "mail", type: "email" },
  { name: "phone", face: "phone", type: "tel" },
];

export class CustomerPane {
  #signature;

  /** @param {import("./app.js").App} app */
  constructor(app) {
    this.app = app;
    this.card = html`<div class="customer-card"></div>`;
    this.node = html`<aside class="pane customer" id="customer" tabindex="-1" aria-label=${app.words("desk.customer")}>${this.card}</aside>`;
  }

  draw() {
    const { desk, place } = this.app;
    const conversation = desk.conversations.get(place.conversation);
    if (!conversation) { this.#signature = undefined; return replace(this.card); }
    const contact = desk.contacts.get(conversation.contact.id) ?? conversation.contact;
    const signature = JSON.stringify([contact, conversation.tags, conversation.id, this.app.view, Math.floor(Date.now() / 60_000)]);
    // While something is being typed here, nothing is drawn over it.
    if (signature === this.#signature || this.card.querySelector("input:focus")) return undefined;
    this.#signature = signature;
    this.#replaceKeepingFocus(this.#content(contact, conversation));
    return undefined;
  }

  #content(contact, conversation) {
    const { words } = this.app;
    const back = addressOf({ screen: "inbox", conversation: conversation.id, view: this.app.view });
    return [
      html`<a class="icon-button narrow-only" href=${back} aria-label=${words("desk.customer.back")}>${icon("back")}</a>`,
      html`<div class="row">${avatar(contact, { size: "l" })}<div class="grow"><h2>${this.#editable(contact, "name", "text", nameOf(contact, words))}</h2><p class="small quiet">${words("desk.customer.since", { date: momentOf(contact.createdAt, words.language) })}</p></div></div>`,
      this.#identities(contact),
      this.#now(contact, conversation),
      this.#attributes(contact),
      this.#earlier(contact, conversation),
      this.#tags(conversation),
    ];
  }

  #identities(contact) {
    const { words } = this.app;
    const rows = fields.map(({ name, face, type }) => html`<li>${icon(face, "s")}${this.#editable(contact, name, type, contact[name])}${contact[name] ? proof(contact, words) : ""}</li>`);
    return html`<section><h3>${words("desk.customer.who")}</h3><ul class="identity-list">${rows}${contact.externalId ? html`<li>${icon("user", "s")}<span class="grow clip">${words("desk.customer.number", { id: contact.externalId })}</span>${proof(contact, words)}</li>` : ""}</ul></section>`;
  }

  /** A value that turns into a box when pressed: Enter keeps, Esc doesn't. */
  #editable(contact, name, type, value) {
    const { words } = this.app;
    const label = words(`desk.customer.${name}`);
    const edit = (event) => this.#edit(event.currentTarget, contact, name, type);
    return html`<button type="button" class="inline-edit ${contact[name] ? "" : "empty"}" data-action=${name} aria-label=${words("desk.customer.edit", { what: label, value: value ?? words("desk.customer.none") })} @click=${edit}>${value || words(`desk.customer.add.${name}`)}</button>`;
  }

  #edit(button, contact, name, type) {
    const { words } = this.app;
    const box = html`<input class="input" type=${type} value=${contact[name] ?? ""} maxlength="200" aria-label=${words(`desk.customer.${name}`)} autocomplete="off">`;
    let isDone = false;
    const done = async (isKept) => {
      if (isDone) return;
      isDone = true;
      const value = box.value.trim();
      if (isKept && value !== (contact[name] ?? "")) await this.app.attempt(() => this.app.actions.changeContact(contact.id, { [name]: value }));
      box.replaceWith(button);
      this.#signature = undefined;
      this.draw();
      /** @type {HTMLElement} */ (this.card.querySelector(`[data-action="${name}"]`))?.focus();
    };
    box.addEventListener("keydown", (event) => {
      if (event.key === "Enter") { event.preventDefault(); done(true); }
      if (event.key === "Escape") { event.stopPropagation(); done(false); }
    });
    box.addEventListener("blur", () => done(true));
    button.replaceWith(box);
    box.focus();
    box.select();
  }

  #now(contact, conversation) {
    const { words } = this.app;
    const sessions = [...(contact.sessions ?? [])].sort((one, other) => Number(other.online) - Number(one.online) || other.seenAt - one.seenAt);
    const [session] = sessions;
    const page = session?.page ?? conversation.page;
    if (!session && !page) return "";
    return html`<section><h3>${words(session?.online ? "desk.customer.now" : "desk.customer.lastSeen")}</h3>
      ${page ? html`<p class="fact">${icon("page", "s")}<span><a href=${page.url} target="_blank" rel="noopener noreferrer">${plainName(page.title) || page.url}</a></span>${page.referrer ? html`<span class="quiet">${words("desk.customer.from", { page: shortAddress(page.referrer) })}</span>` : ""}</p>` : ""}
      ${session ? html`<p class="fact">${icon(session.device?.kind === "phone" ? "phone" : "globe", "s")}<span>${[session.device?.browser, session.device?.os].filter(Boolean).join(", ")}</span><span class="quiet">${[words(`desk.language.${session.language}`), session.online ? words("desk.customer.online", { time: lasted(Date.now() - session.startedAt, words) }) : words("desk.customer.seen", { time: momentOf(session.seenAt, words.language) })].join(" · ")}</span></p>` : ""}
    </section>`;
  }

  #attributes({ attributes = {} }) {
    const entries = Object.entries(attributes);
    if (!entries.length) return "";
    return html`<section><h3>${this.app.words("desk.customer.attributes")}</h3><ul class="identity-list">${entries.map(([name, value]) => html`<li><span class="quiet">${plainName(name)}</span><span class="end clip">${plainName(String(value))}</span></li>`)}</ul></section>`;
  }

  #earlier({ conversations = [] }, open) {
    const { words, view } = this.app;
    const others = conversations.filter(({ id }) => id !== open.id);
    if (!others.length) return "";
    const row = (one) => html`<li><a class="earlier-row" href=${addressOf({ screen: "inbox", conversation: one.id, view })}>${icon(one.state === "closed" ? "check" : "chat", "s")}<span class="clip">${firstLine(one.last?.text ?? "", 80) || words("desk.row.attachment")}</span><span class="quiet">${momentOf(one.lastAt, words.language)}</span></a></li>`;
    return html`<section><h3>${words("desk.customer.earlier")}</h3><ul>${others.map(row)}</ul></section>`;
  }

  #tags(conversation) {
    const { words } = this.app;
    return html`<section><h3>${words("desk.customer.tags")}</h3><div class="tag-list">${tagNodes(this.app, conversation)}<button type="button" class="link-button small" data-action="tag" @click=${() => askTag(this.app, conversation)}>${words("desk.tag.add")}</button></div></section>`;
  }

  #replaceKeepingFocus(content) {
    const focused = this.card.contains(document.activeElement) ? document.activeElement.dataset.action : undefined;
    replace(this.card, ...content);
    if (focused) this.card.querySelector(`[data-action="${focused}"]`)?.focus();
  }
}

function proof({ verified }, words) {
  return verified ? html`<span class="tag good">${icon("check", "s")}${words("desk.customer.proven")}</span>` : html`<span class="tag">${words("desk.customer.told")}</span>`;
}

function shortAddress(url) {
  try {
    return new URL(url).host;
  } catch {
    return plainName(url).slice(0, 60);
  }
}
