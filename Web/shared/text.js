/**
 * Text as people wrote it and as people read it. No DOM.
 *
 *   linkify(text)                → [{ text }, { text, href }]   http(s), www. and email addresses only
 *   fold(text)                   → { head, rest } or null: long text is shown folded after about 1,200 characters or 20 lines
 *   printable(text)              → without control characters, so that nothing invisible is shown or spoken
 *   plainName(name)              → a name or title for one line: no bidi tricks, no line breaks
 *   firstLine(text, limit)       → for lists, notifications and titles
 *   initials("Liisa Rantanen")   → "LR"
 *   timeOf(at, "fi")             → "10.42"          clockOf(at, "fi")   → "klo 10.42"
 *   dayOf(at, "fi", now)         → "Tänään" | "Eilen" | "maanantai" | "12. lokakuuta"
 *   momentOf(at, "fi", now)      → "10.42" today, "ma 10.42" within a week, else "12.10.2026"
 *   agoOf(at, "fi", now)         → "5 minuuttia sitten"
 *   sameDay(a, b)                → local calendar day
 *   fileSize(86016, "fi")        → "84 kt"
 *
 * @module
 */

const LINK = /\bhttps?:\/\/[^\s<>"'`\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]+|\bwww\.[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:\/[^\s<>"'`\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]*)?|[a-z0-9.!#$%&*+/=?^_{|}~-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8}/gi;
const TAIL = /[.,:;!?…)\]}'"»”]+$/;
const FOLD_CHARACTERS = 1200;
const FOLD_LINES = 20;
const DAY = 86_400_000;

/** @typedef {{ text: string, href?: string }} Piece */

/** @param {string} text @returns {Piece[]} */
export function linkify(text) {
  /** @type {Piece[]} */
  const pieces = [];
  let from = 0;
  for (const match of text.matchAll(LINK)) {
    const at = match.index ?? 0;
    const found = withoutTail(match[0]);
    const href = addressOf(found);
    if (!href) continue;
    if (at > from) pieces.push({ text: text.slice(from, at) });
    pieces.push({ text: found, href });
    from = at + found.length;
  }
  if (from < text.length) pieces.push({ text: text.slice(from) });
  return pieces;
}

/** @param {string} text @returns {{ head: string, rest: string } | null} */
export function fold(text) {
  const end = Math.min(endOfLine(text, FOLD_LINES), text.length > FOLD_CHARACTERS * 1.1 ? FOLD_CHARACTERS : text.length);
  if (end >= text.length) return null;
  const cut = wholeCharacter(text, lastSpace(text, end));
  return { head: text.slice(0, cut).trimEnd(), rest: text.slice(cut) };
}

/** @param {string} text */
export function printable(text) {
  // The two overrides turn "gnp.exe" into "exe.png" for the eye; real right-to-left writing needs neither.
  return text.replace(/\r\n?/g, "\n").replace(/[\u202d\u202e]/g, "").replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g, "\ufffd");
}

/** @param {string} name */
export function plainName(name) {
  return name.replace(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]+/g, " ").replace(/\s+/g, " ").trim();
}

/** @param {string} text @param {number} [limit] */
export function firstLine(text, limit = 120) {
  const line = plainName(text.slice(0, limit * 4));
  const letters = [...line];
  return letters.length > limit ? `${letters.slice(0, limit - 1).join("").trimEnd()}…` : line;
}

/** @param {string} name */
export function initials(name) {
  const parts = plainName(name).split(/[\s-]+/).filter(part => /\p{L}/u.test(part));
  const chosen = parts.length > 1 ? [parts[0], parts[parts.length - 1]] : parts;
  return chosen.map(part => ([...part].find(letter => /\p{L}/u.test(letter)) ?? "").toUpperCase()).join("");
}

/** @param {number} at @param {string} language */
export function timeOf(at, language) {
  return format(language, { hour: language === "en" ? "2-digit" : "numeric", minute: "2-digit" }).format(at);
}

/** @param {number} at @param {string} language */
export function clockOf(at, language) {
  const prefix = { fi: "klo ", sv: "kl. " }[language] ?? "";
  return prefix + timeOf(at, language);
}

/** @param {number} at @param {string} language @param {number} [now] */
export function dayOf(at, language, now = Date.now()) {
  const days = daysBetween(at, now);
  if (days === 0 || days === 1) return capital(new Intl.RelativeTimeFormat(language, { numeric: "auto" }).format(-days, "day"), language);
  if (days > 1 && days < 7) return capital(format(language, { weekday: "long" }).format(at), language);
  const isThisYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return format(language, { day: "numeric", month: "long", ...(isThisYear ? {} : { year: "numeric" }) }).format(at);
}

/** @param {number} at @param {string} language @param {number} [now] */
export function momentOf(at, language, now = Date.now()) {
  const days = daysBetween(at, now);
  if (days <= 0) return timeOf(at, language);
  if (days < 7) return `${format(language, { weekday: "short" }).format(at)} ${timeOf(at, language)}`;
  return format(language, { day: "numeric", month: "numeric", year: "numeric" }).format(at);
}

/** @param {number} at @param {string} language @param {number} [now] */
export function agoOf(at, language, now = Date.now()) {
  const relative = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
  const minutes = Math.max(0, Math.floor((now - at) / 60_000));
  if (minutes < 60) return relative.format(-minutes, "minute");
  return minutes < 1440 ? relative.format(-Math.floor(minutes / 60), "hour") : relative.format(-Math.floor(minutes / 1440), "day");
}

/** @param {number} one @param {number} other */
export function sameDay(one, other) {
  return new Date(one).toDateString() === new Date(other).toDateString();
}

/** @param {number} bytes @param {string} language */
export function fileSize(bytes, language) {
  const units = ["byte", "kilobyte", "megabyte", "gigabyte"];
  const step = bytes < 1024 ? 0 : Math.min(3, Math.floor(Math.log2(bytes) / 10));
  const amount = bytes / 1024 ** step;
  return new Intl.NumberFormat(language, { style: "unit", unit: units[step], unitDisplay: "short", maximumFractionDigits: amount < 10 && step > 1 ? 1 : 0 }).format(amount);
}

/**
 * A full stop or a bracket after an address belongs to the sentence.
 * @param {string} found
 */
function withoutTail(found) {
  let address = found.replace(TAIL, "");
  for (let rest = found.slice(address.length); /^[)\]]/.test(rest) && opensMore(address); rest = rest.slice(1)) address += rest[0];
  return address;
}

/** @param {string} address */
function opensMore(address) {
  return (address.match(/[([]/g)?.length ?? 0) > (address.match(/[)\]]/g)?.length ?? 0);
}

/** @param {string} found */
function addressOf(found) {
  if (/^www\./i.test(found)) return `https://${found}`;
  if (!/^https?:/i.test(found)) return `mailto:${found}`;
  try { return new URL(found).href && found; } catch { return null; }
}

/** @param {string} text @param {number} lines */
function endOfLine(text, lines) {
  let end = -1;
  for (let line = 0; line < lines; line += 1) {
    end = text.indexOf("\n", end + 1);
    if (end < 0) return text.length;
  }
  return text.slice(end).trim() ? end : text.length;
}

/** @param {string} text @param {number} end */
function lastSpace(text, end) {
  if (/\s/.test(text[end])) return end;
  const space = text.slice(0, end).search(/\s\S*$/);
  return space > end - 80 ? space : end;
}

/**
 * Cutting inside a surrogate pair or a joined emoji would show rubbish.
 * @param {string} text
 * @param {number} cut
 */
function wholeCharacter(text, cut) {
  let at = cut;
  while (at > 1 && at > cut - 24 && (/[\udc00-\udfff\u200d\ufe0f]/.test(text[at]) || text[at - 1] === "\u200d")) at -= 1;
  return at;
}

/** @param {number} at @param {number} now */
function daysBetween(at, now) {
  return Math.round((midnight(now) - midnight(at)) / DAY);
}

/** @param {number} at */
function midnight(at) {
  return new Date(at).setHours(0, 0, 0, 0);
}

/** @param {string} text @param {string} language */
function capital(text, language) {
  return text.charAt(0).toLocaleUpperCase(language) + text.slice(1);
}

/** @type {Map<string, Intl.DateTimeFormat>} */
const formats = new Map();

/** @param {string} language @param {Intl.DateTimeFormatOptions} options */
function format(language, options) {
  const key = language + JSON.stringify(options);
  // British habits for English: 14:08 and 12 October.
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, options));
  return /** @type {Intl.DateTimeFormat} */ (formats.get(key));
}
