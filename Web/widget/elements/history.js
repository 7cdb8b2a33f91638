/** Earlier conversations of the same visitor. */

import { html, replace } from "../../shared/html.js";
import { firstLine, momentOf } from "../../shared/text.js";
import { face, nameOf } from "./person.js";

/** @typedef {import("../../shared/words.js").Words} Words */

/** @param {any} conversation @param {Words} words @param {(id: string) => void} open */
export function historyRow({ id, state, agent, last, lastAt, unread }, words, open) {
  const who = last?.author?.kind === "contact" ? words("widget.you") : last ? nameOf(last.author, words) : "";
  return html`<li><button type="button" class="history-row" data-conversation-id=${id} @click=${() => open(id)}>
    ${agent ? face(agent) : html`<span class="avatar" aria-hidden="true"><i class="icon i-chat"></i></span>`}
    <span class="grow"><span class="row"><b class="clip grow">${agent ? nameOf(agent, words) : words("widget.talk.label")}</b><time class="small quiet">${momentOf(lastAt, words.language)}</time></span>
    <span class="small soft clip last" dir="auto">${last?.text ? `${who}: ${firstLine(last.text)}` : words(state === "closed" ? "widget.history.closed" : "widget.history.open")}</span></span>
    ${unread ? html`<span class="badge">${unread}</span>` : null}</button></li>`;
}

/** @param {{ words: Words, load: (after?: string) => Promise<any>, open: (id: string) => void }} options @returns {Element} */
export function drawHistory({ words, load, open }) {
  const list = html`<ul class="history-list"></ul>`;
  const more = html`<button type="button" class="button s" hidden>${words("widget.history.more")}</button>`;
  const body = html`<div class="panel-body history" tabindex="-1" aria-busy="true"><p class="quiet small">${words("widget.loading")}</p></div>`;
  const show = async (/** @type {string | undefined} */ after) => {
    const { conversations, next } = await load(after);
    list.append(...conversations.map((/** @type {any} */ conversation) => historyRow(conversation, words, open)));
    more.hidden = !next;
    more.onclick = () => void show(next);
    replace(body, list.children.length ? [list, more] : html`<p class="quiet">${words("widget.history.none")}</p>`);
    body.removeAttribute("aria-busy");
  };
  show(undefined).catch(() => replace(body, html`<button type="button" class="button" @click=${() => void show(undefined)}>${words("widget.tryAgain")}</button>`));
  return body;
}
