/** The frame around every screen: rail, and top bar with search, presence and one's own account. */
import { html, replace } from "../../shared/html.js";
import { addressOf } from "../models/places.js";
import { openAccountMenu } from "./account-menu.js";
import { brandMark, icon } from "./icon.js";
import { avatar, presenceDot } from "./people.js";

const presences = ["here", "break", "away"];

export class Rail {
  /** @param {import("./app.js").App} app */
  constructor(app) {
    this.app = app;
    this.node = html`<nav class="rail" aria-label=${app.words("desk.menu")}></nav>`;
  }

  draw() {
    const { words, place, desk, view } = this.app;
    const waiting = desk.counts.all ?? 0;
    const focused = this.node.contains(document.activeElement) ? document.activeElement.getAttribute("href") : undefined;
    const count = waiting ? html`<span class="count"><span class="visually-hidden">${words("desk.rail.open")} </span>${waiting}</span>` : "";
    replace(this.node,
      html`<a class="brand-mark" href="/desk" aria-label=${words("desk.rail.home")}>${brandMark()}</a>`,
      this.#entry(addressOf({ screen: "inbox", view }), "chat", words("desk.title"), place.screen === "inbox", "", count),
      this.#entry("/desk/settings", "gear", words("desk.settings"), place.screen === "settings", "push", ""));
    if (focused) this.node.querySelector(`[href="${CSS.escape(focused)}"]`)?.focus();
  }

  #entry(href, face, label, isHere, classes, count) {
    return html`<a class=${classes} href=${href} aria-current=${isHere ? "page" : null}>${icon(face)}${label}${count}</a>`;
  }
}

export class TopBar {
  #signature;

  /** @param {import("./app.js").App} app */
  constructor(app) {
    this.app = app;
    const { words } = app;
    this.opener = html`<button type="button" class="palette-opener" aria-label=${words("desk.palette.label")} aria-keyshortcuts="Control+K" @click=${() => app.openPalette()}>${icon("search")}<span>${words("desk.palette.placeholder")}</span><kbd>${app.commandKey} K</kbd></button>`;
    this.presence = html`<div class="presence-switch"></div>`;
    this.me = html`<button type="button" class="me" aria-haspopup="dialog" @click=${(event) => openAccountMenu(app, event.currentTarget)}></button>`;
    this.node = html`<header class="topbar">${this.opener}<span class="grow spacer"></span>${this.presence}${this.me}</header>`;
  }

  draw() {
    const { desk, words } = this.app;
    const { me } = desk;
    const signature = `${me.presence} ${me.name} ${me.picture}`;
    if (signature === this.#signature) return;
    this.#signature = signature;
    this.me.setAttribute("aria-label", words("desk.account.open", { name: me.fullName || me.name }));
    replace(this.me, avatar(me, { presence: me.presence }));
    this.#drawPresence(me, words);
  }

  #drawPresence({ presence }, words) {
    const hadFocus = this.presence.contains(document.activeElement);
    const choice = (name) => html`<label><input type="radio" name="presence" value=${name} ?checked=${name === presence} @change=${() => this.app.setPresence(name)}>${presenceDot(name)}<span>${words(`desk.presence.${name}`)}</span></label>`;
    replace(this.presence, html`<fieldset class="segmented" data-presence=${presence} aria-label=${words("desk.presence")}>${presences.map(choice)}</fieldset>`);
    if (hadFocus) this.presence.querySelector("input:checked")?.focus();
  }
}
