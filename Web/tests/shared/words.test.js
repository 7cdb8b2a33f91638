import test from "node:test";
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { chooseLanguage, wordsOf } from "../../shared/words.js";

const folder = new URL("../../words/", import.meta.url);
const read = (language, file) => JSON.parse(readFileSync(new URL(`${language}/${file}`, folder), "utf8"));
const holes = text => (text.match(/\{\w+\}/g) ?? []).sort().join();

test("placeholders are filled, unknown ones stay visible", () => {
  const words = wordsOf({ "a.hello": "Moro {name}", "a.n.one": "{count} viesti", "a.n.other": "{count} viestiä" }, "fi");
  assert.equal(words("a.hello", { name: "Maija" }), "Moro Maija");
  assert.equal(words("a.hello"), "Moro {name}");
  assert.equal(words("a.n", { count: 1 }), "1 viesti");
  assert.equal(words("a.n", { count: 3 }), "3 viestiä");
  assert.equal(words.list(["Maija", "Juhani"]), "Maija ja Juhani");
});

test("the first offered wish is the language", () => {
  assert.equal(chooseLanguage([null, "sv-FI", "en"]), "sv");
  assert.equal(chooseLanguage(["de", "ee"], ["fi", "en"]), "fi");
  assert.equal(chooseLanguage(["SV"], ["fi", "en"]), "fi");
});

for (const file of readdirSync(new URL("fi/", folder))) {
  test(`${file} says the same things in every language`, () => {
    const finnish = read("fi", file);
    for (const language of ["sv", "en"]) {
      const other = read(language, file);
      assert.deepEqual(Object.keys(other).sort(), Object.keys(finnish).sort());
      for (const key of Object.keys(finnish)) assert.equal(holes(other[key]), holes(finnish[key]), `${language} ${key}`);
    }
  });
}
