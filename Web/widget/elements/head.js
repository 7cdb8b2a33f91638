/** The panel's head: who is here, told before anything else; the menu; the way out. */

import { html, replace } from "../../shared/html.js";
import { clockOf } from "../../shared/text.js";
import { face, faces, nameOf, whoIsHere } from "./person.js";

/** @typedef {import("../../shared/words.js").Words} Words */
/** @typedef {{ words: Words, visit: import("../models/visit.js").Visit, screen: string, greeting: string, leave: null | "minimise" | "back", onLeave: () => void, onBack: () => void, menu: { label: string, run: () => void }[] }} Head */

/** @param {Head} head @returns {Element} */
export function drawHead(head) {
  const isHome = head.screen === "home";
  const content = isHome ? homeTitle(head) : head.screen === "history" ? html`<div class="grow"><h1 class="name">${head.words("widget.history")}</h1></div>` : talkTitle(head);
  return html`<header class="panel-head ${isHome ? "brand" : ""}">${head.leave === "back" ? leaveButton(head) : null}${head.screen === "history" ? backButton(head) : null}${content}${menuOf(head)}${head.leave === "minimise" ? leaveButton(head) : null}</header>`;
}

/** @param {Head} head */
function homeTitle({ words, visit, greeting }) {
  return html`<div class="grow"><h1 class="display">${greeting}</h1><small>${words("widget.service", { site: visit.facts?.site?.name ?? "" })}</small></div>`;
}

/** @param {Head} head */
function talkTitle({ words, visit }) {
  const site = visit.facts?.site?.name ?? "";
  const talk = visit.viewed;
  const { agent, stateAt } = talk.facts ?? {};
  if (talk.isClosed) return titled(agent ? face(agent) : null, agent ? nameOf(agent, words) : site, words("widget.end.at", { clock: clockOf(stateAt ?? Date.now(), words.language) }));
  const { agents } = visit.availability;
  if (agent) return agentTitle(agent, agents, site, words);
  if (!agents.length) return titled(null, site, [dot("away"), words("widget.nobody")]);
  return titled(faces(agents), site, whoIsHere(agents, words));
}

/**
 * A face only for someone who is here.
 * @param {any} agent
 * @param {any[]} present
 * @param {string} site
 * @param {Words} words
 */
function agentTitle(agent, present, site, words) {
  const isHere = present.some(one => one.name === agent.name && (one.picture ?? null) === (agent.picture ?? null));
  if (isHere) return titled(face(agent), nameOf(agent, words), [dot("here"), words("widget.agent.here", { site })]);
  return titled(null, site, [dot("away"), words("widget.agent.away", { name: nameOf(agent, words) })]);
}

/** @param {any} picture @param {string} title @param {any} line */
function titled(picture, title, line) {
  return [picture, html`<div class="grow"><h1 class="name">${title}</h1><small>${line}</small></div>`];
}

/** @param {string} state */
function dot(state) {
  return html`<span class="presence-dot" data-state=${state} aria-hidden="true"></span>`;
}

/** @param {Head} head */
function leaveButton({ words, leave, onLeave }) {
  const label = words(leave === "back" ? "widget.backToPage" : "widget.minimise");
  return html`<button type="button" class="icon-button leave" aria-label=${label} @click=${onLeave}><i class="icon ${leave === "back" ? "i-back" : "i-minus"}" aria-hidden="true"></i></button>`;
}

/** @param {Head} head */
function backButton({ words, onBack }) {
  return html`<button type="button" class="icon-button" aria-label=${words("widget.back")} @click=${onBack}><i class="icon i-back" aria-hidden="true"></i></button>`;
}

/** @param {Head} head */
function menuOf({ words, menu }) {
  if (!menu.length) return null;
  const list = html`<div class="menu" role="menu" aria-label=${words("widget.menu")} hidden></div>`;
  const opener = html`<button type="button" class="icon-button" aria-label=${words("widget.menu")} aria-haspopup="menu" aria-expanded="false"><i class="icon i-more" aria-hidden="true"></i></button>`;
  const close = () => { list.hidden = true; opener.setAttribute("aria-expanded", "false"); };
  replace(list, menu.map(({ label, run }) => html`<button type="button" role="menuitem" tabindex="-1" @click=${() => { close(); opener.focus(); run(); }}>${label}</button>`));
  opener.addEventListener("click", () => {
    list.hidden = !list.hidden;
    opener.setAttribute("aria-expanded", String(!list.hidden));
    if (!list.hidden) list.firstElementChild?.focus();
  });
  const box = html`<div class="menu-box">${opener}${list}</div>`;
  box.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => menuKey(event, list, () => { close(); opener.focus(); }));
  box.addEventListener("focusout", (/** @type {FocusEvent} */ event) => { if (!box.contains(event.relatedTarget)) close(); });
  return box;
}

/** @param {KeyboardEvent} event @param {HTMLElement} list @param {() => void} close */
function menuKey(event, list, close) {
  if (list.hidden) return;
  const items = /** @type {HTMLElement[]} */ ([...list.children]);
  const at = items.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  if (event.key === "Escape") {
    event.stopPropagation();
    close();
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    items[(at + (event.key === "ArrowDown" ? 1 : items.length - 1)) % items.length].focus();
  }
}
