/** Lines over the whole desk: no connection, connection back, a new version. */
import { html, replace } from "../../shared/html.js";
import { clockOf } from "../../shared/text.js";
import { icon } from "./icon.js";

const showBackFor = 5000;
/** A blink of the network isn't worth a word. */
const patience = 2500;

export class Banners {
  #lostAt;
  #sentBefore = 0;
  #timer;

  /** @param {import("./app.js").App} app */
  constructor(app) {
    this.app = app;
    this.connection = html`<div role="status"></div>`;
    this.version = html`<div role="status"></div>`;
    this.node = html`<div class="banners">${this.connection}${this.version}</div>`;
  }

  /** @param {"connecting"|"live"|"polling"|"offline"} state */
  connectionIs(state) {
    if (state === "connecting") return;
    if (state === "offline") this.#lost();
    else this.#back();
  }

  /** The server speaks another version than this page. */
  newVersion() {
    if (this.version.firstChild) return;
    const { words } = this.app;
    replace(this.version, html`<div class="banner soon">${icon("retry")}<span class="grow">${words("desk.banner.updated")}</span><button type="button" class="link-button soon" @click=${() => location.reload()}>${words("desk.banner.reload")}</button></div>`);
  }

  #lost() {
    if (this.#lostAt) return;
    this.#lostAt = Date.now();
    this.#sentBefore = this.app.outbox.items.length;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#showLost(), patience);
  }

  #showLost() {
    const { words, live } = this.app;
    replace(this.connection, html`<div class="banner soon">${icon("offline")}<span class="grow">${words("desk.banner.offline", { time: clockOf(this.#lostAt, words.language) })}</span><button type="button" class="link-button soon" @click=${() => live.wake()}>${words("desk.banner.tryNow")}</button></div>`);
  }

  #back() {
    if (!this.#lostAt) return;
    clearTimeout(this.#timer);
    const wasShown = Boolean(this.connection.firstChild);
    this.#lostAt = undefined;
    if (!wasShown) return;
    replace(this.connection, html`<div class="banner good">${icon("check")}<span>${this.app.words("desk.banner.back")}</span></div>`);
    this.#timer = setTimeout(() => replace(this.connection), showBackFor);
  }
}
