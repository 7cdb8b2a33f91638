/** One line of the conversation: a day, a message, someone taking over, something that happened. */

import { html, replace } from "../../shared/html.js";
import { clockOf, fileSize, firstLine, fold, linkify, plainName, printable, timeOf } from "../../shared/text.js";
import { whoTakesOver } from "../models/conversation.js";
import { face, nameOf } from "./person.js";

/** @typedef {import("../models/conversation.js").Line} Line */
/** @typedef {{ words: import("../../shared/words.js").Words, retry: (id: string) => void, discard: (id: string) => void }} Context */

const STAGE_ICONS = { sending: "clock", waiting: "clock", sent: "check", delivered: "check", read: "checks", failed: "alert" };

/** @param {Line} line @param {Context} context @returns {Element} */
export function drawLine(line, context) {
  if (line.kind === "day") return html`<p class="day-separator">${line.text}</p>`;
  if (line.kind === "handover") return handover(line.message, context.words);
  if (line.kind === "event") return html`<p class="event-line" data-event=${line.message.event.kind}>${happening(line.message, context.words)}</p>`;
  const node = html`<div></div>`;
  redrawLine(node, line, context);
  return node;
}

/**
 * Keeps the element and what the reader has done to it; draws again only what has changed.
 * @param {HTMLElement} node
 * @param {Line} line
 * @param {Context} context
 */
export function redrawLine(node, line, context) {
  if (line.kind !== "message") return;
  const { message } = line;
  const looks = [message.id, line.stage, line.showsStage, line.item?.problem?.code].join();
  if (/** @type {any} */ (node).moroLooks === looks) return;
  /** @type {any} */ (node).moroLooks = looks;
  node.className = `message${classOf(line)}`;
  Object.assign(node.dataset, { messageId: message.id, author: message.author.kind, state: stateOf(line.stage) });
  if (!node.firstChild) replace(node, line.stage ? [] : authorOf(message, context), bubble(message, context));
  node.querySelector(".message-status")?.remove();
  if (line.stage && line.showsStage) node.append(status(line, context));
}

/**
 * What is said aloud when a message comes.
 * @param {any} message
 * @param {Context["words"]} words
 */
export function spoken(message, words) {
  const name = nameOf(message.author, words);
  if (message.text) return words("widget.talk.said", { name, text: firstLine(message.text, 300) });
  return words("widget.talk.saidFile", { name, file: message.attachments?.[0]?.name ?? "" });
}

/** @param {any} message @param {Context["words"]} words */
export function happening(message, words) {
  const { event, at } = message;
  const person = whoTakesOver(event);
  const clock = clockOf(at, words.language);
  if (event.kind === "closed") return words(event.by?.kind === "contact" ? "widget.event.closedByYou" : "widget.event.closed", { clock });
  if (event.kind === "transferred" && !person) return event.team ? words("widget.event.transferredTeam", { team: plainName(event.team.name) }) : words("widget.event.transferredAway");
  return words(`widget.event.${event.kind}`, { name: nameOf(person ?? event.by, words), clock });
}

/** @param {any} message @param {Context["words"]} words */
function handover(message, words) {
  const person = whoTakesOver(message.event);
  return html`<p class="handover-line" data-event=${message.event.kind}><span>${face(person)}${happening(message, words)}</span></p>`;
}

/** @param {Line} line */
function classOf({ message, stage }) {
  const own = stage ? " own" : message.author.kind === "bot" ? " bot" : "";
  const going = stage === "sending" || stage === "waiting" ? " is-sending" : stage === "failed" ? " is-failed" : "";
  return own + going;
}

/**
 * The stable handle knows five states; waiting for a connection is a kind of sending.
 * @param {string} [stage]
 */
function stateOf(stage) {
  return stage === "waiting" ? "sending" : stage ?? "sent";
}

/** @param {any} message @param {Context} context */
function authorOf({ author, at }, { words }) {
  return [html`<div class="message-author"><b>${nameOf(author, words)}</b> <time datetime=${new Date(at).toISOString()}>${timeOf(at, words.language)}</time></div>`, face(author)];
}

/** @param {any} message @param {Context} context */
function bubble(message, context) {
  const text = printable(message.text ?? "");
  return html`<div class="message-bubble">${text ? written(text, context) : null}${(message.attachments ?? []).map((/** @type {any} */ file) => attachment(file, context))}</div>`;
}

/** @param {string} text @param {Context} context */
function written(text, { words }) {
  const folded = fold(text);
  const paragraph = html`<p class="message-text" dir="auto">${linked(folded ? `${folded.head}…` : text)}</p>`;
  if (!folded) return paragraph;
  const button = html`<button type="button" class="link-button unfold" aria-expanded="false">${words("widget.showAll")}</button>`;
  button.addEventListener("click", () => {
    const isOpen = button.getAttribute("aria-expanded") === "true";
    button.setAttribute("aria-expanded", String(!isOpen));
    button.textContent = words(isOpen ? "widget.showAll" : "widget.showLess");
    replace(paragraph, linked(isOpen ? `${folded.head}…` : text));
  });
  return [paragraph, button];
}

/** @param {string} text */
function linked(text) {
  return linkify(text).map(({ text: shown, href }) => (href ? html`<a href=${href} target="_blank" rel="noopener noreferrer nofollow ugc">${shown}</a>` : shown));
}

/** @param {any} file @param {Context} context */
function attachment(file, { words }) {
  const name = plainName(file.name);
  const size = fileSize(file.size, words.language);
  if (file.width && file.height && /^image\//.test(file.type)) {
    return html`<a class="picture" href=${file.url} target="_blank" rel="noopener"><img src=${file.url} alt=${words("widget.image", { name })} width=${file.width} height=${file.height}></a>`;
  }
  return html`<a class="attachment" href=${file.url} download=${name} aria-label=${words("widget.download", { name, size })}><span class="thumb"><i class="icon i-page" aria-hidden="true"></i></span><span><span dir="auto">${name}</span><small>${size}</small></span></a>`;
}

/** @param {Line} line @param {Context} context */
function status({ stage, message, item }, { words, retry, discard }) {
  const icon = html`<i class="icon s" aria-hidden="true"></i>`;
  icon.classList.add(`i-${STAGE_ICONS[/** @type {keyof typeof STAGE_ICONS} */ (stage)]}`);
  const text = words(`widget.stage.${stage}`);
  if (stage !== "failed") return html`<p class="message-status">${icon}${item ? text : `${text} ${timeOf(message.at, words.language)}`}</p>`;
  const why = item?.problem?.code === "message_too_long" ? words("widget.compose.tooLong") : text;
  return html`<p class="message-status">${icon}<span>${why}</span> <button type="button" class="link-button late" @click=${() => retry(message.id)}>${words("widget.tryAgain")}</button><button type="button" class="link-button late" @click=${() => discard(message.id)}>${words("widget.discard")}</button></p>`;
}
