/** The demo shop's own few moving parts: a basket in this browser, and three languages. */

import { html, replace } from "../shared/html.js";
import { chooseLanguage, loadWords } from "../shared/words.js";

const root = document.documentElement;
const money = () => new Intl.NumberFormat(root.lang, { style: "currency", currency: "EUR" });

const basket = {
  /** @returns {Record<string, { price: number, count: number }>} */
  read() {
    try { return JSON.parse(localStorage.getItem("loylymaki.basket") ?? "{}"); } catch { return {}; }
  },
  /** @param {string} product @param {number} price @param {number} change */
  add(product, price, change) {
    const items = this.read();
    const count = (items[product]?.count ?? 0) + change;
    if (count > 0) items[product] = { price, count };
    else delete items[product];
    localStorage.setItem("loylymaki.basket", JSON.stringify(items));
  },
};

/** @param {string} language */
async function speak(language) {
  const words = await loadWords({ release: root.dataset.release ?? "", language, areas: ["shop"] });
  root.lang = language;
  for (const node of document.querySelectorAll("[data-word]")) node.textContent = words(/** @type {HTMLElement} */ (node).dataset.word ?? "");
  for (const node of document.querySelectorAll("[data-label]")) node.setAttribute("aria-label", words(/** @type {HTMLElement} */ (node).dataset.label ?? ""));
  document.title = document.querySelector("h1")?.textContent + ", Löylymäki";
  drawBasket(words);
  /** @type {any} */ (window).moro?.("setLanguage", language);
}

/** @param {import("../shared/words.js").Words} words */
function drawBasket(words) {
  const items = Object.entries(basket.read());
  const count = items.reduce((sum, [, item]) => sum + item.count, 0);
  replace(/** @type {Element} */ (document.querySelector(".count")), count);
  const table = /** @type {HTMLElement | null} */ (document.querySelector(".cart"));
  if (!table) return;
  table.hidden = !count;
  /** @type {HTMLElement} */ (document.querySelector(".empty")).hidden = count > 0;
  replace(/** @type {Element} */ (table.querySelector("tbody")), items.map(([product, item]) => row(product, item, words)));
  replace(/** @type {Element} */ (table.querySelector(".total")), money().format(items.reduce((sum, [, item]) => sum + item.count * item.price, 0)));
}

/** @param {string} product @param {{ price: number, count: number }} item @param {import("../shared/words.js").Words} words */
function row(product, { price, count }, words) {
  const remove = () => { basket.add(product, price, -count); drawBasket(words); };
  return html`<tr><th scope="row"><a href="/demo/${product}">${words(`shop.${product}.name`)}</a></th><td class="number">${count}</td><td class="number">${money().format(price * count)}</td><td class="number"><button type="button" class="remove" @click=${remove}>${words("shop.remove")}</button></td></tr>`;
}

for (const button of document.querySelectorAll("[data-product]")) {
  button.addEventListener("click", async () => {
    const { product, price } = /** @type {HTMLElement} */ (button).dataset;
    basket.add(product ?? "", Number(price), 1);
    /** @type {HTMLElement} */ (document.querySelector(".added")).hidden = false;
    await speak(root.lang);
  });
}

const choice = /** @type {HTMLSelectElement} */ (document.querySelector(".language"));
choice.value = chooseLanguage([localStorage.getItem("loylymaki.language"), "fi"]);
choice.addEventListener("change", () => {
  localStorage.setItem("loylymaki.language", choice.value);
  void speak(choice.value);
});
void speak(choice.value);
