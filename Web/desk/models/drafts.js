/** What an agent has begun to write, kept per conversation and per manner (reply, note) until it has gone. */

/** @typedef {{ text: string, attachments?: import("./types.js").Attachment[] }} Draft */

export class Drafts {
  #storage;
  #owner;

  /** @param {Pick<Storage, "getItem"|"setItem"|"removeItem">} storage @param {string} owner the agent: a shared computer keeps drafts apart */
  constructor(storage, owner) {
    this.#storage = storage;
    this.#owner = owner;
  }

  /** @param {string} conversation @param {"reply"|"note"} kind @returns {Draft} */
  get(conversation, kind) {
    try {
      return JSON.parse(this.#storage.getItem(this.#key(conversation, kind)) ?? "null") ?? { text: "" };
    } catch {
      return { text: "" };
    }
  }

  /** @param {string} conversation @param {"reply"|"note"} kind @param {Draft} draft */
  keep(conversation, kind, draft) {
    const key = this.#key(conversation, kind);
    if (!draft.text && !draft.attachments?.length) return this.#storage.removeItem(key);
    try {
      this.#storage.setItem(key, JSON.stringify(draft));
    } catch {
      // Full storage: the text still stands in the box, and shortening it makes room.
    }
  }

  /** @param {string} conversation @param {"reply"|"note"} kind */
  forget(conversation, kind) {
    this.#storage.removeItem(this.#key(conversation, kind));
  }

  /** Whether something unsent is kept for a conversation. @param {string} conversation */
  has(conversation) {
    return Boolean(this.get(conversation, "reply").text.trim() || this.get(conversation, "note").text.trim());
  }

  #key(conversation, kind) {
    return `moro.desk.draft.${this.#owner}.${conversation}.${kind}`;
  }
}
