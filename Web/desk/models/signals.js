/** What is true for a moment only: what the customer is writing, which colleague writes here too. Forgotten by itself. */

/** How long a sign of writing holds without a new one, in milliseconds. */
export const holds = 6000;

export class Signals {
  /** @type {Map<string, { text?: string, name?: string, until: number }>} */ #peeks = new Map();
  /** @type {Map<string, Map<string, number>>} */ #composing = new Map();

  /** Takes a signal of the news. True when something changed. @param {any} signal @param {number} now @param {string} me */
  take(signal, now, me) {
    if (signal.author?.id === me) return false;
    if (signal.type === "typing" && signal.author?.kind === "contact") return this.#typed(signal, now);
    if (signal.type === "composing" || (signal.type === "typing" && signal.author?.kind === "agent")) return this.#composes(signal, now);
    return false;
  }

  /** What the customer is writing, or undefined. @param {string} conversation @param {number} now */
  peek(conversation, now) {
    const peek = this.#peeks.get(conversation);
    return peek && peek.until > now ? peek : undefined;
  }

  /** Ids of colleagues who are writing here. @param {string} conversation @param {number} now @returns {string[]} */
  colleagues(conversation, now) {
    return [...(this.#composing.get(conversation) ?? [])].filter(([, until]) => until > now).map(([id]) => id);
  }

  /** What was being written has been said. @param {string} conversation @param {import("./types.js").Author} author */
  said(conversation, author) {
    if (author.kind === "contact") this.#peeks.delete(conversation);
    else if (author.id) this.#composing.get(conversation)?.delete(author.id);
  }

  #typed({ conversation, author, text, stopped }, now) {
    if (stopped) return this.#peeks.delete(conversation);
    this.#peeks.set(conversation, { text, name: author.name, until: now + holds });
    return true;
  }

  #composes({ conversation, author, stopped }, now) {
    const here = this.#composing.get(conversation) ?? new Map();
    this.#composing.set(conversation, here);
    if (stopped) return here.delete(author.id);
    here.set(author.id, now + holds);
    return true;
  }
}
