/** The card at the gate: one thing at a time, what was typed stays, an error says what to do. */
import { Api, Problem } from "../../shared/api.js";
import { html, replace } from "../../shared/html.js";
import { clockOf } from "../../shared/text.js";
import { LANGUAGES } from "../../shared/words.js";
import { destination, firstStep, isLongEnough, mendedEmail, remaining, shortestPassword, stepAfter } from "../models/sign-in.js";
import { brandMark, icon } from "./icon.js";
import { when } from "./times.js";

const languageNames = { fi: "Suomi", sv: "Svenska", en: "English" };
/** Typed once, kept over a change of language; never stored. */
const typed = { email: "", password: "" };

export class SignInCard {
  #api = new Api();
  #step = firstStep(location);
  #problem;
  #lockedUntil = 0;
  #lockedFor = 0;
  #timer;
  #agent;

  /** @param {{ words: import("../../shared/words.js").Words, root: HTMLElement, workspace?: string, changeLanguage: (language: string) => void }} parts */
  constructor({ words, root, workspace, changeLanguage }) {
    Object.assign(this, { words, root, workspace, changeLanguage });
  }

  show(step = this.#step) {
    this.#step = step;
    clearTimeout(this.#timer);
    const card = this[`show_${step}`]();
    replace(this.root, card);
    document.title = `${this.words(`desk.gate.${step}.title`, { name: this.#agent?.name ?? "" })} · Moro`;
    (card.querySelector("[autofocus]") ?? card.querySelector(".title")).focus();
  }

  show_password() {
    const { words } = this;
    const wrong = this.#problem?.code === "wrong_credentials";
    const caps = html`<span hidden>${words("desk.gate.capsLock")} </span>`;
    const email = html`<input class="input" id="email" name="email" type="email" autocomplete="username" required value=${typed.email} ?autofocus=${!typed.email} @input=${() => { typed.email = email.value; }}>`;
    const password = this.#passwordBox({ name: "password", complete: "current-password", invalid: wrong, focus: Boolean(typed.email) });
    password.box.addEventListener("keyup", (event) => { caps.hidden = !event.getModifierState?.("CapsLock"); hint.hidden = caps.hidden && !wrong; });
    const left = this.#problem?.facts?.attemptsLeft;
    const hint = html`<p class="field-error" id="password-hint" ?hidden=${!wrong}>${icon("alert", "s")}<span>${caps}${wrong && left !== undefined ? words("desk.gate.attemptsLeft", { count: left }) : ""}</span></p>`;
    const emailHint = html`<div></div>`;
    return this.#form("password", wrong ? "desk.gate.again.title" : "desk.gate.password.title", [
      wrong ? html`<div class="banner late round" role="alert">${icon("alert")}<span>${words("desk.gate.wrong")}</span></div>` : this.#otherProblem(),
      html`<div class="field"><label for="email">${words("desk.gate.email")}</label>${email}${emailHint}</div>`,
      html`<div class="field"><label for="password">${words("desk.gate.passwordLabel")}</label>${password.node}${hint}</div>`,
      html`<button class="button is-primary wide">${words("desk.gate.signIn")}</button>`,
      html`<details class="how"><summary class="link-button small">${words("desk.gate.forgot")}</summary><p class="small soft">${words("desk.gate.forgot.about")}</p><code class="kept-text">${linkCommand()}</code></details>`,
    ], () => this.#signIn(email, password.box, emailHint), wrong ? undefined : words("desk.gate.password.about", { company: this.workspace || "Moro" }));
  }

  show_link() {
    const { words } = this;
    return this.#form("link", "desk.gate.link.title", [
      this.#otherProblem(),
      html`<p>${words("desk.gate.link.about")}</p>`,
      html`<button class="button is-primary wide" autofocus>${words("desk.gate.link.use")}</button>`,
      this.#toPassword(),
    ], () => this.#enter({ link: new URLSearchParams(location.search).get("link") }));
  }

  show_linkUsed() {
    return this.#deadLink("linkUsed");
  }

  show_linkExpired() {
    return this.#deadLink("linkExpired");
  }

  show_locked() {
    const { words } = this;
    const dial = html`<i class="dial"></i>`;
    const clock = html`<b></b>`;
    const tick = () => {
      const { share, minutes, seconds } = remaining(this.#lockedUntil, this.#lockedFor, Date.now());
      if (!seconds) { this.#problem = undefined; return this.show("password"); }
      dial.style.setProperty("--left", String(share));
      clock.textContent = seconds > 90 ? words("desk.gate.minutes", { count: minutes }) : words("desk.gate.seconds", { count: seconds > 15 ? Math.ceil(seconds / 15) * 15 : seconds });
      this.#timer = setTimeout(tick, 1000);
      return undefined;
    };
    tick();
    return this.#card("locked", "desk.gate.locked.title", [
      html`<p>${words("desk.gate.locked.about", { time: clockOf(this.#lockedUntil, words.language) })}</p>`,
      html`<div class="promise-card"><span class="promise-clock l" data-state="soon" aria-hidden="true">${dial}</span>${clock}<small>${words("desk.gate.locked.close")}</small></div>`,
      html`<p class="small soft">${words("desk.gate.locked.link")}</p><code class="kept-text">${linkCommand()}</code>`,
    ]);
  }

  /** Signed in with a link: one's own name and password, so that no link is needed the next time. */
  show_welcome() {
    const { words } = this;
    const password = this.#passwordBox({ name: "fresh", complete: "new-password", focus: Boolean(this.#agent.name) });
    const hint = html`<p class="hint" id="fresh-hint">${words("desk.gate.welcome.hint", { count: shortestPassword })}</p>`;
    const error = html`<div></div>`;
    password.box.addEventListener("input", () => replace(hint, isLongEnough(password.box.value) ? html`<span class="field-ok">${icon("check", "s")}${words("desk.gate.welcome.good", { count: [...password.box.value].length })}</span>` : words("desk.gate.welcome.hint", { count: shortestPassword })));
    const name = html`<input class="input" id="name" name="name" autocomplete="given-name" maxlength="60" required value=${this.#agent.name ?? ""}>`;
    const fullName = html`<input class="input" id="full-name" name="fullName" autocomplete="name" maxlength="120" value=${this.#agent.fullName ?? ""}>`;
    return this.#form("welcome", this.#agent.name ? "desk.gate.welcome.title" : "desk.gate.link.title", [
      html`<div class="field"><label for="name">${words("desk.account.name")}</label>${name}<p class="hint">${words("desk.account.name.about")}</p></div>`,
      html`<div class="field"><label for="full-name">${words("desk.account.fullName")}</label>${fullName}</div>`,
      html`<input type="email" name="username" autocomplete="username" value=${this.#agent.email ?? ""} hidden>`,
      html`<div class="field"><label for="fresh">${words("desk.password.fresh")}</label>${password.node}${hint}${error}</div>`,
      html`<button class="button is-primary wide">${words("desk.gate.welcome.go")}</button>`,
      html`<a class="small later" href=${destination(location)}>${words("desk.gate.welcome.later")}</a>`,
    ], () => this.#settle({ name, fullName, password: password.box, error }), words("desk.gate.welcome.about"), { name: this.#agent.name ?? "" });
  }

  #deadLink(step) {
    const { words } = this;
    const at = this.#problem?.facts?.at;
    return this.#card(step, `desk.gate.${step}.title`, [
      at ? html`<p><b>${words(`desk.gate.${step}.at`, { time: when(at, words) })}</b></p>` : "",
      html`<p>${words(`desk.gate.${step}.about`)}</p>`,
      html`<p class="small soft">${words("desk.gate.newLink")}</p>`, html`<code class="kept-text">${linkCommand()}</code>`,
      this.#toPassword("button wide"),
    ]);
  }

  #form(step, title, content, submit, about, values) {
    const node = html`<form class="gate" novalidate aria-labelledby="gate-title">${this.#inside(step, title, content, about, values)}</form>`;
    node.addEventListener("submit", (event) => { event.preventDefault(); submit(); });
    return node;
  }

  #card(step, title, content) {
    return html`<section class="gate" aria-labelledby="gate-title">${this.#inside(step, title, content)}</section>`;
  }

  #inside(step, title, content, about, values) {
    return [
      html`<span class="brand-mark">${brandMark()}Moro</span>`,
      html`<div><h1 class="title" id="gate-title" tabindex="-1">${this.words(title, values)}</h1>${about ? html`<p class="soft">${about}</p>` : ""}</div>`,
      content,
      html`<footer><fieldset class="segmented" aria-label=${this.words("desk.account.language")}>${LANGUAGES.map((code) => html`<label lang=${code}><input type="radio" name="language" value=${code} ?checked=${code === this.words.language} @change=${() => this.changeLanguage(code)}>${languageNames[code]}</label>`)}</fieldset></footer>`,
    ];
  }

  #passwordBox({ name, complete, invalid = false, focus = false }) {
    const { words } = this;
    const box = html`<input class="input" id=${name} name=${name} type="password" autocomplete=${complete} required maxlength="200" aria-invalid=${invalid ? "true" : null} aria-describedby=${`${name}-hint`} ?autofocus=${focus}>`;
    if (name === "password") {
      box.value = typed.password;
      box.addEventListener("input", () => { typed.password = box.value; });
    }
    const look = (event) => {
      const isShown = box.type === "password";
      box.type = isShown ? "text" : "password";
      event.currentTarget.setAttribute("aria-pressed", String(isShown));
    };
    return { box, node: html`<span class="input-action">${box}<button type="button" class="icon-button" aria-label=${words("desk.gate.showPassword")} aria-pressed="false" @click=${look}>${icon("eye")}</button></span>` };
  }

  #toPassword(classes = "small") {
    return html`<a class=${classes} href="/desk/sign-in">${this.words("desk.gate.toPassword")}</a>`;
  }

  #otherProblem() {
    if (!this.#problem) return "";
    const { code, detail } = this.#problem;
    const key = `desk.problem.${code}`;
    return html`<div class="banner late round" role="alert">${icon("alert")}<span>${this.words.has(key) ? this.words(key) : detail || this.words("desk.problem.internal")}</span></div>`;
  }

  async #signIn(email, password, hint) {
    const mended = mendedEmail(email.value);
    if (mended || !email.value.includes("@")) {
      email.setAttribute("aria-invalid", "true");
      replace(hint, html`<p class="field-error" role="alert">${icon("alert", "s")}${mended ? this.words("desk.gate.emailComma", { email: mended }) : this.words("desk.gate.emailMissing")}</p>`);
      return email.focus();
    }
    if (!password.value) return password.focus();
    return this.#enter({ email: email.value.trim(), password: password.value });
  }

  async #enter(credentials) {
    if (this.isBusy) return;
    this.isBusy = true;
    try {
      const { agent, needsPassword } = await this.#api.post("agent-sessions", credentials);
      typed.password = "";
      this.#agent = agent;
      if (credentials.link && needsPassword) this.#welcome();
      else location.replace(destination(location));
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      this.#refused(problem);
    } finally {
      this.isBusy = false;
    }
  }

  /** The link is used up: it leaves the address, so that nobody finds it in the history. */
  #welcome() {
    this.#problem = undefined;
    history.replaceState(null, "", "/desk/sign-in");
    this.show("welcome");
  }

  #refused(problem) {
    this.#problem = problem;
    if (problem.code === "wrong_credentials") typed.password = "";
    this.#lockedFor = (problem.retryAfter ?? 60) * 1000;
    this.#lockedUntil = Date.now() + this.#lockedFor;
    this.show(stepAfter(this.#step, problem.code));
  }

  async #settle({ name, fullName, password, error }) {
    const { words } = this;
    const wrong = (text, box) => { replace(error, html`<p class="field-error" role="alert">${icon("alert", "s")}${text}</p>`); box.setAttribute("aria-invalid", "true"); box.focus(); };
    if (!name.value.trim()) return wrong(words("desk.account.nameMissing"), name);
    if (!isLongEnough(password.value)) return wrong(words("desk.password.short"), password);
    try {
      await this.#api.patch("me", { name: name.value.trim(), ...(fullName.value.trim() ? { fullName: fullName.value.trim() } : {}), language: words.language, password: { new: password.value } });
      location.replace(destination(location));
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      wrong(words.has(`desk.problem.${problem.code}`) ? words(`desk.problem.${problem.code}`) : problem.detail || words("desk.problem.internal"), password);
    }
    return undefined;
  }
}

function linkCommand() {
  return `moro agent sign-in-link ${typed.email.includes("@") ? typed.email.trim() : "maija@example.fi"}`;
}
