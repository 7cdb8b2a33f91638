/** The desk as a whole: puts its parts together, hears the news, obeys the keys. */
import { Api, Problem } from "../../shared/api.js";
import { html, replace } from "../../shared/html.js";
import { keeper } from "../../shared/outbox.js";
import { Actions } from "../models/actions.js";
import { Desk } from "../models/desk.js";
import { Drafts } from "../models/drafts.js";
import { views } from "../models/inbox.js";
import { Loading } from "../models/loading.js";
import { mentioned } from "../models/mentions.js";
import { addressOf, placeOf } from "../models/places.js";
import { Reading } from "../models/reading.js";
import { Signals } from "../models/signals.js";
import { Banners } from "./banners.js";
import { CustomerPane } from "./customer-pane.js";
import { Deeds } from "./deeds.js";
import { openProblem } from "./dialog.js";
import { Rail, TopBar } from "./frame.js";
import { InboxPane } from "./inbox-pane.js";
import { Keyboard } from "./keyboard.js";
import { News } from "./news.js";
import { Notifier } from "./notifier.js";
import { Palette } from "./palette.js";
import { fieldError } from "./setting.js";
import { SettingsScreen } from "./settings-screen.js";
import { askSignIn } from "./sign-in-again.js";
import { TalkPane } from "./talk-pane.js";
import { Toasts } from "./toasts.js";

/** Waiting times and passing signs are looked at this often. */
const tick = 1000;

export class App {
  /** @type {import("../models/places.js").Place} */ place;
  /** @type {import("../models/inbox.js").View} */ view = "all";
  /** @type {TalkPane|undefined} */ talk;
  #isDrawing = false;
  #settings;
  #signingIn;
  #countsTimer;
  #paletteIsOpen = false;

  /** @param {{ facts: any, words: import("../../shared/words.js").Words, preferences: import("../models/preferences.js").Preferences, release: string, root: HTMLElement, api: Api }} parts */
  constructor({ facts, words, preferences, release, root, api }) {
    Object.assign(this, { words, preferences, release, root, api });
    this.commandKey = /Mac|iP/u.test(navigator.platform) ? "⌘" : "Ctrl";
    this.desk = new Desk();
    this.desk.begin(facts);
    this.signals = new Signals();
    this.drafts = new Drafts(keeper(), facts.agent.id);
    this.actions = new Actions(this);
    this.loading = new Loading(this);
    this.reading = new Reading(this);
    this.deeds = new Deeds(this);
    this.news = new News(this);
    this.outbox = this.news.outbox(facts.agent.id);
    this.live = this.news.live(facts.seq);
    this.#build();
    this.#listen();
  }

  start() {
    this.root.replaceChildren(this.node, this.toasts.node, this.spoken);
    this.#arrive();
    this.live.start();
    this.outbox.wake();
    setInterval(() => this.#tick(), tick);
  }

  get isConnected() {
    return this.live.state === "live" || this.live.state === "polling";
  }

  // ── Going places ──

  /** @param {import("../models/places.js").Place} place @param {{ replace?: boolean }} [options] */
  go(place, { replace: isReplacing = false } = {}) {
    const address = addressOf({ view: this.view === "all" ? undefined : this.view, ...place });
    if (address === location.pathname + location.search) return;
    history[isReplacing ? "replaceState" : "pushState"](null, "", address);
    this.#arrive();
  }

  /** @param {import("../models/inbox.js").View} view */
  showView(view) {
    this.view = view;
    this.preferences.set("view", view);
    this.go({ screen: "inbox", conversation: this.place.conversation, view: view === "all" ? undefined : view }, { replace: true });
    this.inbox.changeView();
    this.attempt(() => this.loading.view(view));
  }

  #arrive() {
    const before = this.place;
    this.place = placeOf(location);
    if (this.place.screen === "inbox") this.#showDesk(before);
    else this.#showSettings(before);
    this.draw();
  }

  #showDesk(before) {
    const { view } = this.place;
    if (views.includes(view)) this.view = view;
    if (before?.screen !== "inbox") replace(this.screen, this.main);
    if (!this.loading.has(this.view)) this.attempt(() => this.loading.view(this.view));
    if (before?.conversation !== this.place.conversation || !this.talk) this.#open(this.place.conversation);
    this.main.toggleAttribute("data-pane", Boolean(this.place.conversation));
    if (this.place.conversation) this.main.dataset.pane = this.place.pane ?? "talk";
    if (this.place.pane === "customer" && before?.pane !== "customer") this.customer.node.focus();
  }

  #open(id) {
    this.talk?.leave();
    this.talk = id ? new TalkPane(this, id) : undefined;
    const node = this.talk?.node ?? html`<section class="talk nothing-open" aria-label=${this.words("desk.talk")}><div class="empty-state"><b>${this.words("desk.talk.none")}</b><p>${this.words("desk.talk.none.more", { key: "J" })}</p></div></section>`;
    this.main.querySelector(".talk")?.replaceWith(node);
    if (id) this.attempt(() => this.loading.conversation(id), (problem) => this.#cannotOpen(id, problem));
  }

  #cannotOpen(id, problem) {
    if (this.place.conversation !== id || this.desk.conversations.has(id)) return this.toasts.tell(this.explain(problem));
    this.talk = undefined;
    const isGone = problem.code === "not_found" || problem.code === "forbidden";
    const retry = html`<button type="button" class="button s" @click=${() => this.#open(id)}>${this.words("desk.retry")}</button>`;
    const home = html`<a class="button s" href="/desk">${this.words("desk.talk.gone.back")}</a>`;
    this.main.querySelector(".talk").replaceWith(html`<section class="talk nothing-open"><div class="empty-state" role="alert"><b>${this.words(isGone ? "desk.talk.gone" : "desk.talk.failed")}</b><p>${isGone ? this.words("desk.talk.gone.more") : this.explain(problem)}</p>${isGone ? home : retry}</div></section>`);
    return undefined;
  }

  #showSettings(before) {
    if (before?.screen !== "settings" || !this.#settings) {
      this.talk?.leave();
      this.talk = undefined;
      this.#settings = new SettingsScreen(this);
      replace(this.screen, this.#settings.node);
    }
    this.#settings.show(this.place.page);
    this.draw();
  }

  // ── Saying and doing ──

  /** Says something: shown at once, sent in order, kept until the server has it. @param {string} id @param {{ kind: "reply"|"note", text: string, attachments: object[] }} said */
  say(id, { kind, text, attachments }) {
    const mentions = kind === "note" ? mentioned(text, [...this.desk.agents.values()]) : [];
    this.outbox.add({ conversation: id, kind, text, attachments, mentions });
    this.talk?.log.toNewest();
  }

  /** A message that didn't go comes back to the box. @param {string} clientId */
  takeBack(clientId) {
    const item = this.outbox.items.find((one) => one.clientId === clientId);
    if (!item) return;
    this.outbox.drop(clientId);
    this.talk?.composer.show(item.body.kind);
    this.talk?.composer.giveBack(item.body.text);
  }

  /** Does what a button or a key names, to the open conversation or another. @param {string} name @param {string} [id] */
  act(name, id) {
    return this.deeds.act(name, id);
  }

  /** Carries out a command, offers the way back, explains what went wrong. @param {(actions: Actions) => Promise<any>} command @param {Record<string, string>} [values] */
  async perform(command, values = {}) {
    const deed = await this.attempt(() => command(this.actions));
    if (!deed) return;
    const text = this.words(`desk.done.${deed.name}`, { ...deed.values, ...values });
    if (deed.undo) this.toasts.offerUndo(text, deed.undo);
    else this.toasts.tell(text);
  }

  /** Tries something that may fail, and says why when it does. @template T @param {() => Promise<T>} work @param {(problem: Problem) => void} [failed] @returns {Promise<T|undefined>} */
  async attempt(work, failed = (problem) => this.#refuse(this.explain(problem))) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      if (error.code !== "not_signed_in") { failed(error); return undefined; }
      await this.signInAgain();
      return this.attempt(work, failed);
    }
  }

  #refuse(text) {
    const slot = openProblem();
    if (slot) replace(slot, fieldError(text));
    else this.toasts.tell(text);
  }

  /** A problem in words that say what to do. @param {Problem} [problem] */
  explain(problem) {
    const { words } = this;
    const code = problem?.code ?? "internal";
    if (code === "already_taken") return words("desk.problem.already_taken", { name: problem.facts.agent?.name ?? words("desk.colleague") });
    return words.has(`desk.problem.${code}`) ? words(`desk.problem.${code}`, { detail: problem?.detail ?? "" }) : problem?.detail || words("desk.problem.internal");
  }

  // ── Me ──

  async setPresence(presence) {
    this.desk.setPresence(this.desk.me.id, presence);
    this.announce(this.words(`desk.presence.${presence}.now`));
    await this.attempt(() => this.api.put("me/presence", { presence }));
  }

  async setLanguage(language) {
    await this.attempt(() => this.api.patch("me", { language }));
    location.reload();
  }

  async signOut({ everywhere = false } = {}) {
    await this.attempt(() => this.api.delete(everywhere ? "agent-sessions" : "agent-sessions/current"));
    this.live.stop();
    location.assign("/desk/sign-in");
  }

  /** The session has ended: asks for the password over the desk, and everything goes on where it was. */
  signInAgain() {
    this.#signingIn ??= askSignIn(this).then(() => {
      this.#signingIn = undefined;
      this.live.stop();
      this.live.start();
      this.outbox.wake();
    });
    return this.#signingIn;
  }

  // ── Telling ──

  /** Says something to those who listen to the screen. @param {string} text */
  announce(text) {
    replace(this.spoken, html`<p>${text}</p>`);
  }

  /** The open conversation has been read as far as it has come, if somebody is really looking. */
  noteRead() {
    const id = this.place.conversation;
    if (!id || !this.talk || document.visibilityState !== "visible" || !document.hasFocus() || !this.talk.log.isAtNewest) return;
    const thread = this.desk.thread(id);
    const conversation = this.desk.conversations.get(id);
    if (thread.isLoaded && conversation && thread.latestSeq > (conversation.marks?.agent.read ?? 0)) this.reading.note(id, { read: thread.latestSeq });
  }

  openPalette() {
    if (this.#paletteIsOpen || document.querySelector("dialog[open]")) return;
    this.#paletteIsOpen = true;
    new Palette(this).open().then(() => { this.#paletteIsOpen = false; });
  }

  // ── Drawing ──

  /** Draws what is on screen once, however many changes asked for it. */
  draw() {
    if (this.#isDrawing) return;
    this.#isDrawing = true;
    queueMicrotask(() => {
      this.#isDrawing = false;
      this.rail.draw();
      this.topBar.draw();
      this.notifier.draw();
      if (this.place.screen !== "inbox") return;
      this.inbox.draw();
      this.talk?.draw();
      this.customer.draw();
    });
  }

  #build() {
    this.rail = new Rail(this);
    this.topBar = new TopBar(this);
    this.banners = new Banners(this);
    this.toasts = new Toasts(this);
    this.notifier = new Notifier(this);
    this.inbox = new InboxPane(this);
    this.customer = new CustomerPane(this);
    this.spoken = html`<div class="visually-hidden" role="status"></div>`;
    this.main = html`<main class="desk"><h1 class="visually-hidden">${this.words("desk.title")}</h1>${this.inbox.node}<section class="talk"></section>${this.customer.node}</main>`;
    this.screen = html`<div class="screen"></div>`;
    this.node = html`<div class="app">${this.banners.node}${this.rail.node}${this.topBar.node}${this.screen}</div>`;
    const saved = this.preferences.get("view");
    if (views.includes(saved)) this.view = saved;
  }

  #listen() {
    for (const what of ["inbox", "conversation", "thread", "people", "canned", "sites", "contact", "counts"]) this.desk.addEventListener(what, () => this.draw());
    this.desk.addEventListener("counts", () => this.#refreshCounts());
    this.preferences.addEventListener("changed", ({ detail }) => this.#preferenceChanged(detail));
    addEventListener("popstate", () => this.#arrive());
    this.keyboard = new Keyboard(this);
    addEventListener("focus", () => this.noteRead());
    document.addEventListener("visibilitychange", () => this.noteRead());
    document.addEventListener("click", (event) => this.#followLink(event));
  }

  #preferenceChanged(name) {
    if (this.preferences.travels(name)) this.attempt(() => this.api.patch("me", { settings: this.preferences.travelling }), () => {});
    const theme = this.preferences.get("theme");
    if (name === "theme") document.documentElement.dataset.theme = theme === "auto" ? "" : theme;
    this.draw();
  }

  /** Links within the desk don't load the page anew. */
  #followLink(event) {
    const link = event.target.closest?.("a[href]");
    if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || link.target || link.hasAttribute("download")) return;
    const url = new URL(link.href);
    if (url.origin !== location.origin || !/^\/desk(\/(c|settings)(\/.*)?)?$/u.test(url.pathname)) return;
    event.preventDefault();
    this.go(placeOf(url));
  }

  #tick() {
    if (document.visibilityState === "visible" && this.place?.screen === "inbox") this.talk?.drawSignals();
    if (Date.now() % (10 * tick) < tick) this.draw();
  }

  #refreshCounts() {
    if (!this.desk.countsAreStale) return;
    clearTimeout(this.#countsTimer);
    this.#countsTimer = setTimeout(() => { this.desk.countsAreStale = false; this.attempt(() => this.loading.counts(), () => {}); }, 800);
  }
}
