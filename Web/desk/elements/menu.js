/** A small card beside the button that opens it; Esc or a press elsewhere closes it and the focus goes back. */
import { html } from "../../shared/html.js";
import { icon } from "./icon.js";

/** @param {HTMLElement} opener @param {string} label @param {any} content @returns {HTMLElement} */
export function openMenu(opener, label, content) {
  const node = html`<div class="menu" popover role="dialog" aria-label=${label}>${content}</div>`;
  document.body.append(node);
  node.addEventListener("toggle", ({ newState }) => { if (newState === "closed") closed(node, opener); });
  node.showPopover();
  placeBelow(node, opener);
  opener.setAttribute("aria-expanded", "true");
  (node.querySelector("[autofocus], input:checked") ?? node.querySelector("button, a, input"))?.focus();
  return node;
}

/** @param {string} face @param {string} label @param {() => void} run @param {{ key?: string, name?: string, late?: boolean }} [more] */
export function menuItem(face, label, run, { key, name, late } = {}) {
  return html`<button type="button" class="menu-item ${late ? "late" : ""}" data-action=${name} @click=${(event) => { event.currentTarget.closest("[popover]").hidePopover(); run(); }}>${icon(face)}${label}${key ? html`<kbd class="end wide-only">${key}</kbd>` : ""}</button>`;
}

function closed(node, opener) {
  const hadFocus = node.contains(document.activeElement) || document.activeElement === document.body;
  node.remove();
  opener.removeAttribute("aria-expanded");
  if (hadFocus && opener.isConnected) opener.focus();
}

function placeBelow(node, opener) {
  if (innerWidth <= 760) return;
  const { bottom, right } = opener.getBoundingClientRect();
  node.style.setProperty("inset", `${Math.round(bottom + 6)}px ${Math.round(Math.max(12, innerWidth - right))}px auto auto`);
}
