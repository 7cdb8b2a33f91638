/** One's own things: theme, language, sounds, notifications, keys, signing out. */
import { html } from "../../shared/html.js";
import { LANGUAGES } from "../../shared/words.js";
import { icon } from "./icon.js";
import { menuItem, openMenu } from "./menu.js";
import { avatar } from "./people.js";
import { showKeySheet } from "./key-sheet.js";

const languageNames = { fi: "Suomi", sv: "Svenska", en: "English" };

/** @param {import("./app.js").App} app @param {HTMLElement} opener */
export function openAccountMenu(app, opener) {
  const { words, desk } = app;
  openMenu(opener, words("desk.account"), [
    html`<div class="row">${avatar(desk.me, { presence: desk.me.presence })}<div class="grow"><b class="clip">${desk.me.fullName || desk.me.name}</b><p class="small quiet clip">${desk.me.email ?? ""}</p></div></div>`,
    themeChoice(app),
    languageChoice(app),
    html`<div>${switchRow(app, "sound", words("desk.account.sound"), "bolt")}${notificationRow(app)}${switchRow(app, "enterSends", words("desk.account.enterSends"), "send")}${switchRow(app, "singleKeys", words("desk.keys.single"), "list")}</div>`,
    html`<hr>`,
    html`<div>${menuItem("user", words("desk.account.settings"), () => app.go({ screen: "settings", page: "account" }))}${menuItem("list", words("desk.keys.title"), () => showKeySheet(app), { key: "?" })}${menuItem("door", words("desk.account.signOut"), () => app.signOut())}</div>`,
  ]);
}

/** @param {import("./app.js").App} app */
export function themeChoice(app) {
  const { words, preferences } = app;
  return segmented(words("desk.account.theme"), "theme", ["auto", "light", "dark"].map((name) => ({ value: name, label: words(`desk.theme.${name}`) })), preferences.get("theme"), (value) => preferences.set("theme", value));
}

/** @param {import("./app.js").App} app */
export function languageChoice(app) {
  return segmented(app.words("desk.account.language"), "language", LANGUAGES.map((code) => ({ value: code, label: languageNames[code], lang: code })), app.words.language, (value) => app.setLanguage(value));
}

let groups = 0;

/** Radio buttons of one name are one group in the whole page, and these stand in the menu and in the settings at once. */
function segmented(label, kind, choices, chosen, choose) {
  groups += 1;
  const name = `${kind}-${groups}`;
  const choice = ({ value, label: text, lang }) => html`<label lang=${lang}><input type="radio" name=${name} value=${value} ?checked=${value === chosen} @change=${() => choose(value)}>${text}</label>`;
  return html`<fieldset class="stack field"><legend class="field-label">${label}</legend><div class="segmented">${choices.map(choice)}</div></fieldset>`;
}

function switchRow({ preferences }, name, label, face) {
  return html`<label class="menu-item">${icon(face)}<span>${label}</span><input type="checkbox" class="switch" ?checked=${preferences.get(name)} @change=${(event) => preferences.set(name, event.target.checked)}></label>`;
}

function notificationRow(app) {
  const { words, preferences, notifier } = app;
  const isBlocked = "Notification" in window && Notification.permission === "denied";
  const change = async (event) => {
    const box = event.target;
    if (!box.checked) return preferences.set("notifications", false);
    box.checked = await notifier.askLeave();
    if (!box.checked) app.toasts.tell(words("desk.notifications.blocked"));
    return undefined;
  };
  return html`<label class="menu-item">${icon("chat")}<span>${words("desk.account.notifications")}${isBlocked ? html`<br><span class="small quiet">${words("desk.notifications.blockedShort")}</span>` : ""}</span><input type="checkbox" class="switch" ?disabled=${isBlocked} ?checked=${preferences.get("notifications") && !isBlocked} @change=${change}></label>`;
}
