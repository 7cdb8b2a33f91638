/** People and teams: who is here, what they may, who is asked to join. */
import { html, replace } from "../../shared/html.js";
import { openDialog } from "./dialog.js";
import { icon } from "./icon.js";
import { avatar } from "./people.js";
import { copyable, fieldError, page } from "./setting.js";

const roles = ["agent", "admin", "owner"];

export class PeoplePage {
  #agents = [];
  #teams = [];

  /** @param {import("./app.js").App} app */
  constructor(app) {
    this.app = app;
    const { words, desk } = app;
    this.list = html`<ul></ul>`;
    this.teams = html`<ul></ul>`;
    const invite = desk.mayManage ? html`<button type="button" class="button is-primary" @click=${() => this.#invite()}>${icon("plus")}${words("desk.people.invite")}</button>` : "";
    const newTeam = desk.mayManage ? html`<button type="button" class="button s" @click=${() => this.#editTeam()}>${icon("plus", "s")}${words("desk.people.newTeam")}</button>` : "";
    this.node = page(words("desk.settings.people"), words("desk.people.about"), invite, html`<div class="card">${this.list}</div>`,
      html`<section class="card"><header class="row"><h3 class="grow">${words("desk.people.teams")}</h3>${newTeam}</header><p class="small soft">${words("desk.people.teams.about")}</p>${this.teams}</section>`);
  }

  async load() {
    if (this.app.desk.mayManage) {
      const [{ agents }, { teams }] = await Promise.all([this.app.api.get("agents"), this.app.api.get("teams")]);
      [this.#agents, this.#teams] = [agents, teams];
    } else [this.#agents, this.#teams] = [[...this.app.desk.agents.values()], [...this.app.desk.teams.values()]];
    this.#draw();
  }

  #draw() {
    const order = [...this.#agents].sort((one, other) => Number(other.active !== false) - Number(one.active !== false) || one.name.localeCompare(other.name));
    replace(this.list, ...order.map((agent) => this.#person(agent)));
    const { words } = this.app;
    replace(this.teams, ...this.#teams.map((team) => this.#team(team)));
    if (!this.#teams.length) replace(this.teams, html`<li class="small quiet">${words("desk.people.noTeams")}</li>`);
  }

  #person(agent) {
    const { words, desk } = this.app;
    const isMe = agent.id === desk.me.id;
    const role = desk.mayManage && !isMe ? this.#roleChoice(agent) : html`<span class="small soft">${words(`desk.role.${agent.role}`)}</span>`;
    const active = agent.active !== false;
    const deactivate = html`<button type="button" class="button s ${active ? "is-quiet" : ""}" @click=${() => (active ? this.#askDeactivate(agent) : this.#change(agent, { active: true }))}>${words(active ? "desk.people.deactivate" : "desk.people.activate")}</button>`;
    const newLink = html`<button type="button" class="icon-button s" aria-label=${words("desk.people.newLinkOf", { name: agent.name })} title=${words("desk.people.newLink")} @click=${() => this.#newLink(agent)}>${icon("link", "s")}</button>`;
    return html`<li class="person-row ${active ? "" : "is-away"}"><div class="who">${avatar(agent, { presence: active ? agent.presence : undefined })}<b class="clip">${agent.fullName || agent.name}${isMe ? [" ", html`<span class="quiet">(${words("desk.you")})</span>`] : ""}</b><small class="quiet small clip">${[agent.email, active ? words(`desk.presence.${agent.presence}`) : words("desk.people.inactive")].filter(Boolean).join(" · ")}</small></div><div class="tags">${this.#memberships(agent)}</div>${role}<span class="row end">${desk.mayManage && !isMe ? [active ? newLink : "", deactivate] : ""}</span></li>`;
  }

  #roleChoice(agent) {
    const { words, desk } = this.app;
    const offered = roles.filter((role) => role !== "owner" || desk.me.role === "owner" || agent.role === "owner");
    return html`<select class="input" aria-label=${words("desk.people.roleOf", { name: agent.name })} @change=${(event) => this.#change(agent, { role: event.target.value })}>${offered.map((role) => html`<option value=${role} ?selected=${role === agent.role}>${words(`desk.role.${role}`)}</option>`)}</select>`;
  }

  #memberships(agent) {
    const { desk } = this.app;
    const isIn = (team) => (agent.teams ?? []).includes(team.id);
    if (!desk.mayManage) return this.#teams.filter(isIn).map((team) => html`<span class="tag">${team.name}</span>`);
    const toggle = (team) => this.#change(agent, { teams: isIn(team) ? agent.teams.filter((id) => id !== team.id) : [...(agent.teams ?? []), team.id] });
    return this.#teams.map((team) => html`<button type="button" class="chip s" data-member=${`${agent.id} ${team.id}`} aria-pressed=${String(isIn(team))} @click=${() => toggle(team)}>${isIn(team) ? icon("check", "s") : ""}${team.name}</button>`);
  }

  async #change(agent, changes) {
    const focused = document.activeElement?.dataset?.member;
    const answer = await this.app.attempt(() => this.app.api.patch(`agents/${agent.id}`, changes));
    this.#agents = this.#agents.map((one) => (one.id === agent.id ? { ...one, ...(answer ? { ...changes, ...answer.agent } : {}) } : one));
    this.#draw();
    if (focused) this.list.querySelector(`[data-member="${focused}"]`)?.focus();
  }

  #askDeactivate(agent) {
    const { words } = this.app;
    const dialog = openDialog({
      title: words("desk.people.deactivate.title", { name: agent.name }), closeLabel: words("desk.dialog.close"), focus: "footer .is-quiet",
      body: html`<p>${words("desk.people.deactivate.about", { name: agent.name })}</p>`,
      footer: [html`<button type="button" class="button is-quiet" @click=${() => dialog.close()}>${words("desk.dialog.cancel")}</button>`, html`<button class="button is-danger is-final">${words("desk.people.deactivate")}</button>`],
      onSubmit: () => { dialog.close(); this.#change(agent, { active: false }); },
    });
  }

  #invite() {
    const { words, desk } = this.app;
    const problem = html`<div></div>`;
    const field = (name, type, complete) => html`<div class="field"><label for=${`invite-${name}`}>${words(`desk.people.${name}`)}</label><input class="input" id=${`invite-${name}`} name=${name} type=${type} autocomplete=${complete} required maxlength="120"></div>`;
    const offered = roles.filter((role) => role !== "owner" || desk.me.role === "owner");
    const dialog = openDialog({
      title: words("desk.people.invite.title"), closeLabel: words("desk.dialog.close"), focus: "#invite-fullName",
      body: [field("fullName", "text", "off"), field("email", "email", "off"),
        html`<fieldset class="stack"><legend class="field-label">${words("desk.people.role")}</legend><div class="options">${offered.map((role, index) => html`<label class="choice"><input type="radio" name="role" value=${role} ?checked=${!index}><b>${words(`desk.role.${role}`)}</b><small>${words(`desk.role.${role}.about`)}</small></label>`)}</div></fieldset>`, problem],
      footer: html`<button class="button is-primary">${words("desk.people.invite.make")}</button>`,
      onSubmit: async (form) => {
        const { fullName, email, role } = Object.fromEntries(new FormData(form));
        if (!fullName.trim() || !email.includes("@")) return replace(problem, fieldError(words("desk.people.invite.missing")));
        const answer = await this.app.attempt(() => this.app.api.post("agents", { email: email.trim(), fullName: fullName.trim(), name: fullName.trim().split(/\s+/u)[0], role }), (why) => replace(problem, fieldError(["email", undefined].includes(why.field) && ["invalid_field", "conflict"].includes(why.code) ? words("desk.people.invite.taken") : this.app.explain(why))));
        if (!answer) return undefined;
        dialog.close();
        this.#agents = [...this.#agents, answer.agent];
        this.#draw();
        this.#showLink(answer);
        return undefined;
      },
    });
  }

  /** The link is shown once: nobody can look it up later. */
  #showLink({ agent, link }) {
    const { words } = this.app;
    const dialog = openDialog({
      title: words("desk.people.link.title", { name: agent.name }), closeLabel: words("desk.dialog.close"), focus: ".code-block .button",
      body: [html`<p>${words("desk.people.link.about", { name: agent.name })}</p>`, copyable(this.app, link)],
      footer: html`<button type="button" class="button" @click=${() => dialog.close()}>${words("desk.dialog.done")}</button>`,
    });
  }

  async #newLink(agent) {
    const answer = await this.app.attempt(() => this.app.api.post(`agents/${agent.id}/sign-in-links`, {}));
    if (answer) this.#showLink({ agent, link: answer.link });
  }

  #team(team) {
    const { words, desk } = this.app;
    const members = this.#agents.filter((agent) => agent.active !== false && (agent.teams ?? []).includes(team.id)).map(({ name }) => name);
    return html`<li class="device-row">${icon("users")}<span><b>${team.name}</b></span><small>${members.length ? words.list(members) : words("desk.people.nobodyInTeam")}</small>${desk.mayManage ? html`<button type="button" class="button s" @click=${() => this.#editTeam(team)}>${words("desk.people.renameTeam")}</button>` : html`<span></span>`}</li>`;
  }

  #editTeam(team) {
    const { words, api } = this.app;
    const dialog = openDialog({
      title: words(team ? "desk.people.renameTeam" : "desk.people.newTeam"), closeLabel: words("desk.dialog.close"), focus: "#team-name",
      body: html`<div class="field"><label for="team-name">${words("desk.people.teamName")}</label><input class="input" id="team-name" name="name" maxlength="60" required value=${team?.name ?? ""}></div>`,
      footer: html`<button class="button is-primary">${words("desk.settings.save")}</button>`,
      onSubmit: async (form) => {
        const name = form.elements.name.value.trim();
        if (!name) return;
        const answer = await this.app.attempt(() => (team ? api.patch(`teams/${team.id}`, { name }) : api.post("teams", { name })));
        if (!answer) return;
        dialog.close();
        this.#teams = [...this.#teams.filter(({ id }) => id !== answer.team.id), answer.team];
        this.#draw();
      },
    });
  }
}
