/** Naming a colleague in a note: what is being typed, who fits, who was meant. */

/** @typedef {import("./types.js").Agent} Agent */

/** The name being typed after @ before the caret, with its start, or undefined. @param {string} text @param {number} caret */
export function mentionAt(text, caret) {
  const match = /(?:^|\s)@([\p{L}\p{M}-]*)$/u.exec(text.slice(0, caret));
  return match ? { query: match[1], start: caret - match[1].length - 1 } : undefined;
}

/** Colleagues whose name begins so. @param {Agent[]} agents @param {string} query @param {string} me */
export function candidates(agents, query, me) {
  const wanted = query.toLocaleLowerCase("fi");
  return agents.filter((agent) => agent.active && agent.id !== me && startsWith(agent, wanted));
}

/** The text with the half-typed name completed, and where the caret goes. @param {string} text @param {number} caret @param {Agent} agent */
export function complete(text, caret, agent) {
  const { start } = mentionAt(text, caret) ?? { start: caret };
  const name = `@${agent.name} `;
  return { text: text.slice(0, start) + name + text.slice(caret).replace(/^ /u, ""), caret: start + name.length };
}

/** Ids of those named in a text. @param {string} text @param {Agent[]} agents */
export function mentioned(text, agents) {
  return agents.filter((agent) => agent.active && names(text, agent.name)).map((agent) => agent.id);
}

/** The text in pieces: plain and mentions of known colleagues. @param {string} text @param {Agent[]} agents */
export function pieces(text, agents) {
  const known = agents.map((agent) => agent.name).sort((one, other) => other.length - one.length).map(escaped);
  if (!known.length) return [{ text }];
  return text.split(new RegExp(`(?<![\\p{L}\\p{N}])(@(?:${known.join("|")}))(?![\\p{L}\\p{N}])`, "u")).filter(Boolean)
    .map((piece) => (piece.startsWith("@") && known.includes(escaped(piece.slice(1))) ? { mention: piece } : { text: piece }));
}

function startsWith(agent, wanted) {
  return [agent.name, ...agent.fullName.split(" ")].some((name) => name.toLocaleLowerCase("fi").startsWith(wanted));
}

function names(text, name) {
  return new RegExp(`(?<![\\p{L}\\p{N}])@${escaped(name)}(?![\\p{L}\\p{N}])`, "u").test(text);
}

function escaped(name) {
  return name.replace(/[.*+?^${}()|[\]\\]/gu, "\\$&");
}
