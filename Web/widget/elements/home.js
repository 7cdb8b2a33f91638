/** What the panel opens to when there is nothing to continue: who is here, a way to ask, what was said before. */

import { html } from "../../shared/html.js";
import { linkify } from "../../shared/text.js";
import { faces, whoIsHere } from "./person.js";
import { historyRow } from "./history.js";

/** @typedef {{ words: import("../../shared/words.js").Words, visit: import("../models/visit.js").Visit, earlier: any[], privacy: string, start: () => void, continues: () => void, openHistory: () => void, open: (id: string) => void }} Home */

/** @param {Home} home @returns {Element} */
export function drawHome(home) {
  return html`<div class="panel-body home" tabindex="-1">${askCard(home)}${earlierCard(home)}${privacyLine(home.privacy)}</div>`;
}

/** @param {Home} home */
function askCard({ words, visit, start, continues }) {
  const { agents } = visit.availability;
  const isGoingOn = visit.hasConversation && !visit.current.isClosed;
  const label = words(isGoingOn ? "widget.home.continue" : agents.length ? "widget.home.start" : "widget.home.leave");
  const button = html`<button type="button" class="button is-company wide start" @click=${isGoingOn ? continues : start}>${label}${badge(visit.unread)}</button>`;
  if (!agents.length) return html`<section class="card stack ask"><p>${words("widget.home.nobody")}</p>${button}</section>`;
  return html`<section class="card hilla stack ask"><div class="row">${faces(agents, "l")}<div><b>${words("widget.home.ask")}</b><p class="small soft">${whoIsHere(agents, words)}</p></div></div>${button}</section>`;
}

/** @param {number} count */
function badge(count) {
  return count ? html`<span class="badge">${count}</span>` : null;
}

/** @param {Home} home */
function earlierCard({ words, earlier, open, openHistory }) {
  if (!earlier.length) return null;
  return html`<section class="card earlier" aria-label=${words("widget.home.earlier")}><h2>${words("widget.home.earlier")}</h2><ul class="history-list">${earlier.slice(0, 3).map(conversation => historyRow(conversation, words, open))}</ul>${earlier.length > 3 ? html`<button type="button" class="link-button small" @click=${openHistory}>${words("widget.home.showAll")}</button>` : null}</section>`;
}

/** @param {string} text */
function privacyLine(text) {
  if (!text) return null;
  return html`<p class="small quiet privacy">${linkify(text).map(piece => (piece.href ? html`<a href=${piece.href} target="_blank" rel="noopener">${piece.text}</a>` : piece.text))}</p>`;
}
