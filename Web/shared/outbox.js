/**
 * What has been said but not yet acknowledged: kept on the device, sent in order, one at a time, until the server has it.
 *
 *   const outbox = new Outbox({ scope: "KEY:contact", send: item => api.post(…, { clientId: item.clientId, ...item.body }), onChange, onSent });
 *   outbox.add({ text })            → the Item, already on its way
 *   outbox.items                    waiting, sending and failed, oldest first
 *   outbox.retry(clientId)  outbox.drop(clientId)  outbox.wake()
 *
 * `send` must be idempotent by clientId and throw Problem. A temporary problem (no network, 429, 503) is tried again by itself and
 * holds back what comes after; a refusal marks the item failed, keeps its text, and lets the rest go on.
 *
 * @module
 */

import { backOff, clientId, Problem } from "./api.js";

/** @typedef {{ clientId: string, at: number, body: any, state: "waiting" | "sending" | "failed", problem?: Problem }} Item */
/** @typedef {Pick<Storage, "getItem" | "setItem" | "removeItem" | "key" | "length">} Keeper */

export class Outbox {
  /**
   * @param {object} options
   * @param {string} options.scope whose outbox: nothing may be sent in another's name
   * @param {(item: Item) => Promise<any>} options.send
   * @param {(outbox: Outbox) => void} [options.onChange]
   * @param {(item: Item, answer: any) => void} [options.onSent]
   * @param {Keeper} [options.storage]
   * @param {{ now(): number, setTimeout(run: () => void, after: number): any, clearTimeout(timer: any): void }} [options.clock]
   * @param {() => number} [options.random]
   */
  constructor({ scope, send, onChange = () => {}, onSent = () => {}, storage = keeper(), clock, random = Math.random }) {
    this.prefix = `moro.outbox.${scope}.`;
    this.send = send;
    this.onChange = onChange;
    this.onSent = onSent;
    this.storage = storage;
    this.clock = clock ?? { now: () => Date.now(), setTimeout: (run, after) => setTimeout(run, after), clearTimeout: timer => clearTimeout(timer) };
    this.random = random;
    this.round = 0;
    /** @type {Item[]} */
    this.items = this.kept();
    /** @type {any} */
    this.timer = null;
    this.isSending = false;
    this.isStopped = false;
  }

  /** @param {any} body @returns {Item} */
  add(body) {
    // Two within a millisecond must still be told apart after a reload.
    const at = Math.max(this.clock.now(), (this.items[this.items.length - 1]?.at ?? 0) + 1);
    /** @type {Item} */
    const item = { clientId: clientId(at), at, body, state: "waiting" };
    this.items.push(item);
    this.keep(item);
    this.onChange(this);
    this.wake();
    return item;
  }

  /** @param {string} id */
  retry(id) {
    const item = this.items.find(one => one.clientId === id);
    if (!item || item.state !== "failed") return;
    item.state = "waiting";
    delete item.problem;
    this.keep(item);
    this.onChange(this);
    this.wake();
  }

  /** @param {string} id */
  drop(id) {
    this.forget(id);
    this.onChange(this);
  }

  /**
   * The server already has this one: the news was quicker than the answer.
   * @param {string} id
   */
  settled(id) {
    if (this.items.some(item => item.clientId === id)) this.drop(id);
  }

  /** Try now: the network is back, or something was added. */
  wake() {
    this.clock.clearTimeout(this.timer);
    this.timer = null;
    void this.sendNext();
  }

  stop() {
    this.isStopped = true;
    this.clock.clearTimeout(this.timer);
  }

  async sendNext() {
    const item = this.items.find(one => one.state === "waiting");
    if (!item || this.isSending || this.isStopped) return;
    this.isSending = true;
    item.state = "sending";
    try {
      const answer = await this.send(item);
      this.round = 0;
      this.forget(item.clientId);
      this.onSent(item, answer);
    } catch (error) {
      this.sendFailed(item, error instanceof Problem ? error : new Problem({ code: "internal", detail: String(error), status: 400 }));
    }
    this.isSending = false;
    this.onChange(this);
    if (this.timer === null) void this.sendNext();
  }

  /** @param {Item} item @param {Problem} problem */
  sendFailed(item, problem) {
    item.problem = problem;
    item.state = problem.isTemporary ? "waiting" : "failed";
    this.keep(item);
    if (!problem.isTemporary || this.isStopped) return;
    this.timer = this.clock.setTimeout(() => this.wake(), backOff(this.round, this.random, problem.retryAfter));
    this.round += 1;
  }

  // ── On the device: one entry per message, so that tabs do not overwrite each other ──

  /** @param {Item} item */
  keep({ clientId: id, at, body, state }) {
    if (!this.items.some(item => item.clientId === id)) return;
    // A full or forbidden storage must not stop the sending; the item stays in memory.
    try { this.storage.setItem(this.prefix + id, JSON.stringify({ at, body, failed: state === "failed" })); } catch { /* kept in memory only */ }
  }

  /** @param {string} id */
  forget(id) {
    this.items = this.items.filter(item => item.clientId !== id);
    try { this.storage.removeItem(this.prefix + id); } catch { /* nothing was kept */ }
  }

  /** @returns {Item[]} */
  kept() {
    return keysOf(this.storage).filter(key => key.startsWith(this.prefix)).flatMap(key => this.readKept(key)).sort((a, b) => a.at - b.at || (a.clientId < b.clientId ? -1 : 1));
  }

  /** @param {string} key @returns {Item[]} */
  readKept(key) {
    try {
      const { at, body, failed } = JSON.parse(this.storage.getItem(key) ?? "");
      return [{ clientId: key.slice(this.prefix.length), at, body, state: failed ? "failed" : "waiting" }];
    } catch { return []; }
  }
}

/** The device's storage, or memory where that is forbidden. @returns {Keeper} */
export function keeper() {
  try {
    const storage = globalThis.localStorage;
    storage.setItem("moro.probe", "1");
    storage.removeItem("moro.probe");
    return storage;
  } catch { return memory(); }
}

/** @returns {Keeper} */
export function memory() {
  /** @type {Map<string, string>} */
  const entries = new Map();
  return {
    getItem: key => entries.get(key) ?? null,
    setItem: (key, value) => { entries.set(key, value); },
    removeItem: key => { entries.delete(key); },
    key: index => [...entries.keys()][index] ?? null,
    get length() { return entries.size; },
  };
}

/** @param {Keeper} storage */
function keysOf(storage) {
  return Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? "");
}
