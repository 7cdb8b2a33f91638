/** One conversation: head, log, what a colleague is doing here, composer. */
import { html, replace } from "../../shared/html.js";
import { plainName } from "../../shared/text.js";
import { Composer } from "./composer.js";
import { Log } from "./log.js";
import { avatar, nameOf } from "./people.js";
import { TalkHead } from "./talk-head.js";
import { when } from "./times.js";

export class TalkPane {
  #colleagues = "";
  #closedSince;

  /** @param {import("./app.js").App} app @param {string} id */
  constructor(app, id) {
    this.app = app;
    this.id = id;
    this.head = new TalkHead(app, id);
    this.log = new Log(app, id);
    this.composer = new Composer(app, id);
    this.collision = html`<div class="banner soon round" role="status" hidden></div>`;
    this.closed = html`<div class="reopen-strip" hidden></div>`;
    this.node = html`<section class="talk" tabindex="-1">${this.head.node}${this.log.node}${this.collision}${this.closed}${this.composer.node}</section>`;
  }

  draw() {
    const conversation = this.app.desk.conversations.get(this.id);
    if (!conversation) return;
    this.node.setAttribute("aria-label", this.app.words("desk.talk.label", { name: nameOf(conversation.contact, this.app.words) }));
    this.head.draw();
    this.log.draw();
    this.#drawClosed(conversation);
    this.drawSignals();
  }

  /** What holds for a moment only: the customer's draft, a colleague who writes here. */
  drawSignals() {
    this.log.drawPeek();
    this.head.draw();
    this.#drawColleagues();
    this.composer.draw();
  }

  leave() {
    this.composer.leave();
  }

  #drawColleagues() {
    const { desk, signals, words } = this.app;
    const agents = signals.colleagues(this.id, Date.now()).flatMap((id) => desk.agents.get(id) ?? []);
    const names = words.list(agents.map(({ name }) => plainName(name)));
    if (names === this.#colleagues) return;
    this.#colleagues = names;
    this.collision.hidden = !names;
    replace(this.collision, names ? [...agents.map((agent) => avatar(agent, { size: "s" })), html`<span class="grow">${words("desk.talk.colleagueWrites", { names, count: agents.length })}</span>`] : "");
  }

  #drawClosed({ state, stateAt, stateBy, contact }) {
    const { words } = this.app;
    const isClosed = state === "closed";
    this.composer.node.hidden = isClosed;
    this.closed.hidden = !isClosed;
    if (!isClosed || this.#closedSince === stateAt) return;
    this.#closedSince = stateAt;
    const who = stateBy?.kind === "contact" ? nameOf(contact, words) : plainName(stateBy?.name ?? "") || "Moro";
    replace(this.closed, html`<span class="grow">${words("desk.talk.closed", { name: who, time: when(stateAt, words) })}</span>`, html`<button type="button" class="button s" @click=${() => this.app.act("reopen")}>${words("desk.action.reopen")}</button>`);
  }
}
