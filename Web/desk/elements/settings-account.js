/** One's own: picture, names, password, how the desk behaves here, where one is signed in. */
import { Problem } from "../../shared/api.js";
import { html, replace } from "../../shared/html.js";
import { languageChoice, themeChoice } from "./account-menu.js";
import { icon } from "./icon.js";
import { avatar } from "./people.js";
import { fieldError, page, setting, switchSetting } from "./setting.js";
import { when } from "./times.js";

const shortest = 10;

export class AccountPage {
  /** @param {import("./app.js").App} app */
  constructor(app) {
    this.app = app;
    const { words } = app;
    this.picture = html`<div class="row"></div>`;
    this.devices = html`<ul></ul>`;
    this.behaviour = html`<div class="card stack"></div>`;
    app.preferences.addEventListener("changed", () => { if (!this.behaviour.contains(document.activeElement)) this.#drawBehaviour(); });
    this.node = page(words("desk.settings.account"), words("desk.account.about"), "",
      html`<div class="card">${setting({ label: words("desk.account.picture"), about: words("desk.account.picture.about") }, this.picture)}${this.#names()}</div>`,
      html`<div class="two-up">${this.behaviour}<div class="stack">${this.#password()}${this.#deviceCard()}</div></div>`);
    this.#drawPicture();
    this.#drawBehaviour();
  }

  async load() {
    const { sessions } = await this.app.api.get("agent-sessions");
    const { words } = this.app;
    const row = ({ id, device, startedAt, seenAt, current }) => {
      const name = [device?.browser, device?.os].filter(Boolean).join(", ");
      const out = html`<button type="button" class="button s" aria-label=${words("desk.devices.signOutOf", { device: name })} @click=${() => this.#signOut(id)}>${words("desk.devices.signOut")}</button>`;
      return html`<li class="device-row">${icon(device?.kind === "phone" ? "phone" : "page")}<span>${name}</span><small>${current ? words("desk.devices.here") : words("desk.devices.seen", { time: when(seenAt ?? startedAt, words) })}</small>${current ? html`<span class="tag good">${words("desk.devices.now")}</span>` : out}</li>`;
    };
    replace(this.devices, ...sessions.map(row));
  }

  async #signOut(id) {
    await this.app.attempt(async () => { await this.app.api.delete(`agent-sessions/${id}`); await this.load(); });
  }

  #drawPicture() {
    const { words, desk } = this.app;
    const input = html`<input type="file" accept="image/png,image/jpeg,image/webp,image/gif" hidden tabindex="-1" aria-hidden="true" @change=${() => this.#changePicture(input.files[0])}>`;
    replace(this.picture, avatar(desk.me, { size: "xl" }), html`<button type="button" class="button s" @click=${() => input.click()}>${words("desk.account.picture.change")}</button>`, input);
  }

  async #changePicture(file) {
    if (!file) return;
    const answer = await this.app.attempt(() => this.#sendPicture(file));
    if (!answer) return;
    this.app.desk.take({ type: "agent.changed", agent: answer.agent ?? { ...this.app.desk.me, picture: answer.picture } });
    this.#drawPicture();
  }

  async #sendPicture(file) {
    const { api } = this.app;
    const response = await fetch(api.url("me/picture"), { method: "PUT", body: file, headers: { ...api.headers(), "Content-Type": file.type || "application/octet-stream" } });
    const answer = await response.json().catch(() => ({}));
    if (!response.ok) throw new Problem({ code: "internal", ...answer, status: response.status });
    return answer;
  }

  #names() {
    const { words, desk } = this.app;
    const box = (name, about) => setting({ label: words(`desk.account.${name}`), id: `me-${name}`, about: words(about) }, html`<input class="input" id=${`me-${name}`} name=${name} maxlength="80" required value=${desk.me[name] ?? ""}>`);
    const error = html`<div></div>`;
    const save = async (event) => {
      event.preventDefault();
      const { name, fullName } = Object.fromEntries(new FormData(event.target));
      replace(error);
      if (!name.trim()) return replace(error, fieldError(words("desk.account.nameMissing")));
      const answer = await this.app.attempt(() => this.app.api.patch("me", { name: name.trim(), fullName: fullName.trim() }), (problem) => replace(error, fieldError(this.app.explain(problem))));
      if (!answer) return undefined;
      this.app.desk.take({ type: "agent.changed", agent: { ...desk.me, name: name.trim(), fullName: fullName.trim(), ...answer.agent } });
      return this.app.toasts.tell(words("desk.settings.saved"));
    };
    return html`<form novalidate @submit=${save}>${box("name", "desk.account.name.about")}${box("fullName", "desk.account.fullName.about")}${error}<div class="setting"><span></span><div><button class="button">${words("desk.settings.save")}</button></div></div></form>`;
  }

  #drawBehaviour() {
    replace(this.behaviour, html`<h3>${this.app.words("desk.account.behaviour")}</h3>`, themeChoice(this.app), languageChoice(this.app), this.#switches());
  }

  #switches() {
    const { words, preferences } = this.app;
    const row = (name, label) => switchSetting({ label: words(label), id: `pref-${name}`, on: preferences.get(name) }, (on) => preferences.set(name, on));
    return html`<div>${row("sound", "desk.account.sound")}${row("enterSends", "desk.account.enterSends")}${row("singleKeys", "desk.keys.single")}</div>`;
  }

  #password() {
    const { words } = this.app;
    const error = html`<div></div>`;
    const box = (name, complete, hint) => html`<div class="field"><label for=${`password-${name}`}>${words(`desk.password.${name}`)}</label><input class="input" type="password" id=${`password-${name}`} name=${name} autocomplete=${complete} maxlength="200">${hint ? html`<p class="hint">${words(hint)}</p>` : ""}</div>`;
    const save = async (event) => {
      event.preventDefault();
      const form = event.target;
      const { old, fresh } = Object.fromEntries(new FormData(form));
      replace(error);
      if ([...fresh].length < shortest) return replace(error, fieldError(words("desk.password.short")));
      const done = await this.app.attempt(() => this.app.api.patch("me", { password: { old, new: fresh } }), (problem) => replace(error, fieldError(["wrong_credentials", "forbidden"].includes(problem.code) || problem.field === "password.old" ? words("desk.password.wrong") : this.app.explain(problem))));
      if (!done) return undefined;
      form.reset();
      return this.app.toasts.tell(words("desk.password.changed"));
    };
    return html`<form class="card stack" novalidate @submit=${save}><h3>${words("desk.password.title")}</h3><input type="email" name="username" autocomplete="username" value=${this.app.desk.me.email ?? ""} hidden>${box("old", "current-password")}${box("fresh", "new-password", "desk.password.hint")}${error}<div><button class="button">${words("desk.password.change")}</button></div></form>`;
  }

  #deviceCard() {
    const { words } = this.app;
    return html`<section class="card"><header class="row"><h3 class="grow">${words("desk.devices.title")}</h3></header>${this.devices}<div class="row wrap"><button type="button" class="button s" @click=${() => this.app.signOut()}>${words("desk.account.signOut")}</button><button type="button" class="button s is-danger" @click=${() => this.app.signOut({ everywhere: true })}>${words("desk.devices.everywhere")}</button></div></section>`;
  }
}
