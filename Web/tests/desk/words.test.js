import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

const web = join(import.meta.dirname, "../..");
const languages = ["fi", "sv", "en"];
const texts = Object.fromEntries(languages.map((code) => [code, JSON.parse(readFileSync(join(web, "words", code, "desk.json"), "utf8"))]));
const sources = readdirSync(join(web, "desk"), { recursive: true }).filter((name) => name.endsWith(".js")).map((name) => readFileSync(join(web, "desk", name), "utf8"));

test("every language has the same texts", () => {
  for (const code of languages) assert.deepEqual(Object.keys(texts[code]).sort(), Object.keys(texts.fi).sort(), code);
});

test("a text has no placeholder that the Finnish one lacks, and none is empty", () => {
  for (const [key, text] of Object.entries(texts.fi)) {
    for (const code of languages) {
      assert.ok(texts[code][key].trim(), `${code} ${key}`);
      for (const [hole] of texts[code][key].matchAll(/\{\w+\}/gu)) assert.ok(text.includes(hole), `${code} ${key} ${hole}`);
    }
  }
});

test("every text the desk asks for by name exists", () => {
  const asked = new Set(sources.flatMap((source) => [...source.matchAll(/"(desk\.[A-Za-z_.]+)"/gu)].map(([, key]) => key)));
  const missing = [...asked].filter((key) => !(key in texts.fi) && !(`${key}.other` in texts.fi));
  assert.deepEqual(missing, []);
});

test("every text is asked for, by name or by a pattern", () => {
  const code = sources.join("\n");
  const patterns = [...code.matchAll(/`(desk\.[^`]*\$\{[^`]*)`/gu)].map(([, key]) => new RegExp(`^${key.replace(/[.]/gu, "\\.").replace(/\$\{[^}]*\}/gu, ".+")}$`, "u"));
  const isAsked = (key) => code.includes(`"${key}"`) || patterns.some((pattern) => pattern.test(key));
  assert.deepEqual(Object.keys(texts.fi).filter((key) => !isAsked(key) && !isAsked(key.replace(/\.(one|other)$/u, ""))), []);
});
