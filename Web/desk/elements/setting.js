/** The parts every settings page is made of. */
import { html } from "../../shared/html.js";
import { icon } from "./icon.js";

export const languageNames = { fi: "Suomi", sv: "Svenska", en: "English" };

/** A page with its title and what it is for. */
export function page(title, about, actions, ...content) {
  return html`<section class="settings-page"><header><div><h2>${title}</h2><p>${about}</p></div>${actions ? html`<div class="row">${actions}</div>` : ""}</header>${content}</section>`;
}

/** Name and meaning left, control right. @param {{ label: string, id?: string, about?: string }} what @param {any} control */
export function setting({ label, id, about }, control) {
  return html`<div class="setting"><div>${id ? html`<label for=${id}>${label}</label>` : html`<b>${label}</b>`}${about ? html`<p>${about}</p>` : ""}</div><div class="stack">${control}</div></div>`;
}

/** A thing that is on or off. */
export function switchSetting({ label, id, about, on }, change) {
  return html`<div class="setting switch-row"><div><label for=${id}>${label}</label>${about ? html`<p>${about}</p>` : ""}</div><input type="checkbox" class="switch" id=${id} ?checked=${on} @change=${(event) => change(event.target.checked)}></div>`;
}

/** One of few. @param {{ label: string, name: string, choices: { value: string, label: string, lang?: string }[], chosen: string }} what @param {(value: string) => void} choose */
export function segmented({ label, name, choices, chosen }, choose) {
  return html`<div class="segmented fits" role="radiogroup" aria-label=${label}>${choices.map(({ value, label: text, lang }) => html`<label lang=${lang}><input type="radio" name=${name} value=${value} ?checked=${value === chosen} @change=${() => choose(value)}>${text}</label>`)}</div>`;
}

/** Something to take along: shown as it is, copied with one press. @param {import("./app.js").App} app @param {string} text */
export function copyable(app, text) {
  const { words } = app;
  const copy = async (event) => {
    const button = event.currentTarget;
    try {
      await navigator.clipboard.writeText(text);
      button.textContent = words("desk.copied");
      app.announce(words("desk.copied"));
      setTimeout(() => { button.textContent = words("desk.copy"); }, 2500);
    } catch {
      getSelection().selectAllChildren(button.previousElementSibling);
    }
  };
  return html`<div class="code-block"><code>${text}</code><button type="button" class="button s" @click=${copy}>${words("desk.copy")}</button></div>`;
}

/** A line under a field that says what is wrong. @param {string} text */
export function fieldError(text) {
  return html`<p class="field-error" role="alert">${icon("alert", "s")}${text}</p>`;
}
