/** The lines of a conversation: messages, notes, joinings and other events, days. Everything said is text, never markup. */
import { html } from "../../shared/html.js";
import { clockOf, fileSize, fold, linkify, plainName, printable, timeOf } from "../../shared/text.js";
import { pieces as mentionPieces } from "../models/mentions.js";
import { icon } from "./icon.js";
import { avatar, firstNameOf, nameOf } from "./people.js";
import { day, when } from "./times.js";

/** @param {import("./app.js").App} app @param {any} line @param {import("../models/types.js").Contact} contact */
export function lineNode(app, line, contact) {
  switch (line.type) {
    case "day": return html`<p class="day-separator">${day(line.at, app.words)}</p>`;
    case "handover": return handover(app, line.message);
    case "event": return eventLine(app, line.message, contact);
    case "note": return note(app, line);
    default: return message(app, line, contact);
  }
}

/** What of a line can change while it stands. */
export function signatureOf(line, isConnected) {
  return `${line.state} ${line.opens} ${line.closes} ${line.message?.id} ${line.problem?.code ?? ""} ${line.state === "sending" && isConnected}`;
}

/** Changes only the marks around what was said: the words stay, so they aren't spoken twice and a text unfolded stays so. */
export function updateLine(app, node, line) {
  if (line.type === "note") return node.replaceWith(Object.assign(note(app, line), { moroKey: node.moroKey }));
  if (line.type !== "message") return;
  node.className = classesOf(line);
  node.dataset.messageId = line.message.id;
  node.dataset.state = line.state;
  node.querySelector(":scope > .message-status")?.remove();
  if (line.own && line.closes) node.append(status(app, line));
  const heading = node.querySelector(":scope > .message-author");
  if (!line.own && heading) heading.hidden = !line.opens;
  const face = node.querySelector(":scope > .avatar");
  if (face) face.classList.toggle("unseen", !line.closes);
}

function message(app, line, contact) {
  const { own, state, opens, closes } = line;
  const { author } = line.message;
  return html`
    <div class=${classesOf(line)} data-message-id=${line.message.id} data-author=${author.kind} data-state=${state}>
      ${!own ? html`<div class="message-author" ?hidden=${!opens}><b>${firstNameOf(contact, app.words)}</b> ${timeOf(line.at, app.words.language)}</div>` : ""}
      ${own && opens && author.kind === "bot" ? html`<div class="message-author"><b>${app.words("desk.bot")}</b></div>` : ""}
      ${!own ? face(contact, closes) : ""}
      ${bubbles(app, line.message)}
      ${own && closes ? status(app, line) : ""}
    </div>`;
}

function classesOf({ own, state, opens, message: { author } }) {
  const classes = ["message", own && "own", author.kind === "bot" && "bot", opens && "opens", state === "sending" && "is-sending", state === "failed" && "is-failed"];
  return classes.filter(Boolean).join(" ");
}

function face(contact, isShown) {
  const node = avatar(contact);
  node.classList.toggle("unseen", !isShown);
  return node;
}

function bubbles(app, { text, attachments = [], conversation }) {
  return [text ? html`<div class="message-bubble">${foldable(app, text)}</div>` : "", attachments.map((attachment) => attachmentNode(app, attachment, conversation))];
}

function foldable(app, said) {
  const text = printable(said);
  const folded = fold(text);
  if (!folded) return linked(text);
  const open = html`<button type="button" class="link-button fold" @click=${(event) => event.target.replaceWith(...[linked(folded.rest)].flat())}>${app.words("desk.message.unfold")}</button>`;
  return [linked(folded.head), open];
}

/** Links in a text; `noreferrer`, so that a stranger's page isn't told where the desk lives. */
function linked(text) {
  return linkify(text).map(({ text: piece, href }) => (href ? html`<a href=${href} target="_blank" rel="noopener noreferrer nofollow">${piece}</a>` : piece));
}

function attachmentNode({ words }, attachment) {
  const name = plainName(attachment.name);
  if (attachment.type.startsWith("image/") && attachment.width) {
    const image = html`<img src=${attachment.url} alt=${words("desk.message.picture", { name })} width=${attachment.width} height=${attachment.height} loading="lazy">`;
    return html`<a class="message-bubble picture" href=${attachment.url} target="_blank" rel="noopener">${image}</a>`;
  }
  return html`<a class="message-bubble attachment" href=${attachment.url} download=${name}><span class="thumb">${icon("page")}</span><span class="grow"><b>${name}</b><small>${fileSize(attachment.size, words.language)}</small></span></a>`;
}

function status(app, line) {
  const { words } = app;
  if (line.state === "failed") return failure(app, line);
  if (line.state === "sending") return html`<p class="message-status" aria-live="off">${icon("clock", "s")}${app.isConnected ? words("desk.message.sending") : words("desk.message.waiting")}</p>`;
  const by = line.mine ? words("desk.you") : line.message.author.kind === "agent" ? plainName(line.message.author.name ?? "") : "";
  const mark = { sent: "check", delivered: "checks", read: "checks" }[line.state];
  return html`<p class="message-status" aria-live="off">${by} ${timeOf(line.at, words.language)} ${icon(mark, "s")} ${words(`desk.message.${line.state}`)}</p>`;
}

function failure(app, { message: { clientId }, problem }) {
  const { words } = app;
  return html`<p class="message-status" role="alert">${icon("alert", "s")}${app.explain(problem)}
    <button type="button" class="link-button" @click=${() => app.outbox.retry(clientId)}>${words("desk.message.retry")}</button>
    <button type="button" class="link-button" @click=${() => app.takeBack(clientId)}>${words("desk.message.takeBack")}</button></p>`;
}

function note(app, line) {
  const { words, desk } = app;
  const { message: said, state } = line;
  const by = line.mine ? words("desk.you") : plainName(said.author.name ?? "");
  return html`
    <div class="internal-note ${state === "sending" ? "is-sending" : ""} opens" data-message-id=${said.id} data-author=${said.author.kind} data-state=${state} data-kind="note">
      <header>${icon("lock", "s")}${words("desk.note.heading", { name: by, time: timeOf(line.at, words.language) })}</header>
      <p>${mentionPieces(printable(said.text), [...desk.agents.values()]).map(({ text, mention }) => (mention ? html`<span class="mention">${mention}</span>` : linked(text)))}</p>
      ${(said.attachments ?? []).map((attachment) => attachmentNode(app, attachment))}
      ${state === "failed" ? failure(app, line) : ""}
    </div>`;
}

function handover({ words }, said) {
  const agent = said.event.agent ?? said.author;
  return html`<p class="handover-line" data-message-id=${said.id} data-author="system" data-state="sent"><span>${avatar(agent)}${words("desk.event.joined", { name: plainName(agent.name ?? "") })} <time>${clockOf(said.at, words.language)}</time></span></p>`;
}

function eventLine(app, said, contact) {
  const text = happening(app, said, contact);
  return html`<p class="event-line" data-message-id=${said.id} data-author="system" data-state="sent"><span>${text}</span> <span>${timeOf(said.at, app.words.language)}</span></p>`;
}

function happening({ words }, { event, author }, contact) {
  const people = {
    by: actor(event.by ?? event.agent ?? author, contact, words),
    name: actor(event.agent ?? event.by ?? author, contact, words),
    to: plainName(event.to?.name ?? event.team?.name ?? ""),
  };
  switch (event.kind) {
    case "transferred": case "assigned": return words(people.to ? `desk.event.${event.kind}` : "desk.event.released", people);
    case "snoozed": return words("desk.event.snoozed", { ...people, until: event.until ? when(event.until, words) : "" });
    case "rated": return rated(event, words, people);
    default: return words.has(`desk.event.${event.kind}`) ? words(`desk.event.${event.kind}`, people) : words("desk.event.other");
  }
}

function rated({ score, comment }, words, people) {
  const rating = words(`desk.rating.${score}`);
  return comment ? words("desk.event.ratedWith", { ...people, rating, comment: plainName(comment) }) : words("desk.event.rated", { ...people, rating });
}

function actor(author, contact, words) {
  if (author?.kind === "contact") return nameOf(contact, words);
  if (author?.kind === "agent") return plainName(author.name ?? "");
  return author?.kind === "bot" ? words("desk.bot") : "Moro";
}
