/** What the sign-in card says next. No DOM, no network. */

/** A step of the card. @typedef {"password"|"link"|"linkUsed"|"linkExpired"|"locked"|"welcome"} Step */

/** The step to begin with. @param {{ search: string }} address @returns {Step} */
export function firstStep({ search }) {
  return new URLSearchParams(search).get("link") ? "link" : "password";
}

/** The step after a refusal; the same step when it only shows an error. @param {Step} step @param {string} code @returns {Step} */
export function stepAfter(step, code) {
  if (code === "too_many_attempts") return "locked";
  if (code === "link_used") return "linkUsed";
  if (code === "link_expired") return "linkExpired";
  // A mistyped or made-up link looks like a used one: neither opens.
  if (step === "link" && ["wrong_credentials", "not_found", "malformed", "invalid_field"].includes(code)) return "linkUsed";
  return step;
}

/** Where to go when signed in: only ever within the desk, whatever the address says. @param {{ search: string }} address */
export function destination({ search }) {
  const next = new URLSearchParams(search).get("next") ?? "";
  return /^\/desk(\/(c|settings)(\/[\w%-]*)*)?$/u.test(next) ? next : "/desk";
}

/** How much of a waiting time is left, 1 to 0, and in whole minutes upwards. @param {number} until @param {number} whole milliseconds @param {number} now */
export function remaining(until, whole, now) {
  const left = Math.max(0, until - now);
  return { share: whole ? left / whole : 0, minutes: Math.ceil(left / 60_000), seconds: Math.ceil(left / 1000) };
}

/** A comma typed for a full stop is the commonest slip in an address. @param {string} email */
export function mendedEmail(email) {
  const mended = email.trim().replaceAll(",", ".").replace(/\s+/gu, "");
  return mended !== email.trim() && /^[^@\s]+@[^@\s]+\.[^@\s]+$/u.test(mended) ? mended : undefined;
}

export const shortestPassword = 10;

/** Whether a password is long enough; length is all that is asked. @param {string} password */
export function isLongEnough(password) {
  return [...password].length >= shortestPassword;
}
