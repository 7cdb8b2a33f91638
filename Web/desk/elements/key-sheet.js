/** All the keys on one sheet, and the switch for those of one letter. */
import { html } from "../../shared/html.js";
import { keys } from "../models/keys.js";
import { openDialog } from "./dialog.js";

const sections = ["anywhere", "list", "talk", "writing"];

/** @param {import("./app.js").App} app */
export function showKeySheet(app) {
  const { words, preferences } = app;
  const toggle = html`<label class="row small"><input type="checkbox" class="switch" ?checked=${preferences.get("singleKeys")} @change=${(event) => preferences.set("singleKeys", event.target.checked)}>${words("desk.keys.single")}</label>`;
  openDialog({
    title: words("desk.keys.title"), closeLabel: words("desk.dialog.close"), wide: true,
    body: [toggle, html`<div class="key-sheet">${sections.map((where) => section(app, where))}</div>`, html`<p class="small soft">${words("desk.keys.note")}</p>`],
  });
}

function section(app, where) {
  const rows = where === "writing" ? writing(app) : keys.filter((key) => key.where === where).map((key) => [app.words(`desk.key.${key.name}`), shown(app, key)]);
  return html`<section><h3>${app.words(`desk.keys.${where}`)}</h3><dl>${rows.map(([what, how]) => [html`<dt>${what}</dt>`, html`<dd>${how.map((key) => [html`<kbd>${key}</kbd>`, " "])}</dd>`])}</dl></section>`;
}

function shown(app, { key, command }) {
  const name = key.length === 1 ? key.toUpperCase() : key;
  return command ? [app.commandKey, name] : [name];
}

function writing({ words, commandKey, preferences }) {
  return [
    [words("desk.key.canned"), ["/"]],
    [words("desk.key.slash"), ["/l", "/m"]],
    [words("desk.key.mention"), ["@"]],
    [words("desk.key.send"), preferences.get("enterSends") ? ["Enter"] : [commandKey, "Enter"]],
    [words("desk.key.escape"), ["Esc"]],
  ];
}
