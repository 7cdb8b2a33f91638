/** The desk as a whole: puts its parts together, hears the news, obeys the keys. */
import { Api, Problem } from "../../shared/api.js";
import { html, replace } from "../../shared/html.js";
import { Live } from "../../shared/live.js";
import { keeper, Outbox } from "../../shared/outbox.js";
import { Actions } from "../models/actions.js";
import { Desk } from "../models/desk.js";
import { Drafts } from "../models/drafts.js";
import { neighbour, views } from "../models/inbox.js";
import { actionOf } from "../models/keys.js";
import { Loading } from "../models/loading.js";
import { mentioned } from "../models/mentions.js";
import { noticeOf } from "../models/notices.js";
import { addressOf, placeOf } from "../models/places.js";
import { Reading } from "../models/reading.js";
import { Signals } from "../models/signals.js";
import { askClose, askSnooze, askTag, askTransfer } from "./action-dialogs.js";
import { Banners } from "./banners.js";
import { CustomerPane } from "./customer-pane.js";
import { openProblem } from "./dialog.js";
import { Rail, TopBar } from "./frame.js";
import { icon } from "./icon.js";
import { InboxPane } from "./inbox-pane.js";
import { showKeySheet } from "./key-sheet.js";
import { menuItem, openMenu } from "./menu.js";
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
  #newcomers = new Set();
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
    this.outbox = this.#outbox(facts.agent.id);
    this.live = this.#live(facts.seq);
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

  /** Does what a button or a key names, to the open conversation. @param {string} name @param {string} [id] */
  async act(name, id = this.place.conversation) {
    const conversation = this.desk.conversations.get(id) ?? (id ? await this.#fetched(id) : undefined);
    if (!conversation) return undefined;
    const isClosed = conversation.state === "closed";
    if (isClosed && !["reopen", "tag", "note"].includes(name)) return this.toasts.tell(this.words("desk.act.closed"));
    switch (name) {
      case "take": return this.perform((actions) => actions.take(id));
      case "release": return conversation.agent ? this.perform((actions) => actions.release(id)) : undefined;
      case "transfer": return askTransfer(this, conversation);
      case "snooze": return askSnooze(this, conversation);
      case "wake": case "reopen": return this.perform((actions) => actions.reopen(id));
      case "tag": return askTag(this, conversation);
      case "close": return askClose(this, conversation);
      case "reply": return this.talk?.composer.focus("reply");
      case "note": return isClosed ? undefined : this.talk?.composer.focus("note");
      case "closing": return this.talk?.composer.bringClosing();
    }
    return undefined;
  }

  /** Ends a conversation, with closing words first when there are some. @param {string} id @param {string} words */
  async close(id, words) {
    if (words) {
      this.say(id, { kind: "reply", text: words, attachments: [] });
      if (!await this.#settled(id)) return;
    }
    await this.perform((actions) => actions.close(id));
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

  /** What can be done to the open conversation, and the rest that the palette offers. */
  commands() {
    const { words } = this;
    const conversation = this.desk.conversations.get(this.place.conversation);
    const deeds = conversation ? this.#deeds(conversation).map(([id, face, key]) => ({ id, title: words(`desk.command.${id}`), icon: face, key, run: () => this.act(id) })) : [];
    const presence = ["here", "break", "away"].map((name) => ({ id: name, title: words("desk.command.presence", { presence: words(`desk.presence.${name}`) }), icon: "user", run: () => this.setPresence(name) }));
    const shown = views.map((name) => ({ id: name, title: words("desk.command.view", { view: words(`desk.view.${name}`) }), icon: "list", run: () => { this.go({ screen: "inbox" }); this.showView(name); } }));
    const rest = [["settings", "gear", () => this.go({ screen: "settings" })], ["keys", "list", () => showKeySheet(this)], ["signOut", "door", () => this.signOut()]];
    return [...deeds, ...presence, ...shown, ...rest.map(([id, face, run]) => ({ id, title: words(`desk.command.${id}`), icon: face, run }))];
  }

  /** @param {HTMLElement} opener */
  openActions(opener) {
    const conversation = this.desk.conversations.get(this.place.conversation);
    if (!conversation) return;
    openMenu(opener, this.words("desk.head.more"), html`<div>${this.#deeds(conversation).map(([id, face, key]) => menuItem(face, this.words(`desk.command.${id}`), () => this.act(id), { key }))}</div>`);
  }

  #deeds({ state, agent }) {
    if (state === "closed") return [["reopen", "return"], ["tag", "tag", "T"]];
    const mine = agent?.id === this.desk.me.id;
    return [
      ...(mine ? [] : [["take", "check", "O"]]), ["reply", "chat", "R"], ["note", "lock", "M"], ["transfer", "transfer", "G"],
      ...(agent ? [["release", "return"]] : []), state === "snoozed" ? ["wake", "sun"] : ["snooze", "moon", "Z"], ["tag", "tag", "T"], ["close", "check", "E"],
    ];
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
    addEventListener("keydown", (event) => this.#key(event));
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

  // ── Keys ──

  #key(event) {
    const inText = Boolean(event.target.closest?.("input:not([type=radio]):not([type=checkbox]):not([type=color]), textarea, select, [contenteditable]"));
    const name = actionOf(event, { inText, singleKeys: this.preferences.get("singleKeys") });
    if (!name || event.defaultPrevented || (document.querySelector("dialog[open], [popover]:popover-open") && name !== "palette")) return;
    if (this.#obey(name) !== false) event.preventDefault();
  }

  #obey(name) {
    switch (name) {
      case "palette": return this.openPalette();
      case "keySheet": return void showKeySheet(this);
      case "undo": return this.toasts.undoLast();
      case "nextPane": return this.#movePane(1);
      case "previousPane": return this.#movePane(-1);
      case "next": return this.#step(1);
      case "previous": return this.#step(-1);
    }
    if (this.place.screen !== "inbox" || !this.place.conversation) return false;
    return void this.act(name);
  }

  #step(by) {
    const id = neighbour(this.inbox.places, this.place.conversation, by);
    if (!id) return;
    this.go({ screen: "inbox", conversation: id });
    setTimeout(() => this.inbox.reveal(id));
  }

  #movePane(by) {
    const panes = [this.rail.node.querySelector("a[aria-current]"), this.topBar.opener, this.inbox.node, this.talk?.log.body, this.talk?.composer.text, this.customer.node].filter((node) => node?.isConnected && node.checkVisibility());
    const exactly = panes.indexOf(document.activeElement);
    const here = exactly >= 0 ? exactly : panes.findLastIndex((node) => node.closest("nav, header, section, aside, .composer")?.contains(document.activeElement));
    const next = panes[(here + by + panes.length) % panes.length];
    (next === this.inbox.node ? next.querySelector("[aria-current]") ?? next : next).focus();
  }

  // ── News ──

  #outbox(agent) {
    return new Outbox({
      scope: `desk:${agent}`,
      send: (item) => this.#sendSaid(item),
      onSent: (item, answer) => this.#sent(item, answer),
      onChange: () => this.desk && this.draw(),
    });
  }

  async #sendSaid({ clientId, body: { conversation, kind, text, attachments, mentions } }) {
    const body = { clientId, kind, text, ...(attachments.length ? { attachments: attachments.map(({ id }) => id) } : {}), ...(mentions.length ? { mentions } : {}) };
    try {
      return await this.api.post(`conversations/${conversation}/messages`, body);
    } catch (problem) {
      if (problem.code !== "not_signed_in") throw problem;
      await this.signInAgain();
      return this.#sendSaid({ clientId, body: { conversation, kind, text, attachments, mentions } });
    }
  }

  #sent(item, { message, conversation }) {
    if (conversation) this.desk.update({ ...conversation, unread: this.desk.conversations.get(conversation.id)?.unread });
    if (message) this.desk.take({ type: "message.added", conversation: item.body.conversation, message });
  }

  #live(seq) {
    return new Live({
      after: seq,
      onEvent: (event) => this.#event(event),
      onSignal: (signal) => this.#signal(signal),
      onReset: () => this.#again(),
      onState: (state) => this.#connectionIs(state),
      onSignedOut: () => this.signInAgain(),
    });
  }

  #event(event) {
    const id = typeof event.conversation === "string" ? event.conversation : event.conversation?.id;
    const before = this.desk.conversations.get(id);
    const notice = noticeOf(event, { me: this.desk.me, conversation: before, isNewcomer: this.#isNewcomer(event, id, before), now: Date.now() });
    if (event.type === "message.added") this.#messageCame(event, id, before);
    this.desk.take(event);
    if (notice) this.notifier.call({ ...notice, who: notice.who ?? this.desk.conversations.get(id)?.contact.name });
  }

  /** Whether this message is the first of a customer who has just come (again): the news of the conversation may come before it. */
  #isNewcomer(event, id, before) {
    const begins = event.type === "conversation.started" || (event.type === "conversation.changed" && before?.state === "closed" && event.conversation.state !== "closed");
    if (begins) this.#newcomers.add(id);
    return event.type === "message.added" && event.message.author.kind === "contact" && this.#newcomers.delete(id);
  }

  #messageCame({ message }, id, before) {
    this.outbox.settled(message.clientId);
    this.signals.said(id, message.author);
    if (message.author.kind === "contact" && (!before?.agent || before.agent.id === this.desk.me.id)) this.reading.note(id, { delivered: message.seq });
    if (!before) this.attempt(() => this.#fetched(id), () => {});
  }

  async #fetched(id) {
    const { conversation } = await this.api.get(`conversations/${id}`);
    this.desk.load([conversation]);
    return conversation;
  }

  #signal(signal) {
    if (signal.type === "presence") this.desk.setPresence(signal.agent, signal.presence);
    else if (signal.type === "page") this.desk.visited(signal, Date.now());
    else if (this.signals.take(signal, Date.now(), this.desk.me.id)) this.talk?.drawSignals();
  }

  #connectionIs(state) {
    this.banners.connectionIs(state);
    if (this.isConnected) { this.outbox.wake(); this.#lookAtVersion(); }
    this.draw();
  }

  #again() {
    this.attempt(async () => {
      const facts = await this.loading.again(this.view, this.place.conversation);
      if (facts.release && facts.release !== this.release) this.banners.newVersion();
    });
  }

  /** After a restart the server may be a newer Moro than this page. */
  #lookAtVersion() {
    clearTimeout(this.versionTimer);
    this.versionTimer = setTimeout(() => this.attempt(async () => {
      const { release, agent } = await this.api.get("me");
      if (release && release !== this.release) this.banners.newVersion();
      this.desk.take({ type: "agent.changed", agent });
    }, () => {}), 1500);
  }

  /** Waits until all that was said in a conversation has gone. False when something failed: then nothing is ended over it. */
  #settled(id) {
    return new Promise((resolve) => {
      const look = () => {
        const mine = this.outbox.items.filter((item) => item.body.conversation === id);
        if (!mine.length || mine.some(({ state }) => state === "failed")) resolve(!mine.length);
        else setTimeout(look, 60);
      };
      look();
    });
  }
}
