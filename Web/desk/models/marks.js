/** How far each side has got. News can overtake the answer to our own request, so marks only ever grow. */

/** @typedef {import("./types.js").Mark} Mark */

/** @param {{ contact?: Mark, agent?: Mark } | undefined} before @param {{ contact?: Mark, agent?: Mark } | undefined} now */
export function furthest(before, now) {
  if (!before || !now) return now ?? before;
  return { contact: further(before.contact, now.contact), agent: further(before.agent, now.agent) };
}

/** @param {Mark | undefined} one @param {Mark | undefined} other @returns {Mark} */
function further(one, other) {
  return { delivered: Math.max(one?.delivered ?? 0, other?.delivered ?? 0), read: Math.max(one?.read ?? 0, other?.read ?? 0) };
}
