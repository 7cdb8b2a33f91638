/** One row of the inbox: who, their last line, who has it, how long they have waited. */
import { html, replace } from "../../shared/html.js";
import { firstLine, momentOf } from "../../shared/text.js";
import { waitsForUs } from "../models/inbox.js";
import { addressOf } from "../models/places.js";
import { icon } from "./icon.js";
import { avatar, nameOf } from "./people.js";
import { lasted, when } from "./times.js";

/** @param {import("./app.js").App} app @param {import("../models/types.js").Conversation} conversation */
export function inboxRow(app, conversation) {
  const row = html`<a class="inbox-row" data-conversation-id=${conversation.id}></a>`;
  updateRow(app, row, conversation);
  return row;
}

/** Redraws a row only when what it shows has changed, so that nothing flickers under the pointer. */
export function updateRow(app, row, conversation, { gone = false } = {}) {
  const { place, view } = app;
  row.setAttribute("href", addressOf({ screen: "inbox", conversation: conversation.id, view }));
  row.toggleAttribute("aria-current", false);
  if (place.conversation === conversation.id) row.setAttribute("aria-current", "true");
  row.classList.toggle("unread", conversation.unread > 0);
  row.classList.toggle("gone", gone);
  const shown = facts(app, conversation);
  const signature = JSON.stringify(shown);
  if (row.signature === signature) return;
  row.signature = signature;
  replace(row, ...content(app, conversation, shown));
}

function facts(app, conversation) {
  const { words, desk, drafts } = app;
  return {
    who: nameOf(conversation.contact, words),
    last: lastLine(app, conversation),
    draft: conversation.id !== app.place.conversation && drafts.has(conversation.id),
    wait: waitText(conversation, words),
    owner: owner(conversation, desk, words),
    unread: conversation.unread,
    language: conversation.language,
  };
}

function content({ words, desk }, conversation, shown) {
  const waits = waitsForUs(conversation);
  return [
    avatar(conversation.contact),
    html`<span class="who clip">${shown.who}</span>`,
    shown.unread ? html`<span class="unread-dot"><span class="visually-hidden">${words("desk.row.unread", { count: shown.unread })}</span></span>` : html`<span></span>`,
    html`<span class="last clip" lang=${conversation.language}>${shown.draft ? html`<span class="draft" lang=${words.language}>${words("desk.row.draft")} </span>` : ""}${shown.last}</span>`,
    html`<span class="meta"><span class="wait ${waits ? "" : "calm"}">${icon(waits ? "clock" : conversation.state === "snoozed" ? "moon" : "check", "s")}${waits ? html`<span class="visually-hidden">${words("desk.row.waited")} </span>` : ""}${shown.wait}</span>${
      conversation.language !== desk.me.language ? html`<span class="tag">${conversation.language}</span>` : ""}<span class="owner clip">${
      conversation.agent ? avatar(conversation.agent) : ""}${shown.owner}</span></span>`,
  ];
}

function lastLine({ words, desk }, { last }) {
  if (!last) return "";
  const text = firstLine(last.text) || words("desk.row.attachment");
  if (last.kind === "note") return words("desk.row.note", { text });
  if (last.author.kind !== "agent") return text;
  return last.author.id === desk.me.id ? words("desk.row.mine", { text }) : words("desk.row.colleague", { name: last.author.name ?? "", text });
}

function waitText(conversation, words, now = Date.now()) {
  if (conversation.state === "snoozed") return conversation.until ? when(conversation.until, words, now) : "";
  if (waitsForUs(conversation)) return lasted(now - conversation.owedSince, words);
  return momentOf(conversation.state === "closed" ? conversation.stateAt : conversation.lastAt, words.language, now);
}

function owner({ agent, team }, desk, words) {
  if (agent) return agent.id === desk.me.id ? words("desk.you") : agent.name ?? "";
  return team ? team.name : words("desk.nobody");
}
