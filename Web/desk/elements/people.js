/** People as shown: round pictures, initials, presence, names. */
import { html } from "../../shared/html.js";
import { initials, plainName } from "../../shared/text.js";
import { toWhom } from "../../shared/finnish.js";
import { icon } from "./icon.js";

/** A person's round picture, or initials. @param {{ name?: string, picture?: string }} [person] @param {{ size?: string, presence?: string }} [options] */
export function avatar(person = {}, { size = "", presence } = {}) {
  const node = html`<span class="avatar ${size}" aria-hidden="true">${person.picture ? "" : initials(person.name ?? "") || icon("user", "s")}${presence ? presenceDot(presence) : ""}</span>`;
  if (person.picture) node.style.backgroundImage = `url(${JSON.stringify(encodeURI(person.picture))})`;
  return node;
}

/** Full here, half on a break, hollow away. @param {string} presence */
export function presenceDot(presence) {
  return html`<span class="presence-dot" data-state=${presence} aria-hidden="true"></span>`;
}

/** What to call a customer. @param {{ name?: string, email?: string }} contact @param {import("../../shared/words.js").Words} words */
export function nameOf(contact, words) {
  return plainName(contact?.name ?? "") || contact?.email || words("desk.visitor");
}

/** The first name of a customer, or a word for one. @param {{ name?: string }} contact @param {import("../../shared/words.js").Words} words */
export function firstNameOf(contact, words) {
  return plainName(contact?.name ?? "").split(" ")[0] || words("desk.visitor");
}

/** A name as the one spoken to: "Liisalle" in Finnish, as it is elsewhere. @param {string} name @param {import("../../shared/words.js").Words} words */
export function nameTo(name, words) {
  return words.language === "fi" ? toWhom(name) : name;
}
