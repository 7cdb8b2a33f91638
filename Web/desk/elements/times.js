/** Times as the desk says them. */
import { clockOf, dayOf, momentOf, sameDay } from "../../shared/text.js";

/** @typedef {import("../../shared/words.js").Words} Words */

const minute = 60_000;

/** How long something has lasted: "8 min", "2 t 5 min", "3 pv". @param {number} milliseconds @param {Words} words */
export function lasted(milliseconds, words) {
  const minutes = Math.max(0, Math.floor(milliseconds / minute));
  if (minutes < 1) return words("desk.time.moment");
  if (minutes < 60) return words("desk.time.minutes", { count: minutes });
  if (minutes < 1440) return words("desk.time.hours", { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
  return words("desk.time.days", { count: Math.floor(minutes / 1440) });
}

/** A day and a time: "klo 10.42" today, else "ti klo 9.00", "12.11.2026". @param {number} at @param {Words} words */
export function when(at, words, now = Date.now()) {
  return sameDay(at, now) ? clockOf(at, words.language) : ahead(at, words, now);
}

/** A day separator: "Tänään", "maanantai 23. marraskuuta". @param {number} at @param {Words} words */
export function day(at, words, now = Date.now()) {
  const date = new Intl.DateTimeFormat(words.language === "en" ? "en-GB" : words.language, { weekday: "long", day: "numeric", month: "long" }).format(at);
  return sameDay(at, now) || at < now - 300 * 86_400_000 ? dayOf(at, words.language, now) : date;
}

function ahead(at, words, now) {
  if (at < now) return momentOf(at, words.language, now);
  const date = new Intl.DateTimeFormat(words.language === "en" ? "en-GB" : words.language, { weekday: "short", day: "numeric", month: "numeric" });
  return `${date.format(at)} ${clockOf(at, words.language)}`;
}
