/** Faces and names: a person is round, the bot is square, and a name is always beside the picture. */

import { html } from "../../shared/html.js";
import { initials, plainName } from "../../shared/text.js";

/** @param {any} author @param {import("../../shared/words.js").Words} words */
export function nameOf(author, words) {
  if (author?.kind === "bot") return words("widget.bot");
  return plainName(author?.name ?? "") || words("widget.someone");
}

/** @param {any} author @param {string} [size] "s" | "l" */
export function face(author, size = "") {
  if (author?.kind === "bot") return html`<span class="avatar bot ${size}" aria-hidden="true"><i class="icon i-bot"></i></span>`;
  const avatar = html`<span class="avatar ${size}" aria-hidden="true">${initials(author?.name ?? "")}</span>`;
  if (author?.picture) avatar.style.backgroundImage = `url("${CSS.escape(author.picture).replace(/\\(.)/g, "$1").replace(/["\\\n]/g, "")}")`;
  if (author?.picture) avatar.textContent = "";
  return avatar;
}

/**
 * At most three faces: more is a crowd.
 * @param {any[]} people
 * @param {string} [size]
 */
export function faces(people, size) {
  return html`<span class="avatar-row">${people.slice(0, 3).map(person => face(person, size))}</span>`;
}

/** @param {any[]} people @param {import("../../shared/words.js").Words} words @param {string} key */
export function whoIsHere(people, words, key = "widget.here") {
  const names = people.slice(0, 2).map(person => nameOf(person, words));
  const others = people.length - names.length;
  if (others === 1) names.push(nameOf(people[2], words));
  else if (others > 1) names.push(words("widget.others", { count: others }));
  return words(key, { count: people.length, names: words.list(names) });
}
