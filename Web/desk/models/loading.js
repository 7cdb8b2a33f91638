/** Fetching what the desk shows: views of the inbox, conversations, messages, customers. */

const pageSize = 50;

export class Loading {
  #api;
  #desk;
  /** Where the next page of a view begins; missing when it hasn't been loaded, null when all of it is here. @type {Map<string, string|null>} */
  #next = new Map();
  #underWay = new Map();

  /** @param {{ api: import("../../shared/api.js").Api, desk: import("./desk.js").Desk }} parts */
  constructor({ api, desk }) {
    this.#api = api;
    this.#desk = desk;
  }

  /** Whether the first page of a view is here. @param {string} view */
  has(view) {
    return this.#next.has(view);
  }

  /** @param {string} view */
  hasMore(view) {
    return Boolean(this.#next.get(view));
  }

  /** The first page of a view. @param {string} view */
  async view(view) {
    await this.#page(view, undefined);
  }

  /** The next page of a view. @param {string} view */
  async more(view) {
    const after = this.#next.get(view);
    if (after) await this.#once(`more ${view}`, () => this.#page(view, after));
  }

  async counts() {
    const { counts } = await this.#api.get("conversations?view=mine&limit=1");
    if (counts) this.#desk.setCounts(counts);
  }

  /** A conversation with its newest messages and the customer. @param {string} id */
  async conversation(id) {
    await this.#once(`conversation ${id}`, async () => {
      const [{ conversation }, { messages, more }] = await Promise.all([this.#api.get(`conversations/${id}`), this.#messages(id)]);
      const known = this.#desk.conversations.get(id);
      this.#desk.load([{ ...conversation, unread: conversation.unread ?? known?.unread ?? 0 }]);
      this.#desk.loadThread(id, messages, more);
      await this.contact(conversation.contact.id);
    });
  }

  /** Older messages. @param {string} id */
  async earlier(id) {
    const before = this.#desk.thread(id).earliestSeq;
    if (before === undefined) return;
    await this.#once(`earlier ${id}`, async () => {
      const { messages, more } = await this.#messages(id, before);
      this.#desk.loadThread(id, messages, more);
    });
  }

  /** A customer with what they have on now, and their conversations. @param {string} id */
  async contact(id) {
    const { contact, conversations } = await this.#api.get(`contacts/${id}`);
    this.#desk.loadContact({ ...contact, conversations });
  }

  /** Everything anew after a hole in the news. @param {string} view @param {string|undefined} open */
  async again(view, open) {
    const facts = await this.#api.get("me");
    this.#desk.forget();
    this.#desk.begin(facts);
    this.#next.clear();
    await Promise.all([this.view(view), open ? this.conversation(open) : undefined]);
    return facts;
  }

  async #page(view, after) {
    const query = new URLSearchParams({ view, limit: String(pageSize), ...(after ? { after } : {}) });
    const { conversations, counts, next } = await this.#api.get(`conversations?${query}`);
    this.#next.set(view, next ?? null);
    this.#desk.load(conversations, counts);
  }

  #messages(id, before) {
    const query = new URLSearchParams({ limit: String(pageSize), ...(before ? { before: String(before) } : {}) });
    return this.#api.get(`conversations/${id}/messages?${query}`);
  }

  /** Asked twice at the same time, fetched once. */
  #once(name, work) {
    if (!this.#underWay.has(name)) this.#underWay.set(name, work().finally(() => this.#underWay.delete(name)));
    return this.#underWay.get(name);
  }
}
