/** How far our side has got: tells the server what has come to this desk and what has been read, gathered over a moment. */

const gathers = 250;

export class Reading {
  #api;
  #waiting = new Map();
  #told = new Map();

  /** @param {{ api: import("../../shared/api.js").Api, later?: (run: () => void, after: number) => void }} parts */
  constructor({ api, later = (run, after) => setTimeout(run, after) }) {
    this.#api = api;
    this.later = later;
  }

  /** @param {string} conversation @param {{ delivered?: number, read?: number }} mark */
  note(conversation, mark) {
    const known = this.#waiting.get(conversation) ?? this.#told.get(conversation) ?? {};
    const next = { delivered: highest(known.delivered, mark.delivered, mark.read), read: highest(known.read, mark.read) };
    if (next.delivered === known.delivered && next.read === known.read) return;
    if (!this.#waiting.has(conversation)) this.later(() => this.#tell(conversation), gathers);
    this.#waiting.set(conversation, next);
  }

  async #tell(conversation) {
    const mark = this.#waiting.get(conversation);
    const before = this.#told.get(conversation);
    this.#waiting.delete(conversation);
    this.#told.set(conversation, mark);
    try {
      await this.#api.put(`conversations/${conversation}/marks`, present(mark));
    } catch {
      // Not told: the next line that is read tells this one too.
      if (before) this.#told.set(conversation, before);
      else this.#told.delete(conversation);
    }
  }
}

function highest(...values) {
  const known = values.filter((value) => value !== undefined);
  return known.length ? Math.max(...known) : undefined;
}

function present({ delivered, read }) {
  return { ...(delivered === undefined ? {} : { delivered }), ...(read === undefined ? {} : { read }) };
}
