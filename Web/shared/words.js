/**
 * The texts a person reads, by language.
 *
 *   const words = await loadWords({ release, language: "fi", areas: ["widget"] });
 *   words("widget.greeting")                        → "Moro!"
 *   words("widget.here", { names: "Maija" })        → "Maija on täällä"
 *   words("widget.unread", { count: 2 })            → picks `widget.unread.one` or `widget.unread.other` by the language's plural rule
 *   words.language                                  → "fi"
 *   words.list(["Maija", "Juhani"])                 → "Maija ja Juhani"
 *
 * @module
 */

export const LANGUAGES = ["fi", "sv", "en"];

/** @typedef {((key: string, values?: Record<string, string | number>) => string) & { language: string, has: (key: string) => boolean, list: (names: string[]) => string }} Words */

/**
 * @param {{ release: string, language: string, areas: string[], fetch?: typeof fetch }} options
 * @returns {Promise<Words>}
 */
export async function loadWords({ release, language, areas, fetch = globalThis.fetch.bind(globalThis) }) {
  const slices = await Promise.all(areas.map(async area => (await fetch(`/assets/${release}/words/${language}/${area}.json`)).json()));
  return wordsOf(Object.assign({}, ...slices), language);
}

/**
 * @param {Record<string, string>} texts
 * @param {string} language
 * @returns {Words}
 */
export function wordsOf(texts, language) {
  const plural = new Intl.PluralRules(language);
  // Made when first asked for: a browser that has not needed it yet takes longer over it than over the whole panel.
  /** @type {Intl.ListFormat | undefined} */
  let list;
  const pattern = (/** @type {string} */ key, /** @type {any} */ values) => texts[`${key}.${values?.count === undefined ? "" : plural.select(Number(values.count))}`] ?? texts[`${key}.other`] ?? texts[key] ?? key;
  const say = (/** @type {string} */ key, /** @type {Record<string, any>} */ values = {}) => pattern(key, values).replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
  return Object.assign(say, {
    language,
    has: (/** @type {string} */ key) => key in texts || `${key}.other` in texts,
    list: (/** @type {string[]} */ names) => (list ??= new Intl.ListFormat(language, { type: "conjunction" })).format(names),
  });
}

/**
 * The first wish that is one of ours: setting, page, browser, in that order.
 * @param {(string | null | undefined)[]} wishes
 * @param {string[]} [offered]
 */
export function chooseLanguage(wishes, offered = LANGUAGES) {
  const short = wishes.map(wish => (wish ?? "").slice(0, 2).toLowerCase());
  return short.find(wish => offered.includes(wish)) ?? offered[0] ?? "fi";
}
