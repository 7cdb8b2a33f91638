/** The head of a conversation: who, where they are, how long they have waited, and what can be done. */
import { html, replace } from "../../shared/html.js";
import { plainName } from "../../shared/text.js";
import { waitsForUs } from "../models/inbox.js";
import { addressOf } from "../models/places.js";
import { icon } from "./icon.js";
import { nameOf } from "./people.js";
import { lasted, when } from "./times.js";

export class TalkHead {
  #signature;

  /** @param {import("./app.js").App} app @param {string} id */
  constructor(app, id) {
    this.app = app;
    this.id = id;
    this.node = html`<header class="talk-head"></header>`;
  }

  draw() {
    const conversation = this.app.desk.conversations.get(this.id);
    if (!conversation) return;
    const shown = this.#facts(conversation);
    const signature = JSON.stringify(shown);
    if (signature === this.#signature) return;
    this.#signature = signature;
    this.#replaceKeepingFocus(this.#content(conversation, shown));
  }

  #facts(conversation) {
    const { words, desk, view } = this.app;
    return {
      name: nameOf(conversation.contact, words), about: this.#about(conversation), state: conversation.state, view,
      owner: conversation.agent?.id, mine: conversation.agent?.id === desk.me.id,
      wait: waitsForUs(conversation) ? lasted(Date.now() - conversation.owedSince, words) : "",
    };
  }

  #about({ page, site, agent, team, state, until }) {
    const { words, desk } = this.app;
    const owner = agent ? (agent.id === desk.me.id ? words("desk.you") : plainName(agent.name ?? "")) : team?.name ?? words("desk.nobody");
    const where = page?.title ? words("desk.head.onPage", { page: plainName(page.title) }) : site?.name ?? "";
    const aside = state === "snoozed" && until ? words("desk.head.snoozed", { time: when(until, words) }) : where;
    return [aside, owner].filter(Boolean).join(" · ");
  }

  #content(conversation, { name, about, wait, mine }) {
    const { app } = this;
    const { words } = app;
    const back = addressOf({ screen: "inbox", view: app.view });
    const customer = addressOf({ screen: "inbox", conversation: this.id, pane: "customer", view: app.view });
    const closed = conversation.state === "closed";
    return [
      html`<a class="icon-button phone-only" href=${back} aria-label=${words("desk.head.back")}>${icon("back")}</a>`,
      html`<div class="grow"><h2 class="clip" id="talk-name">${name}</h2><p class="clip">${about}</p></div>`,
      wait ? html`<span class="wait wide-only">${icon("clock")}<span class="visually-hidden">${words("desk.row.waited")} </span>${wait}</span>` : "",
      !closed && !mine ? this.#button("take", "check", conversation.agent ? "desk.action.takeOver" : "desk.action.take", "O", !conversation.agent ? "is-primary" : "wide-only") : "",
      !closed ? this.#button("transfer", "transfer", conversation.agent ? "desk.action.transfer" : "desk.action.assign", "G", "wide-only") : "",
      !closed ? html`<button type="button" class="icon-button wide-only" data-action="snooze" aria-label=${words("desk.action.snooze")} title=${`${words("desk.action.snooze")} (Z)`} @click=${() => app.act("snooze")}>${icon("moon")}</button>` : "",
      !closed && mine ? this.#button("close", "check", "desk.action.close", "E", "wide-only") : "",
      closed ? this.#button("reopen", "return", "desk.action.reopen", undefined, "wide-only") : "",
      html`<button type="button" class="icon-button" data-action="more" aria-label=${words("desk.head.more")} aria-haspopup="dialog" @click=${(event) => app.deeds.openActions(event.currentTarget)}>${icon("more")}</button>`,
      html`<a class="icon-button narrow-only" href=${customer} aria-label=${words("desk.head.customer")}>${icon("user")}</a>`,
    ];
  }

  #button(name, face, label, key, classes) {
    const text = this.app.words(label);
    return html`<button type="button" class="button s ${classes}" data-action=${name} title=${key ? `${text} (${key})` : null} @click=${() => this.app.act(name)}>${icon(face, "s")}${text}</button>`;
  }

  /** The button that was pressed may be drawn anew: the focus stays on it. */
  #replaceKeepingFocus(content) {
    const focused = this.node.contains(document.activeElement) ? document.activeElement.dataset.action : undefined;
    replace(this.node, ...content);
    if (focused) (this.node.querySelector(`[data-action="${focused}"]`) ?? this.node.querySelector("[data-action=more]"))?.focus();
  }
}
