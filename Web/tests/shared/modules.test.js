/** The server may put a page's modules into one file (docs/map.md). These are the manners that lets it. */

import test from "node:test";
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";

const web = new URL("../../", import.meta.url);
const folders = ["shared/", "widget/", "widget/models/", "widget/elements/", "desk/", "desk/models/", "desk/elements/"];
const modules = folders.flatMap(folder => readdirSync(new URL(folder, web)).filter(name => name.endsWith(".js") && name !== "embed.js").map(name => folder + name));
const lines = path => readFileSync(new URL(path, web), "utf8").split("\n");
const imports = path => lines(path).flatMap(line => line.match(/^import .* from "(\..+)";$/)?.[1] ?? []).map(name => new URL(name, new URL(path, web)).href.slice(web.href.length));

test("an import is one line of names from a file of ours", () => {
  for (const path of modules) for (const line of lines(path).filter(one => /^import\b(?!\()/.test(one))) assert.match(line, /^import (\{ [\w, ]+ \}|\* as \w+) from "\.{1,2}\/[\w./-]+\.js";$/, path);
});

test("an export stands before what it exports, and nothing exported is assigned again", () => {
  for (const path of modules) for (const line of lines(path).filter(one => /^export\b/.test(one) && one !== "export {};")) assert.match(line, /^export (const|(async )?function|class) \w+/, path);
});

test("no module waits at its top, and none imports itself in a ring", () => {
  const visit = (path, road) => {
    assert.ok(!road.includes(path), `${[...road, path].join(" → ")}`);
    for (const next of imports(path)) visit(next, [...road, path]);
  };
  for (const path of modules) {
    visit(path, []);
    assert.ok(!lines(path).some(line => /^(?:const .*= )?await\b/.test(line)), path);
  }
});
