/** A small board of emoji: arrow keys move, Enter chooses, Esc closes. */

import { html } from "../../shared/html.js";

const EMOJI = [..."😀😄😅😂🙂😉😊😍🤩😎🤔🙄😬😌😴😢😭😮😡🤯🥳🤗🙏👍👎👌👏🙌💪🤝👋🤞❤💚💙💛🔥✨🎉⭐✅❌❓❗📦🚚📷🎁🛒🧖💧🌲☀❄☕"].map(sign => (/[❤☀❄☕⭐✨]/u.test(sign) ? `${sign}\ufe0f` : sign));
const COLUMNS = 8;

/** @param {{ label: string, choose: (emoji: string) => void, close: () => void }} options */
export function emojiBoard({ label, choose, close }) {
  const board = html`<div class="emoji-board" role="group" aria-label=${label}>${EMOJI.map((emoji, n) => html`<button type="button" tabindex=${n ? -1 : 0} @click=${() => choose(emoji)}>${emoji}</button>`)}</div>`;
  board.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    if (event.key === "Escape") {
      event.stopPropagation();
      close();
    } else move(board, event);
  });
  return board;
}

/** @param {HTMLElement} board @param {KeyboardEvent} event */
function move(board, event) {
  const steps = /** @type {Record<string, number>} */ ({ ArrowRight: 1, ArrowLeft: -1, ArrowDown: COLUMNS, ArrowUp: -COLUMNS, Home: -EMOJI.length, End: EMOJI.length });
  const step = steps[event.key];
  if (!step) return;
  event.preventDefault();
  const buttons = /** @type {HTMLButtonElement[]} */ ([...board.children]);
  const at = buttons.indexOf(/** @type {HTMLButtonElement} */ (document.activeElement));
  const next = buttons[Math.max(0, Math.min(buttons.length - 1, at + step))];
  buttons[at].tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
}
