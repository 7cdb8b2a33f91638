/** The end of a conversation: thanks, how it went, and the door left open. */

import { html, replace } from "../../shared/html.js";
import { nameOf } from "./person.js";

const SCORES = [{ score: 1, word: "bad", icon: "i-frown" }, { score: 2, word: "fine", icon: "i-meh" }, { score: 3, word: "good", icon: "i-smile" }];

/** @typedef {{ words: import("../../shared/words.js").Words, talk: import("../models/conversation.js").Conversation, rate: (score: number, comment: string) => Promise<void>, again: () => void, goOn: () => void }} Ending */

/** @param {Ending} ending @returns {Element} */
export function drawEnding(ending) {
  const { words, talk, again, goOn } = ending;
  const rating = html`<div class="rate"></div>`;
  replace(rating, talk.facts?.rating ? rated(ending, rating) : form(ending, rating));
  return html`<section class="ending"><p>${words("widget.end.thanks")}</p>${rating}
    <div class="ways"><button type="button" class="button wide" @click=${again}>${words("widget.end.again")}</button>
    <button type="button" class="link-button small" @click=${goOn}>${words("widget.end.continue")}</button></div></section>`;
}

/** @param {Ending} ending @param {Element} place */
function form({ words, talk, rate, ...rest }, place) {
  const before = talk.facts?.rating;
  const error = html`<p class="field-error" role="alert" hidden></p>`;
  const send = async (/** @type {Event} */ event) => {
    event.preventDefault();
    const values = new FormData(/** @type {HTMLFormElement} */ (event.target));
    const score = Number(values.get("score"));
    if (!score) return say(error, words("widget.end.choose"));
    try {
      await rate(score, String(values.get("comment") ?? "").trim());
      replace(place, rated({ words, talk, rate, ...rest }, place));
      /** @type {HTMLElement | null} */ (place.querySelector("[tabindex]"))?.focus();
    } catch {
      say(error, words("widget.end.notSaved"));
    }
  };
  return html`<form class="stack" @submit=${send}>
    <fieldset><legend class="title">${words("widget.end.title")}</legend><div class="rating">${SCORES.map(({ score, word, icon }) => html`<label><input type="radio" name="score" value=${score} ?checked=${before?.score === score}><i class="icon ${icon}" aria-hidden="true"></i>${words(`widget.end.${word}`)}</label>`)}</div></fieldset>
    <div class="field"><label for="rate-comment">${words("widget.end.comment")} <span class="quiet">${whoSees(talk, words)}</span></label><textarea class="input" id="rate-comment" name="comment" rows="2" maxlength="4000">${before?.comment ?? ""}</textarea></div>
    ${error}<button class="button is-company wide">${words("widget.end.send")}</button></form>`;
}

/** @param {Ending} ending @param {Element} place */
function rated(ending, place) {
  const { words } = ending;
  return html`<p class="rated" tabindex="-1"><i class="icon i-check" aria-hidden="true"></i> <span>${words("widget.end.rated")}</span> <button type="button" class="link-button small" @click=${() => replace(place, form(ending, place))}>${words("widget.end.change")}</button></p>`;
}

/** @param {import("../models/conversation.js").Conversation} talk @param {Ending["words"]} words */
function whoSees(talk, words) {
  const agent = talk.facts?.agent;
  return agent ? words("widget.end.whoSees", { name: nameOf(agent, words) }) : words("widget.end.teamSees");
}

/** @param {any} place @param {string} text */
function say(place, text) {
  place.textContent = text;
  place.hidden = false;
}
