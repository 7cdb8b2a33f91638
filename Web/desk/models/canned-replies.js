/** Ready answers: finding one by what was typed, choosing its language, filling in who and where. */

/** @typedef {import("./types.js").CannedReply} CannedReply */
/** @typedef {{ customer?: string, me?: string, company?: string, page?: string }} Known */

/** Each variable under the names it has in every language. */
export const variables = {
  firstName: ["etunimi", "förnamn", "first name"],
  name: ["nimi", "namn", "name"],
  myName: ["oma nimi", "mitt namn", "my name"],
  company: ["yritys", "företag", "company"],
  page: ["sivu", "sida", "page"],
};

/** What is typed after the slash at the start of the text, or undefined. @param {string} text @param {number} caret */
export function slashQuery(text, caret) {
  const match = /^\/([^\s/]*)$/u.exec(text.slice(0, caret));
  return match && text.length === caret ? match[1] : undefined;
}

/**
 * Replies that fit a query, best first: shortcut begins, shortcut or title holds it, text holds it.
 * @param {CannedReply[]} replies @param {string} query @param {string} language
 */
export function find(replies, query, language) {
  const wanted = folded(query);
  return replies
    .map((reply) => ({ reply, score: score(reply, wanted, language) }))
    .filter(({ score }) => score > 0)
    .sort((one, other) => other.score - one.score || one.reply.title.localeCompare(other.reply.title))
    .map(({ reply }) => reply);
}

/** The reply's text in the conversation's language, or the nearest there is. @param {CannedReply} reply @param {string} language */
export function textIn(reply, language) {
  return reply.texts[language] || reply.texts.fi || Object.values(reply.texts).find(Boolean) || "";
}

/** Whether the reply has its own text in a language. @param {CannedReply} reply @param {string} language */
export function speaks(reply, language) {
  return Boolean(reply.texts[language]);
}

/**
 * A text with its variables filled. A name nobody has given vanishes with the space or comma before it: "Moro {{etunimi}}!" is "Moro!".
 * @param {string} text @param {Known} known
 */
export function fill(text, known) {
  const values = valuesOf(known);
  return text.replace(/(,?[ \t]*)\{\{\s*([^{}]+?)\s*\}\}/gu, (whole, before, name) => {
    const variable = variableNamed(name);
    if (!variable) return whole;
    const value = values[variable];
    return value ? before + value : "";
  });
}

/** Pieces of a text for showing: plain text and variables. @param {string} text */
export function pieces(text) {
  return text.split(/(\{\{[^{}]+\}\})/u).filter(Boolean).map((piece) => {
    const name = /^\{\{\s*(.+?)\s*\}\}$/u.exec(piece)?.[1];
    return name ? { variable: name, known: Boolean(variableNamed(name)) } : { text: piece };
  });
}

/** @param {Known} known */
function valuesOf({ customer, me, company, page }) {
  return { firstName: customer?.trim().split(/\s+/u)[0], name: customer?.trim(), myName: me, company, page };
}

function variableNamed(name) {
  const wanted = folded(name.replace(/\s+/gu, " "));
  return Object.keys(variables).find((key) => variables[key].some((one) => folded(one) === wanted));
}

function score(reply, wanted, language) {
  const shortcut = folded(reply.shortcut.replace(/^\//u, ""));
  if (!wanted) return 1;
  if (shortcut.startsWith(wanted)) return 4;
  if (shortcut.includes(wanted) || folded(reply.title).includes(wanted)) return 3;
  return folded(textIn(reply, language)).includes(wanted) ? 2 : 0;
}

function folded(text) {
  return text.normalize("NFC").toLocaleLowerCase("fi");
}
