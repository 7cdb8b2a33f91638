/** Settings: one column of pages; who may not change a page doesn't meet it. */
import { html, replace } from "../../shared/html.js";
import { icon } from "./icon.js";
import { AccountPage } from "./settings-account.js";
import { PeoplePage } from "./settings-people.js";
import { RepliesPage } from "./settings-replies.js";
import { SitePage } from "./settings-site.js";

const pages = [
  { name: "site", face: "globe", Page: SitePage, managers: true },
  { name: "people", face: "users", Page: PeoplePage },
  { name: "replies", face: "bolt", Page: RepliesPage },
  { name: "account", face: "user", Page: AccountPage },
];

export class SettingsScreen {
  #shown;

  /** @param {import("./app.js").App} app */
  constructor(app) {
    this.app = app;
    this.nav = html`<nav class="settings-nav" aria-label=${app.words("desk.settings.pages")}></nav>`;
    this.pages = html`<div class="settings-pages"></div>`;
    this.node = html`<div class="settings-screen" tabindex="-1"><main class="settings">${this.nav}${this.pages}</main></div>`;
  }

  /** @param {string} [wanted] */
  show(wanted) {
    const allowed = pages.filter(({ managers }) => !managers || this.app.desk.mayManage);
    const page = allowed.find(({ name }) => name === wanted) ?? (wanted ? undefined : allowed[0]);
    this.#drawNav(allowed, page);
    const name = page?.name ?? wanted;
    if (this.#shown === name) return;
    this.#shown = name;
    this.node.scrollTop = 0;
    if (page) this.#fill(page);
    else replace(this.pages, this.#notAllowed());
  }

  #drawNav(allowed, here) {
    const { words } = this.app;
    const link = ({ name, face }) => html`<a href=${`/desk/settings/${name}`} aria-current=${name === here?.name ? "page" : null}>${icon(face, "s")}${words(`desk.settings.${name}`)}</a>`;
    replace(this.nav, html`<h1>${words("desk.settings")}</h1>`, ...allowed.map(link));
  }

  async #fill({ name, Page }) {
    const page = new Page(this.app);
    replace(this.pages, page.node);
    await this.app.attempt(() => page.load(), (problem) => {
      if (this.#shown === name) replace(this.pages, this.#failed(problem, () => this.#fill({ name, Page })));
    });
  }

  #notAllowed() {
    const { words } = this.app;
    return html`<div class="card empty-state">${icon("lock")}<b>${words("desk.settings.notAllowed")}</b><p>${words("desk.settings.notAllowed.more")}</p></div>`;
  }

  #failed(problem, again) {
    const { words } = this.app;
    return html`<div class="card empty-state" role="alert"><b>${words("desk.settings.failed")}</b><p>${this.app.explain(problem)}</p><button type="button" class="button s" @click=${again}>${words("desk.retry")}</button></div>`;
  }
}
