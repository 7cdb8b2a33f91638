/** The panel: puts session, conversation and screens together, in the iframe on a shop's page or as a page of its own. */

import { Api } from "../shared/api.js";
import { html, replace } from "../shared/html.js";
import { Live } from "../shared/live.js";
import { keeper } from "../shared/outbox.js";
import { firstLine } from "../shared/text.js";
import { chooseLanguage, loadWords } from "../shared/words.js";
import { Bridge, isEmbedded } from "./bridge.js";
import { drawHead } from "./elements/head.js";
import { drawHistory } from "./elements/history.js";
import { drawHome } from "./elements/home.js";
import { spoken } from "./elements/message.js";
import { nameOf } from "./elements/person.js";
import { Talk } from "./elements/talk.js";
import { cookiesWork, Session } from "./models/session.js";
import { Visit } from "./models/visit.js";

const root = document.documentElement;
const site = root.dataset.site ?? "";
const release = root.dataset.release ?? "";
const storage = keeper();
const bridge = isEmbedded ? new Bridge() : null;

async function begin() {
  /** @type {any} */
  const hello = bridge ? await bridge.hello : {};
  bridge?.tell("alive");
  const language = chooseLanguage([new URLSearchParams(location.search).get("lang"), hello.language, ...(bridge ? [] : navigator.languages), root.lang], hello.languages);
  const panel = new Panel(hello, await wordsIn(language));
  await panel.start();
}

/** @param {string} language */
async function wordsIn(language) {
  root.lang = language;
  return loadWords({ release, language, areas: ["widget"] });
}

class Panel {
  /** @param {any} hello @param {import("../shared/words.js").Words} words */
  constructor(hello, words) {
    this.hello = hello;
    this.words = words;
    this.element = /** @type {HTMLElement} */ (document.querySelector(".panel"));
    this.screen = "home";
    this.cameFrom = "home";
    this.isShown = bridge ? Boolean(hello.isShown) : true;
    this.isPhone = Boolean(hello.isPhone);
    this.isDrawing = false;
    /** @type {any[]} */
    this.earlier = [];
    /** @type {Talk | null} */
    this.talk = null;
    this.drawn = { head: "", screen: "", offline: false };
    this.headPlace = html`<div class="head-place"></div>`;
    this.banner = html`<div class="banner-place"></div>`;
    this.place = html`<div class="screen"></div>`;
    this.voice = html`<p class="visually-hidden" role="status"></p>`;
    this.visit = this.makeVisit();
  }

  get language() { return this.words.language; }

  async start() {
    this.listen();
    try {
      await this.visit.start({ ...pageOf(this.hello), language: this.language });
      await this.begun(this.hello);
    } catch (problem) {
      this.unavailable(problem);
    }
  }

  /** @param {any} hello */
  async begun(hello) {
    this.look();
    if (hello.identity) await this.visit.identify(hello.identity).catch(tellDeveloper);
    this.chooseScreen();
    this.drawAll();
    void this.loadEarlier();
    bridge?.tell("ready");
    if (this.isShown) this.focus();
  }

  makeVisit() {
    const api = new Api({ site });
    const session = new Session({ api, hasCookies: cookiesWork(document, location.protocol === "https:"), keeper: this.tokenKeeper() });
    return new Visit({ api, session, storage, live: options => new Live(options), onChange: () => this.draw(), onMessage: message => this.heard(message) });
  }

  /** Our own storage, or the host page's where the browser forbids ours: then the page could read the token (docs/running.md). */
  tokenKeeper() {
    const key = `moro.session.${site}`;
    const isOurs = storage === safeStorage();
    return {
      read: () => storage.getItem(key) ?? this.hello.token ?? null,
      write: (/** @type {string | null} */ token) => {
        if (token) storage.setItem(key, token);
        else storage.removeItem(key);
        if (!isOurs) bridge?.tell("keep", { token });
      },
    };
  }

  // ── What comes from outside ──

  listen() {
    window.addEventListener("keydown", event => { if (event.key === "Escape" && !event.defaultPrevented && bridge) this.leave(); });
    for (const type of ["visibilitychange", "focus", "blur"]) (type === "visibilitychange" ? document : window).addEventListener(type, () => this.draw());
    bridge?.on("shown", facts => this.show(facts));
    bridge?.on("page", ({ page }) => void this.visit.moveTo(page));
    bridge?.on("language", ({ language }) => void this.speak(language));
    bridge?.on("identify", ({ identity }) => void this.visit.identify(identity).then(changed => changed && this.changedPerson()).catch(tellDeveloper));
    bridge?.on("reset", () => void this.visit.forget().then(() => this.changedPerson()).catch(() => {}));
  }

  /** @param {{ isShown: boolean, isPhone: boolean }} facts */
  show({ isShown, isPhone }) {
    const comes = isShown && !this.isShown;
    Object.assign(this, { isShown, isPhone });
    this.draw();
    if (comes && this.visit.facts) this.focus();
  }

  /** @param {string} language */
  async speak(language) {
    if (language === this.language) return;
    this.words = await wordsIn(language);
    void this.visit.api.patch("sessions/current", { language }).catch(() => {});
    this.talk = null;
    this.drawAll();
  }

  changedPerson() {
    this.talk = null;
    this.earlier = [];
    this.chooseScreen();
    this.drawAll();
    void this.loadEarlier();
  }

  /** @param {any} message */
  heard(message) {
    this.announce(spoken(message, this.words));
    this.talk?.miss();
    bridge?.tell("message", { message: { id: message.id, text: message.text, at: message.at, author: { kind: message.author.kind, name: nameOf(message.author, this.words), picture: message.author.picture ?? null } } });
  }

  // ── Screens ──

  chooseScreen() {
    const { visit } = this;
    this.screen = visit.hasConversation && !visit.viewed.isClosed ? "talk" : visit.unread ? "talk" : "home";
  }

  /** @param {string} screen */
  go(screen) {
    this.screen = screen;
    this.drawAll();
    this.focus();
  }

  async loadEarlier() {
    if (!this.visit.current.id) return;
    const { conversations } = await this.visit.history().catch(() => ({ conversations: [] }));
    this.earlier = conversations.filter(conversation => conversation.id !== this.visit.current.id || conversation.state === "closed");
    if (this.screen === "home") this.drawAll();
  }

  drawAll() {
    this.drawn = { head: "", screen: "", offline: this.drawn.offline };
    this.draw();
  }

  /** Once per turn, however much has changed. */
  draw() {
    if (this.isDrawing) return;
    this.isDrawing = true;
    queueMicrotask(() => {
      this.isDrawing = false;
      this.drawNow();
    });
  }

  drawNow() {
    const { visit } = this;
    if (!visit.facts) return;
    root.dataset.availability = visit.availability.state;
    this.element.dataset.screen = this.screen;
    this.build();
    this.drawHead();
    this.drawScreen();
    this.drawConnection();
    visit.isReading = this.isReading();
    this.tellPage();
  }

  isReading() {
    return this.isShown && this.screen === "talk" && document.visibilityState === "visible" && Boolean(this.talk?.showsNewest);
  }

  build() {
    if (!this.place.isConnected) replace(this.element, this.headPlace, this.banner, this.place, this.voice);
  }

  drawHead() {
    const { visit, words } = this;
    const looks = JSON.stringify([this.screen, this.language, visit.availability, visit.viewed.facts?.agent, visit.viewed.facts?.state, visit.viewed.id, this.isPhone, this.earlier.length]);
    if (looks === this.drawn.head) return;
    this.drawn.head = looks;
    const hadFocus = this.headPlace.contains(document.activeElement);
    replace(this.headPlace, drawHead({
      words, visit, screen: this.screen, greeting: this.text(visit.facts.look?.greeting) || words("widget.hello"), menu: this.menu(),
      leave: bridge ? (this.isPhone ? "back" : "minimise") : null, onLeave: () => this.leave(), onBack: () => this.go(this.cameFrom),
    }));
    if (hadFocus) this.headPlace.querySelector("button")?.focus();
  }

  menu() {
    const { visit, words } = this;
    if (this.screen !== "talk") return [];
    const canEnd = visit.viewed.id && !visit.viewed.isClosed;
    return [
      ...(canEnd ? [{ label: words("widget.menu.end"), run: () => this.askToEnd() }] : []),
      ...(this.earlier.length ? [{ label: words("widget.menu.history"), run: () => this.openHistory() }] : []),
      { label: words("widget.menu.home"), run: () => { visit.viewCurrent(); this.go("home"); void this.loadEarlier(); } },
    ];
  }

  drawScreen() {
    if (this.screen === "talk") return this.drawTalk();
    const { visit } = this;
    const looks = JSON.stringify([this.screen, this.language, this.screen === "home" && [visit.availability, visit.hasConversation, visit.current.facts?.state, visit.unread, this.earlier]]);
    if (looks === this.drawn.screen) return;
    this.drawn.screen = looks;
    replace(this.place, this.screen === "home" ? this.home() : this.history());
  }

  drawTalk() {
    this.talk ??= new Talk({ words: this.words, visit: this.visit, storage, announce: text => this.announce(text) });
    if (this.talk.element.parentNode !== this.place) replace(this.place, this.talk.element);
    this.drawn.screen = "talk";
    this.talk.draw();
  }

  home() {
    const { words, visit } = this;
    return drawHome({
      words, visit, earlier: this.earlier, privacy: this.text(visit.facts.site?.privacyText),
      start: () => { visit.ask(); this.go("talk"); }, continues: () => this.go("talk"), openHistory: () => this.openHistory(), open: id => void this.open(id),
    });
  }

  history() {
    return drawHistory({ words: this.words, load: after => this.visit.history(after), open: id => void this.open(id) });
  }

  openHistory() {
    this.cameFrom = this.screen;
    this.go("history");
  }

  /** @param {string} id */
  async open(id) {
    await this.visit.view(id).catch(() => {});
    this.go("talk");
  }

  // ── Ending ──

  askToEnd() {
    const { words } = this;
    const error = html`<p class="field-error" role="alert" hidden>${words("widget.menu.notEnded")}</p>`;
    const dialog = html`<dialog class="dialog"><p class="title">${words("widget.menu.endAsk")}</p>${error}<footer><button type="button" class="button" @click=${() => dialog.close()}>${words("widget.menu.endNo")}</button><button type="button" class="button is-primary" @click=${() => void this.end(dialog, error)}>${words("widget.menu.endYes")}</button></footer></dialog>`;
    dialog.setAttribute("aria-label", words("widget.menu.end"));
    dialog.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => event.stopPropagation());
    dialog.addEventListener("close", () => { dialog.remove(); this.focus(); });
    this.element.append(dialog);
    dialog.showModal();
  }

  /** @param {any} dialog @param {any} error */
  async end(dialog, error) {
    try {
      await this.visit.end();
      dialog.close();
    } catch {
      error.hidden = false;
    }
  }

  // ── The state of things ──

  drawConnection() {
    const { visit, words } = this;
    if (visit.isOffline === this.drawn.offline) return;
    this.drawn.offline = visit.isOffline;
    this.announce(words(visit.isOffline ? "widget.offline" : "widget.online"));
    replace(this.banner, visit.isOffline ? html`<div class="banner soon"><i class="icon i-offline" aria-hidden="true"></i><span class="grow">${words("widget.offline")}</span><button type="button" class="link-button" @click=${() => visit.tryNow()}>${words("widget.offline.try")}</button></div>` : null);
  }

  look() {
    const { look, site: facts } = this.visit.facts;
    if (look?.theme === "light" || look?.theme === "dark") root.dataset.theme = look.theme;
    if (look?.color) root.style.setProperty("--company", look.color);
    if (look?.onColor) root.style.setProperty("--on-company", look.onColor);
    document.title = this.words("widget.title", { site: facts?.name ?? "" });
  }

  tellPage() {
    const { visit } = this;
    bridge?.tell("state", { unread: visit.unread, hasConversation: this.isTalking(), availability: visit.availability, last: this.lastUnread() });
  }

  /** Whether the next page should load the panel at once: something is going on, or it ended only just now. */
  isTalking() {
    const { visit } = this;
    const { facts } = visit.current;
    return visit.hasConversation && (!visit.current.isClosed || visit.unread > 0 || visit.outbox.items.length > 0 || Date.now() - (facts?.stateAt ?? 0) < 86_400_000);
  }

  /** What the launcher shows of an answer that has not been read. */
  lastUnread() {
    const { words, visit } = this;
    const message = visit.current.lastUnread;
    return message ? { name: nameOf(message.author, words), picture: message.author.picture ?? null, text: firstLine(message.text, 60) || message.attachments?.[0]?.name || "" } : null;
  }

  /** @param {string} text */
  announce(text) {
    this.voice.textContent = "";
    setTimeout(() => { this.voice.textContent = text; }, 60);
  }

  focus() {
    requestAnimationFrame(() => {
      if (this.screen === "talk") this.talk?.focus();
      else /** @type {HTMLElement | null} */ (this.place.querySelector(".panel-body"))?.focus();
    });
  }

  leave() { bridge?.tell("close"); }

  /** @param {any} problem */
  unavailable(problem) {
    this.element.dataset.screen = "unavailable";
    replace(this.element, html`<p class="panel-body" role="alert">${this.words("widget.unavailable")}</p>`);
    bridge?.tell("unavailable", { code: problem?.code ?? "internal" });
  }

  /** @param {Record<string, string> | undefined} texts by language */
  text(texts) { return texts?.[this.language] ?? ""; }
}

/** @param {any} hello */
function pageOf(hello) {
  return hello.page ? { page: hello.page } : bridge ? {} : { page: { url: location.href, title: document.title, ...(document.referrer ? { referrer: document.referrer } : {}) } };
}

/**
 * A wrong call of moro("identify") is the page's to mend, so it is told where its maker looks.
 * @param {any} problem
 */
function tellDeveloper(problem) {
  console.warn(`moro: ${problem?.code}: ${problem?.detail ?? problem}`);
}

function safeStorage() {
  try { return globalThis.localStorage; } catch { return null; }
}

root.classList.toggle("is-page", !isEmbedded);
void begin();
