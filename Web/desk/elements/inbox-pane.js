/** The inbox: views, groups and rows. Nothing moves under the pointer or the focus. */
import { arrange as arrangeNodes, html, replace } from "../../shared/html.js";
import { arrange, belongs, countedViews, holdStill, sameOrder } from "../models/inbox.js";
import { icon, calmPicture } from "./icon.js";
import { inboxRow, updateRow } from "./inbox-row.js";

/** A pointer that has rested this long isn't aiming any more. */
const aims = 10_000;
const shownViews = ["all", "mine", "unassigned", "snoozed", "closed"];

export class InboxPane {
  /** @type {import("../models/inbox.js").Place[]} what is on screen, in order */
  places = [];
  #pointedAt = 0;
  #held = false;
  #slow;

  /** @param {import("./app.js").App} app */
  constructor(app) {
    this.app = app;
    const { words } = app;
    this.views = html`<div class="inbox-views" role="group" aria-label=${words("desk.views")}></div>`;
    this.ask = html`<div></div>`;
    this.list = html`<div class="inbox-list"></div>`;
    this.end = html`<div class="inbox-more"></div>`;
    this.node = html`<section class="pane inbox" id="inbox" tabindex="-1" aria-label=${words("desk.inbox")}>${this.views}${this.ask}${this.list}${this.end}</section>`;
    this.#watchPointer();
  }

  draw() {
    this.#drawViews();
    this.#askOnce();
    this.#place();
    this.#drawRows();
    this.#drawEnd();
  }

  /** Shows the rows in their own order at once, wherever the pointer is: another view was chosen. */
  changeView() {
    this.places = [];
    this.#pointedAt = 0;
    this.node.scrollTop = 0;
    this.draw();
  }

  /** Scrolls no further than the row needs. @param {string} id */
  reveal(id) {
    this.list.querySelector(`[data-conversation-id="${CSS.escape(id)}"]`)?.scrollIntoView({ block: "nearest" });
  }

  #watchPointer() {
    const pointed = (event) => { if (event.pointerType === "mouse") this.#pointedAt = Date.now(); };
    this.list.addEventListener("pointermove", pointed);
    this.list.addEventListener("pointerenter", pointed);
    this.list.addEventListener("pointerdown", () => { this.#pointedAt = Date.now(); });
    this.list.addEventListener("pointerleave", () => { this.#pointedAt = 0; this.draw(); });
    this.list.addEventListener("focusout", () => setTimeout(() => this.draw()));
  }

  #isHeld() {
    return Date.now() - this.#pointedAt < aims || Boolean(this.list.querySelector(":focus-visible"));
  }

  #place() {
    const { desk, view } = this.app;
    const wanted = arrange(desk.conversations.values(), view, desk.me.id);
    const held = this.places.length > 0 && this.#isHeld();
    const shown = this.places.filter(({ id }) => desk.conversations.has(id));
    this.places = held && !sameOrder(shown, wanted) ? holdStill(shown, wanted) : wanted;
  }

  #drawViews() {
    const { words, desk, view } = this.app;
    replace(this.views, ...shownViews.map((name) => {
      const label = words(`desk.view.${name}`);
      const face = { snoozed: "moon", closed: "check" }[name];
      const count = countedViews.includes(name) ? desk.counts[name] ?? 0 : undefined;
      return html`<button type="button" class="chip" data-view=${name} aria-pressed=${String(name === view)} title=${face ? label : null} @click=${() => this.app.showView(name)}>${
        face ? [icon(face, "s"), html`<span class="visually-hidden">${label}</span>`] : label}${count === undefined ? "" : html`<b>${count}</b>`}</button>`;
    }));
  }

  /** Asks kindly, once, before the browser asks sternly. */
  #askOnce() {
    const { preferences, words, notifier } = this.app;
    const isOpen = "Notification" in window && Notification.permission === "default" && !preferences.get("askedNotifications");
    if (isOpen === Boolean(this.ask.firstChild)) return;
    const no = () => preferences.set("askedNotifications", true);
    replace(this.ask, isOpen ? html`<div class="card stack start-card"><p><b>${words("desk.notifications.ask")}</b></p><p class="small soft">${words("desk.notifications.about")}</p><div class="row wrap"><button type="button" class="button s is-primary" @click=${() => notifier.askLeave()}>${words("desk.notifications.yes")}</button><button type="button" class="button s is-quiet" @click=${no}>${words("desk.notifications.no")}</button></div></div>` : "");
  }

  #drawRows() {
    const { desk, view } = this.app;
    const focused = document.activeElement?.closest?.("[data-conversation-id]")?.getAttribute("data-conversation-id");
    arrangeNodes(this.list, this.#items(), (item) => item.key, (item) => this.#create(item), (node, item) => {
      if (item.id) updateRow(this.app, node, desk.conversations.get(item.id), { gone: !belongs(desk.conversations.get(item.id), view, desk.me.id) });
      else if (item.count !== undefined) replace(node, ...this.#heading(item));
    });
    if (focused && document.activeElement === document.body) /** @type {HTMLElement} */ (this.list.querySelector(`[data-conversation-id="${CSS.escape(focused)}"]`))?.focus();
  }

  #items() {
    const items = [];
    for (const [index, { group, id }] of this.places.entries()) {
      if (this.places[index - 1]?.group !== group) items.push({ key: `group-${group}`, group, count: this.places.filter((place) => place.group === group).length });
      items.push({ key: id, id });
    }
    return items;
  }

  #create(item) {
    if (item.id) return inboxRow(this.app, this.app.desk.conversations.get(item.id));
    return html`<h2 class="inbox-group">${this.#heading(item)}</h2>`;
  }

  #heading({ group, count }) {
    return [this.app.words(`desk.group.${group}`), " ", html`<span class="quiet">${count}</span>`];
  }

  #drawEnd() {
    const { loading, view, words } = this.app;
    const state = !loading.has(view) && !this.places.length ? "loading" : this.places.length ? (loading.hasMore(view) ? "more" : "end") : `empty-${view}`;
    if (this.end.dataset.state === state) return;
    this.end.dataset.state = state;
    clearTimeout(this.#slow);
    this.list.setAttribute("aria-busy", String(state === "loading"));
    if (state === "loading") return this.#drawLoading(words);
    if (state === "more") return replace(this.end, html`<button type="button" class="button s" @click=${() => this.app.attempt(() => loading.more(view))}>${words("desk.inbox.more")}</button>`);
    replace(this.end, state === "end" ? "" : this.#empty(view));
  }

  #drawLoading(words) {
    replace(this.end, html`<p class="visually-hidden" role="status">${words("desk.inbox.loading")}</p>`, ...[1, 2, 3].map(() => html`<div class="ghost-row grow" aria-hidden="true"><span class="skeleton round"></span><span><span class="skeleton"></span><span class="skeleton"></span></span></div>`));
    this.#slow = setTimeout(() => this.end.prepend(html`<p class="small soft" role="status">${words("desk.slow")}</p>`), 5000);
  }

  #empty(view) {
    const { words } = this.app;
    return html`<div class="empty-state">${["all", "mine", "unassigned"].includes(view) ? calmPicture() : ""}<b>${words(`desk.empty.${view}`)}</b><p>${words(`desk.empty.${view}.more`)}</p></div>`;
  }
}
