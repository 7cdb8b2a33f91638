/** The keys: which part of the desk has the focus, what a key asks for. */
import { neighbour } from "../models/inbox.js";
import { actionOf } from "../models/keys.js";
import { showKeySheet } from "./key-sheet.js";

export class Keyboard {
  /** @param {import("./app.js").App} app */
  constructor(app) {
    this.app = app;
    addEventListener("keydown", (event) => this.#key(event));
  }

  #key(event) {
    // Until the next frame the focus is still in the box of a dialog that has just closed.
    const isLeft = Boolean(event.target.closest?.("dialog:not([open])"));
    const inText = !isLeft && Boolean(event.target.closest?.("input:not([type=radio]):not([type=checkbox]):not([type=color]), textarea, select, [contenteditable]"));
    const name = actionOf(event, { inText, singleKeys: this.app.preferences.get("singleKeys") });
    if (!name || event.defaultPrevented || (document.querySelector("dialog[open], [popover]:popover-open") && name !== "palette")) return;
    if (this.#obey(name) !== false) event.preventDefault();
  }

  #obey(name) {
    switch (name) {
      case "palette": return this.app.openPalette();
      case "keySheet": return void showKeySheet(this.app);
      case "undo": return this.app.toasts.undoLast();
      case "nextPane": return this.#movePane(1);
      case "previousPane": return this.#movePane(-1);
      case "next": return this.#step(1);
      case "previous": return this.#step(-1);
    }
    if (this.app.place.screen !== "inbox" || !this.app.place.conversation) return false;
    return void this.app.act(name);
  }

  #step(by) {
    const id = neighbour(this.app.inbox.places, this.app.place.conversation, by);
    if (!id) return;
    this.app.go({ screen: "inbox", conversation: id });
    setTimeout(() => this.app.inbox.reveal(id));
  }

  #movePane(by) {
    const panes = [this.app.rail.node.querySelector("a[aria-current]"), this.app.topBar.opener, this.app.inbox.node, this.app.talk?.log.body, this.app.talk?.composer.text, this.app.customer.node].filter((node) => node?.isConnected && node.checkVisibility());
    const exactly = panes.indexOf(document.activeElement);
    const here = exactly >= 0 ? exactly : panes.findLastIndex((node) => node.closest("nav, header, section, aside, .composer")?.contains(document.activeElement));
    const next = panes[(here + by + panes.length) % panes.length];
    (next === this.app.inbox.node ? next.querySelector("[aria-current]") ?? next : next).focus();
  }
}
