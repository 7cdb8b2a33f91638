/** What the command palette offers: commands by name, then what the search found; and where the selection is. */

/** @typedef {{ id: string, title: string, icon: string, key?: string, also?: string, run: () => void }} Command */

/** Commands whose name holds every word typed; all of them when nothing is typed. @param {Command[]} commands @param {string} query */
export function matching(commands, query) {
  const words = folded(query).split(/\s+/u).filter(Boolean);
  return commands.filter(({ title, also = "" }) => words.every((word) => folded(`${title} ${also}`).includes(word)));
}

/** The place of the selection after a step, round and round. @param {number} at @param {number} step @param {number} size */
export function stepped(at, step, size) {
  return size ? (at + step + size) % size : -1;
}

/** A text in pieces, the typed words as hits. @param {string} text @param {string} query @returns {{ text: string, hit: boolean }[]} */
export function highlighted(text, query) {
  const words = query.trim().split(/\s+/u).filter(Boolean).map((word) => word.replace(/[.*+?^${}()|[\]\\]/gu, "\\$&"));
  if (!words.length) return [{ text, hit: false }];
  return text.split(new RegExp(`(${words.join("|")})`, "giu")).map((piece, index) => ({ text: piece, hit: index % 2 === 1 })).filter(({ text: piece }) => piece);
}

function folded(text) {
  return text.normalize("NFC").toLocaleLowerCase("fi");
}
