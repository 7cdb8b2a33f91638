/** Short words at the edge: what was done, with a way back for eight seconds; new work; a plain word. */
import { html, replace } from "../../shared/html.js";
import { icon } from "./icon.js";

const undoFor = 8000;
const tellFor = 6000;
const workFor = 12_000;

export class Toasts {
  #undo;

  /** @param {import("./app.js").App} app */
  constructor(app) {
    this.app = app;
    this.node = html`<div class="toasts" role="status" aria-live="polite"></div>`;
  }

  /** A word about what happened. @param {string} text */
  tell(text) {
    this.#show(html`<div class="undo-toast toast-arrives"><span class="grow">${text}</span></div>`, tellFor);
  }

  /** What was done, and the way back. @param {string} text @param {() => Promise<void>} undo */
  offerUndo(text, undo) {
    const { words, commandKey } = this.app;
    this.#undo?.leave();
    const button = html`<button type="button" class="button s">${words("desk.undo")} <kbd>${commandKey} Z</kbd></button>`;
    const toast = html`<div class="undo-toast toast-arrives"><span class="grow">${text}</span>${button}</div>`;
    const leave = this.#show(toast, undoFor);
    this.#undo = { leave, run: () => { leave(); this.#undo = undefined; this.app.attempt(undo); } };
    button.addEventListener("click", this.#undo.run);
  }

  /** Takes back the last thing done, if it still can be. */
  undoLast() {
    this.#undo?.run();
  }

  /** New work, with a button to take it. @param {{ title: string, text: string, label: string, key?: string, run: () => void }} work */
  work({ title, text, label, key, run }) {
    const button = html`<button type="button" class="button s is-primary">${label}${key ? [" ", html`<kbd>${key}</kbd>`] : ""}</button>`;
    const toast = html`<div class="toast toast-arrives">${icon("chat")}<div class="grow"><b>${title}</b><p class="small soft">${text}</p></div>${button}</div>`;
    const leave = this.#show(toast, workFor);
    button.addEventListener("click", () => { leave(); run(); });
  }

  /** The clock stops while the toast is pointed at or has the focus. */
  #show(toast, time) {
    let timer;
    const leave = () => { clearTimeout(timer); toast.remove(); if (this.#undo?.leave === leave) this.#undo = undefined; };
    const start = () => { timer = setTimeout(leave, time); };
    const stop = () => clearTimeout(timer);
    for (const [type, run] of [["pointerenter", stop], ["focusin", stop], ["pointerleave", start], ["focusout", start]]) toast.addEventListener(type, run);
    if (this.node.children.length > 2) this.node.firstElementChild.remove();
    this.node.append(toast);
    start();
    return leave;
  }

  clear() {
    replace(this.node);
  }
}
