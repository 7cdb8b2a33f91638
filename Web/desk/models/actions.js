/** What an agent does to a conversation: one command each, and how it is taken back. */

/** @typedef {{ name: string, values?: Record<string, string|number>, undo?: () => Promise<void> }} Deed what was done, in words of the desk, and its way back */

export class Actions {
  #api;
  #desk;

  /** @param {{ api: import("../../shared/api.js").Api, desk: import("./desk.js").Desk }} parts */
  constructor({ api, desk }) {
    this.#api = api;
    this.#desk = desk;
  }

  /** Takes a conversation. From nobody: only if a colleague wasn't quicker. @param {string} id @returns {Promise<Deed|undefined>} */
  async take(id) {
    const { agent } = this.#conversation(id);
    if (agent?.id === this.#desk.me.id) return undefined;
    try {
      return await this.#assign(id, { agent: this.#desk.me.id, ...(agent ? {} : { ifUnassigned: true }) }, "taken");
    } catch (error) {
      const problem = /** @type {import("../../shared/api.js").Problem} */ (error);
      if (problem.code === "already_taken") problem.facts.agent ??= await this.#owner(id);
      throw problem;
    }
  }

  /** Gives to a colleague or a team, with a word. @param {string} id @param {{ agent?: string|null, team?: string|null, note?: string }} to */
  async transfer(id, { agent = null, team, note }) {
    const name = agent ? this.#desk.agents.get(agent)?.name : this.#desk.teams.get(team)?.name;
    return this.#assign(id, { agent, ...(team ? { team } : {}), ...(note ? { note } : {}) }, "transferred", { name });
  }

  /** Back to the queue. @param {string} id */
  async release(id) {
    return this.#assign(id, { agent: null }, "released");
  }

  /** @param {string} id */
  async close(id) {
    return this.#setState(id, { state: "closed" }, "closed");
  }

  /** @param {string} id */
  async reopen(id) {
    return this.#setState(id, { state: "open" }, "reopened");
  }

  /** @param {string} id @param {number} until */
  async snooze(id, until) {
    return this.#setState(id, { state: "snoozed", until }, "snoozed");
  }

  /** @param {string} id @param {string} tag */
  async addTag(id, tag) {
    if (this.#conversation(id).tags.includes(tag)) return undefined;
    await this.#tag("put", id, tag);
    return { name: "tagged", values: { tag }, undo: () => this.#tag("delete", id, tag) };
  }

  /** @param {string} id @param {string} tag */
  async removeTag(id, tag) {
    await this.#tag("delete", id, tag);
    return { name: "untagged", values: { tag }, undo: () => this.#tag("put", id, tag) };
  }

  /** @param {string} contact @param {{ name?: string, email?: string, phone?: string }} changes */
  async changeContact(contact, changes) {
    const answer = await this.#api.patch(`contacts/${contact}`, changes);
    this.#desk.take({ type: "contact.changed", contact: answer.contact });
  }

  /** Who has it by now, if that can be learnt; that somebody was quicker is known without. */
  async #owner(id) {
    try {
      const { conversation } = await this.#api.get(`conversations/${id}`);
      this.#desk.update(conversation);
      return conversation.agent;
    } catch {
      return undefined;
    }
  }

  async #assign(id, body, name, values) {
    const before = this.#conversation(id);
    await this.#put(id, "assignment", body);
    const back = { agent: before.agent?.id ?? null, ...(before.team || body.team ? { team: before.team?.id ?? null } : {}) };
    return { name, values, undo: () => this.#put(id, "assignment", back) };
  }

  async #setState(id, body, name) {
    const before = this.#conversation(id);
    await this.#put(id, "state", body);
    return { name, undo: () => this.#put(id, "state", wayBack(before)) };
  }

  async #put(id, what, body) {
    const { conversation } = await this.#api.put(`conversations/${id}/${what}`, body);
    this.#desk.update({ unread: this.#desk.conversations.get(id)?.unread, ...conversation });
  }

  async #tag(method, id, tag) {
    const { conversation } = await this.#api[method](`conversations/${id}/tags/${encodeURIComponent(tag)}`);
    this.#desk.update({ unread: this.#desk.conversations.get(id)?.unread, ...conversation });
  }

  /** Actions are offered on what is known only. @param {string} id */
  #conversation(id) {
    return /** @type {import("./types.js").Conversation} */ (this.#desk.conversations.get(id));
  }
}

/** @param {import("./types.js").Conversation} before */
function wayBack({ state, until }) {
  if (state === "snoozed") return { state, until };
  return { state: state === "closed" ? "closed" : "open" };
}
