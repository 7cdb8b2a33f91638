/** A handful of faces and signs that fit customer service. */
import { html } from "../../shared/html.js";

const offered = ["😊", "🙂", "😄", "😉", "😅", "🤔", "😕", "😢", "🙏", "👍", "👌", "👏", "💪", "👋", "🤝", "❤️", "🎉", "✨", "☀️", "🔥", "🌲", "☕", "🎁", "📦", "🚚", "📞", "📧", "📷", "🔗", "✅", "❗", "❓"];
const columns = 8;

export class EmojiPicker {
  /** @param {import("./app.js").App} app @param {{ choose: (emoji: string) => void, close: () => void }} options */
  constructor(app, { choose, close }) {
    this.close = close;
    this.grid = html`<div class="emoji-grid" role="group" aria-label=${app.words("desk.composer.emoji")} @keydown=${(event) => this.#key(event)}>${offered.map((emoji, index) => html`<button type="button" tabindex=${index ? -1 : 0} @click=${() => choose(emoji)}>${emoji}</button>`)}</div>`;
    this.node = html`<div class="picker narrow">${this.grid}</div>`;
  }

  focus() {
    this.grid.firstElementChild.focus();
  }

  #key(event) {
    if (event.key === "Escape") { event.stopPropagation(); return this.close(); }
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns }[event.key];
    if (!step) return undefined;
    event.preventDefault();
    const all = [...this.grid.children];
    const next = all[all.indexOf(document.activeElement) + step];
    next?.focus();
    return undefined;
  }
}
