/** The desk's keys: what each does, where it works, and how the key sheet groups them. */

/** @typedef {{ name: string, key: string, code?: string, command?: boolean, where: "anywhere"|"list"|"talk"|"writing" }} Key */

/** @type {Key[]} single keys work outside text only and can be switched off */
export const keys = [
  { name: "palette", key: "k", command: true, where: "anywhere" },
  { name: "nextPane", key: "F6", where: "anywhere" },
  { name: "undo", key: "z", command: true, where: "anywhere" },
  { name: "keySheet", key: "?", where: "anywhere" },
  { name: "next", key: "j", where: "list" },
  { name: "previous", key: "k", where: "list" },
  { name: "take", key: "o", where: "list" },
  { name: "snooze", key: "z", where: "list" },
  { name: "transfer", key: "g", where: "list" },
  { name: "tag", key: "t", where: "list" },
  { name: "close", key: "e", where: "list" },
  { name: "reply", key: "r", where: "talk" },
  { name: "note", key: "m", where: "talk" },
  { name: "closing", key: "l", where: "talk" },
];

/** Words after a slash that are not canned replies but a change of what is written. */
export const slashWords = { l: "closing", m: "note" };

/**
 * What a key press asks for, or undefined.
 * @param {{ key: string, ctrlKey: boolean, metaKey: boolean, altKey: boolean, shiftKey: boolean }} press
 * @param {{ inText: boolean, singleKeys: boolean }} situation
 */
export function actionOf(press, { inText, singleKeys }) {
  if (press.altKey) return undefined;
  const command = press.ctrlKey || press.metaKey;
  const key = press.key.length === 1 ? press.key.toLowerCase() : press.key;
  const found = keys.find((one) => one.key === key && Boolean(one.command) === command);
  if (!found) return undefined;
  if (found.name === "undo" && inText) return undefined;
  if (key === "F6" || command) return press.shiftKey && key === "F6" ? "previousPane" : found.name;
  return inText || !singleKeys ? undefined : found.name;
}
