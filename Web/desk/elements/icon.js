import { html } from "../../shared/html.js";

/** A drawn mark in the colour of the text. @param {string} name @param {string} [size] "s" for small */
export function icon(name, size = "") {
  return html`<i class="icon ${size} i-${name}" aria-hidden="true"></i>`;
}

/** Moro's own mark. */
export function brandMark() {
  return html`<svg viewBox="0 0 32 32" width="28" height="28" aria-hidden="true"><path d="M8 3.5h16A5.5 5.5 0 0 1 29.5 9v9.5A5.5 5.5 0 0 1 24 24H14.5L8.5 29v-5H8a5.5 5.5 0 0 1-5.5-5.5V9A5.5 5.5 0 0 1 8 3.5z" fill="var(--hilla)"/><path d="M9.5 18.5v-4a3.25 3.25 0 0 1 6.5 0v4-4a3.25 3.25 0 0 1 6.5 0v4" fill="none" stroke="var(--on-hilla)" stroke-width="2.6" stroke-linecap="round" stroke-linejoin="round"/></svg>`;
}

/** A small house with smoke: an empty, calm view. */
export function calmPicture() {
  return html`<svg width="92" height="64" viewBox="0 0 92 64" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" aria-hidden="true"><path d="M4 52h84M12 58h68" opacity=".6"/><path d="M24 52V38l22-15 22 15v14M40 52V42h12v10"/><path d="M60 24v-8" stroke="var(--hilla-line)"/><path d="M60 11c5-3-3-5 2-9" stroke="var(--hilla-line)"/></svg>`;
}
