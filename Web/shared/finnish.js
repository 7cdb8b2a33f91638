/**
 * First names in Finnish cases, because "Kirjoita: Maija" is not Finnish.
 *
 *   toWhom("Maija")  → "Maijalle"     toWhom("Pekka")  → "Pekalle"     toWhom("Markus") → "Markukselle"
 *   whose("Maija")   → "Maijan"       whose("Pekka")   → "Pekan"
 *
 * @module
 */

/** @param {string} name */
export function toWhom(name) { return `${stem(name)}lle`; }

/** @param {string} name */
export function whose(name) { return `${stem(name)}n`; }

/** @param {string} name */
function stem(name) {
  if (/nen$/.test(name)) return name.replace(/nen$/, "se");
  if (/[aeiouyäö]s$/i.test(name)) return name.replace(/s$/, "kse");
  if (/[aeiouyäöåéáóü]$/i.test(name)) return name.replace(/(kk|pp|tt)(?=[aeiouyäö]$)/, double => double[0]);
  return `${name}i`;
}
