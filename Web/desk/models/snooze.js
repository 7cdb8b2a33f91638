/** The times offered when a conversation is put aside. */

const hour = 3_600_000;

/**
 * Later today (in three hours, rounded up to the half hour, if that is still today), tomorrow at 9, next Monday at 9 unless that is tomorrow.
 * @param {number} now
 * @returns {{ name: "laterToday"|"tomorrow"|"monday", at: number }[]}
 */
export function choices(now) {
  const later = roundedUp(now + 3 * hour);
  const offered = [
    { name: "laterToday", at: later },
    { name: "tomorrow", at: morning(now, 1) },
    { name: "monday", at: morning(now, daysToMonday(now)) },
  ];
  const isUseful = { laterToday: isSameDay(now, later), tomorrow: true, monday: daysToMonday(now) !== 1 };
  return /** @type {any} */ (offered.filter(({ name }) => isUseful[name]));
}

/** A time as the value of `<input type="datetime-local">`. @param {number} at */
export function asLocal(at) {
  const date = new Date(at);
  const two = (number) => String(number).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}T${two(date.getHours())}:${two(date.getMinutes())}`;
}

function roundedUp(at) {
  return Math.ceil(at / (hour / 2)) * (hour / 2);
}

function morning(now, days) {
  const date = new Date(now);
  date.setDate(date.getDate() + days);
  date.setHours(9, 0, 0, 0);
  return date.getTime();
}

function daysToMonday(now) {
  return (8 - new Date(now).getDay()) % 7 || 7;
}

function isSameDay(one, other) {
  return new Date(one).toDateString() === new Date(other).toDateString();
}
