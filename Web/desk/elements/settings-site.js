/** How the chat looks on the company's site, where it shows, and what the customer is told. */
import { html, replace } from "../../shared/html.js";
import { LANGUAGES } from "../../shared/words.js";
import { contrast, enough, isColor, readable } from "../models/contrast.js";
import { openDialog } from "./dialog.js";
import { icon } from "./icon.js";
import { avatar } from "./people.js";
import { copyable, languageNames, page, segmented, setting, switchSetting } from "./setting.js";

export class SitePage {
  #sites = [];
  #site;
  #saved;

  /** @param {import("./app.js").App} app */
  constructor(app) {
    this.app = app;
    const { words } = app;
    this.count = html`<span class="small quiet" role="status"></span>`;
    this.cancel = html`<button type="button" class="button" @click=${() => this.#edit(this.#saved)}>${words("desk.settings.cancel")}</button>`;
    this.save = html`<button type="button" class="button is-primary" @click=${() => this.#save()}>${words("desk.settings.save")}</button>`;
    this.body = html`<div class="stack"></div>`;
    this.node = page(words("desk.settings.site"), words("desk.site.about"), [this.count, this.cancel, this.save], this.body);
  }

  async load(id) {
    const { sites } = await this.app.api.get("sites");
    this.#sites = sites;
    const chosen = id ?? sites[0]?.id;
    if (!chosen) return this.#none();
    const { site } = await this.app.api.get(`sites/${chosen}`);
    this.#edit(site);
    return undefined;
  }

  /** Shows a site for changing; what is saved stays beside until it is saved anew. */
  #edit(site) {
    this.#saved = structuredClone(site);
    this.#site = structuredClone(site);
    this.preview = html`<div class="stack"></div>`;
    replace(this.body, this.#chooser(), html`<div class="cols site-split">${html`<div class="card">${this.#fields()}</div>`}<aside class="stack preview-side" aria-label=${this.app.words("desk.site.preview")}><h3>${this.app.words("desk.site.preview")}</h3>${this.preview}</aside></div>`, this.#privacy());
    this.#changed();
  }

  #changed() {
    const { words } = this.app;
    const changes = Object.keys(this.#changes()).length;
    this.count.textContent = changes ? words("desk.settings.changes", { count: changes }) : "";
    this.cancel.hidden = !changes;
    this.save.disabled = !changes || !isColor(this.#site.look.color);
    this.#drawPreview();
  }

  /** The parts that differ from what is saved. */
  #changes() {
    const parts = ["name", "look", "languages", "origins", "onReturn", "peek", "identityRequired", "privacyText"];
    return Object.fromEntries(parts.filter((part) => JSON.stringify(this.#site[part]) !== JSON.stringify(this.#saved[part])).map((part) => [part, this.#site[part]]));
  }

  async #save() {
    const answer = await this.app.attempt(() => this.app.api.patch(`sites/${this.#site.id}`, this.#changes()), (problem) => this.app.toasts.tell(this.app.explain(problem)));
    if (!answer) return;
    this.#edit({ ...this.#site, ...answer.site });
    this.app.toasts.tell(this.app.words("desk.settings.saved"));
  }

  #fields() {
    const { words } = this.app;
    return [this.#name(words), this.#color(words), this.#position(words), this.#theme(words), this.#languages(words),
      this.#texts("greeting", words), this.#texts("launcherText", words), this.#origins(words), this.#onReturn(words), this.#snippet(words)];
  }

  #chooser() {
    const { words } = this.app;
    const add = html`<button type="button" class="button s" @click=${() => this.#add()}>${icon("plus", "s")}${words("desk.site.add")}</button>`;
    const choose = html`<select class="input fits" aria-label=${words("desk.site.which")} @change=${(event) => this.app.attempt(() => this.load(event.target.value))}>${this.#sites.map(({ id, name }) => html`<option value=${id} ?selected=${id === this.#site?.id}>${name}</option>`)}</select>`;
    return html`<div class="row wrap">${this.#sites.length > 1 ? choose : ""}${add}</div>`;
  }

  #add() {
    const { words } = this.app;
    const dialog = openDialog({
      title: words("desk.site.add"), closeLabel: words("desk.dialog.close"), focus: "#new-site",
      body: html`<div class="field"><label for="new-site">${words("desk.site.name")}</label><input class="input" id="new-site" name="name" required maxlength="80"></div>`,
      footer: html`<button class="button is-primary">${words("desk.site.create")}</button>`,
      onSubmit: async (form) => {
        const name = form.elements.name.value.trim();
        if (!name) return;
        const answer = await this.app.attempt(() => this.app.api.post("sites", { name }));
        if (!answer) return;
        dialog.close();
        await this.load(answer.site.id);
      },
    });
  }

  #none() {
    replace(this.body, html`<div class="card empty-state"><b>${this.app.words("desk.site.none")}</b></div>`, this.#chooser());
  }

  #name(words) {
    return setting({ label: words("desk.site.name"), id: "site-name", about: words("desk.site.name.about") },
      html`<input class="input" id="site-name" maxlength="80" value=${this.#site.name} @input=${(event) => { this.#site.name = event.target.value; this.#changed(); }}>`);
  }

  #color(words) {
    const shift = html`<div class="stack"></div>`;
    const text = html`<input class="input" aria-label=${words("desk.site.color.written")} value=${this.#site.look.color} maxlength="7" @input=${(event) => choose(event.target.value)}>`;
    const picker = html`<input type="color" id="site-color" value=${this.#site.look.color} @input=${(event) => { text.value = event.target.value; choose(event.target.value); }}>`;
    const choose = (color) => {
      this.#site.look.color = color.toLowerCase();
      text.setAttribute("aria-invalid", String(!isColor(color)));
      if (isColor(color)) { picker.value = color; this.#site.look.onColor = readable(color).text; }
      replace(shift, ...this.#shift(color, words));
      this.#changed();
    };
    replace(shift, ...this.#shift(this.#site.look.color, words));
    return setting({ label: words("desk.site.color"), id: "site-color", about: words("desk.site.color.about") }, [html`<div class="colour-field">${picker}${text}</div>`, shift]);
  }

  /** What the server will make of the colour, with the figures. */
  #shift(color, words) {
    if (!isColor(color)) return [html`<p class="field-error">${icon("alert", "s")}${words("desk.site.color.malformed")}</p>`];
    const { ground, text } = readable(color);
    const said = (figure) => new Intl.NumberFormat(words.language, { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(figure);
    const chip = (fill) => { const node = html`<i></i>`; node.style.setProperty("--c", fill); return node; };
    const isKept = ground === color.toLowerCase();
    return [
      html`<p class="colour-shift">${chip(color)}${said(contrast(color, text))}:1 ${isKept ? "" : [icon("right", "s"), chip(ground), html`<b>${ground}</b>`, ` ${said(contrast(ground, text))}:1`]}</p>`,
      html`<p class="field-ok">${icon("check", "s")}${words(isKept ? "desk.site.color.good" : "desk.site.color.shifted", { limit: said(enough) })}</p>`,
    ];
  }

  #position(words) {
    const { look } = this.#site;
    const offset = (axis) => html`<label class="row small soft">${words(`desk.site.offset.${axis}`)}<input class="input short" type="number" min="0" max="400" value=${look.offset?.[axis] ?? 22} @input=${(event) => { look.offset = { ...(look.offset ?? { x: 22, y: 22 }), [axis]: Number(event.target.value) }; this.#changed(); }}>px</label>`;
    const choices = ["left", "right"].map((value) => ({ value, label: words(`desk.site.position.${value}`) }));
    return setting({ label: words("desk.site.position"), about: words("desk.site.position.about") },
      [segmented({ label: words("desk.site.position"), name: "site-position", choices, chosen: look.position }, (value) => { look.position = value; this.#changed(); }), html`<div class="row wrap">${offset("y")}${offset("x")}</div>`]);
  }

  #theme(words) {
    const { look } = this.#site;
    const choices = ["auto", "light", "dark"].map((value) => ({ value, label: words(`desk.site.theme.${value}`) }));
    return setting({ label: words("desk.site.theme"), about: words("desk.site.theme.about") }, segmented({ label: words("desk.site.theme"), name: "site-theme", choices, chosen: look.theme ?? "auto" }, (value) => { look.theme = value; this.#changed(); }));
  }

  #languages(words) {
    const row = html`<div class="row wrap"></div>`;
    const draw = () => replace(row, ...LANGUAGES.map((code) => {
      const at = this.#site.languages.indexOf(code);
      return html`<button type="button" class="chip" lang=${code} aria-pressed=${String(at >= 0)} @click=${() => toggle(code)}>${at >= 0 ? icon("check", "s") : icon("plus", "s")}<span>${languageNames[code]}${at === 0 ? html`<span lang=${words.language}>${words("desk.site.languages.first")}</span>` : ""}</span></button>`;
    }));
    const toggle = (code) => {
      const { languages } = this.#site;
      if (languages.includes(code) && languages.length === 1) return;
      this.#site.languages = languages.includes(code) ? languages.filter((one) => one !== code) : [...languages, code];
      draw();
      row.querySelector(`[lang=${code}]`).focus();
      this.#changed();
    };
    draw();
    return setting({ label: words("desk.site.languages"), about: words("desk.site.languages.about") }, row);
  }

  /** A text of the look in each language. @param {"greeting"|"launcherText"} name */
  #texts(name, words) {
    const { look } = this.#site;
    const change = (code, value) => { look[name] = { ...look[name], [code]: value }; this.#changed(); };
    const box = (code) => html`<div class="row"><span class="tag">${code}</span><input class="input" lang=${code} maxlength="120" aria-label=${`${words(`desk.site.${name}`)}, ${languageNames[code]}`} value=${look[name]?.[code] ?? ""} @input=${(event) => change(code, event.target.value)}></div>`;
    return setting({ label: words(`desk.site.${name}`), about: words(`desk.site.${name}.about`) }, LANGUAGES.map(box));
  }

  #origins(words) {
    const list = html`<ul class="stack"></ul>`;
    const error = html`<div></div>`;
    const box = html`<input class="input" type="url" placeholder="https://www.example.fi" aria-label=${words("desk.site.origins.new")} @keydown=${(event) => { if (event.key === "Enter") { event.preventDefault(); add(); } }}>`;
    const draw = () => replace(list, ...this.#site.origins.map((origin) => html`<li class="row"><span class="grow clip">${origin}</span><button type="button" class="icon-button s" aria-label=${words("desk.site.origins.remove", { origin })} @click=${() => { this.#site.origins = this.#site.origins.filter((one) => one !== origin); draw(); this.#changed(); }}>${icon("close", "s")}</button></li>`));
    const add = () => {
      const origin = originOf(box.value);
      box.setAttribute("aria-invalid", String(!origin));
      replace(error, origin ? "" : html`<p class="field-error" role="alert">${icon("alert", "s")}${words("desk.site.origins.malformed")}</p>`);
      if (!origin) return;
      this.#site.origins = [...new Set([...this.#site.origins, origin])];
      box.value = "";
      draw();
      this.#changed();
    };
    draw();
    return setting({ label: words("desk.site.origins"), about: words("desk.site.origins.about") }, [list, html`<div class="row">${box}<button type="button" class="button" @click=${add}>${words("desk.site.origins.add")}</button></div>`, error]);
  }

  #onReturn(words) {
    const choices = ["reopen", "continue"].map((value) => ({ value, label: words(`desk.site.onReturn.${value}`) }));
    return setting({ label: words("desk.site.onReturn"), about: words("desk.site.onReturn.about") }, segmented({ label: words("desk.site.onReturn"), name: "site-return", choices, chosen: this.#site.onReturn }, (value) => { this.#site.onReturn = value; this.#changed(); }));
  }

  #snippet(words) {
    return setting({ label: words("desk.site.snippet"), about: words("desk.site.snippet.about") }, copyable(this.app, this.#site.snippet));
  }

  #privacy() {
    const { words } = this.app;
    const site = this.#site;
    const toggle = (name) => switchSetting({ label: words(`desk.site.${name}`), id: `site-${name}`, about: words(`desk.site.${name}.about`), on: site[name] }, (on) => { site[name] = on; this.#changed(); });
    const texts = LANGUAGES.map((code) => html`<div class="field"><label for=${`privacy-${code}`} lang=${code}>${languageNames[code]}</label><textarea class="input" id=${`privacy-${code}`} lang=${code} rows="3" @input=${(event) => { site.privacyText = { ...site.privacyText, [code]: event.target.value }; this.#changed(); }}>${site.privacyText?.[code] ?? ""}</textarea></div>`);
    const secret = site.identitySecret ? html`<details class="setting-secret"><summary class="link-button">${words("desk.site.secret")}</summary><p class="small soft">${words("desk.site.secret.about")}</p>${copyable(this.app, site.identitySecret)}</details>` : "";
    return html`<div class="two-up"><div class="card">${toggle("peek")}${toggle("identityRequired")}${secret}</div><div class="card stack"><h3>${words("desk.site.privacyText")}</h3><p class="small soft">${words("desk.site.privacyText.about")}</p>${texts}</div></div>`;
  }

  #drawPreview() {
    const { words } = this.app;
    replace(this.preview, ...["light", "dark"].map((theme) => html`<div class="site-preview" data-theme=${theme}>${this.#panel()}${this.#launcher()}<p class="small quiet">${words(`desk.site.preview.${theme}`)}</p></div>`));
    const { ground, text } = readable(isColor(this.#site.look.color) ? this.#site.look.color : this.#saved.look.color);
    for (const node of this.preview.children) {
      node.style.setProperty("--company", ground);
      node.style.setProperty("--on-company", text);
      node.classList.toggle("is-left", this.#site.look.position === "left");
    }
  }

  #panel() {
    const [language] = this.#site.languages;
    return html`<div class="panel"><div class="panel-head brand"><div class="grow"><b class="display">${this.#site.look.greeting?.[language] || "Moro!"}</b><small>${this.#site.name}</small></div></div></div>`;
  }

  #launcher() {
    const [language] = this.#site.languages;
    return html`<div class="launcher">${avatar(this.app.desk.me)}<b>${this.#site.look.launcherText?.[language] || this.#site.name}</b></div>`;
  }
}

/** An address as an origin, https unless said otherwise; undefined when it isn't one. */
function originOf(text) {
  const wanted = text.trim();
  if (wanted === "*") return "*";
  try {
    const url = new URL(wanted.includes("://") ? wanted : `https://${wanted}`);
    return url.hostname.includes(".") || url.hostname === "localhost" ? url.origin : undefined;
  } catch {
    return undefined;
  }
}
