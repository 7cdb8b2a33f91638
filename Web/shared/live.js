/**
 * News from the server, in order and exactly once, over a WebSocket or, where that is blocked, by long poll.
 *
 *   const live = new Live({ site, token, after: session.seq, onEvent, onSignal, onState, onReset });
 *   live.start();                       live.stop();
 *   live.signal({ type: "typing", conversation, text })     dropped when nobody can hear it
 *   live.wake();                        try now, do not wait for the next turn
 *   live.seq                            the highest event seen
 *   live.state                          "connecting" | "live" | "polling" | "offline"
 *
 * onEvent(event)   each event once, by growing `seq`
 * onSignal(signal) typing, presence, availability …: may be lost
 * onReset(seq)     the hole was too large: load everything again; events go on from `seq`
 * onState(state)   "offline" also means "trying again by itself"
 * onSignedOut()    the session is not valid any more; Live has stopped
 *
 * @module
 */

import { backOff } from "./api.js";

const OPEN_WITHIN = 5_000;
const ANSWER_WITHIN = 6_000;
const PING_EVERY = 40_000;
const LOST_TWICE_WITHIN = 10_000;
const TRY_SOCKET_AGAIN = 120_000;
const POLL_SECONDS = 25;

/** @typedef {"connecting" | "live" | "polling" | "offline"} LiveState */
/**
 * @typedef {object} LiveOptions
 * @property {string} [site] visitors name their site; agents leave it out
 * @property {string | null} [token] where cookies are blocked
 * @property {number} after
 * @property {(event: any) => void} onEvent
 * @property {(signal: any) => void} [onSignal]
 * @property {(state: LiveState) => void} [onState]
 * @property {(seq: number) => void} [onReset]
 * @property {() => void} [onSignedOut]
 * @property {string} [origin] "https://chat.example"
 * @property {typeof WebSocket} [socket]
 * @property {typeof fetch} [fetch]
 * @property {{ now(): number, setTimeout(run: () => void, after: number): any, clearTimeout(timer: any): void }} [clock]
 * @property {() => number} [random]
 * @property {EventTarget | null} [window] hears online and offline
 * @property {(EventTarget & { visibilityState?: string }) | null} [document] hears visibilitychange
 */

export class Live {
  /** @param {LiveOptions} options */
  constructor(options) {
    this.options = options;
    this.seq = options.after;
    /** @type {LiveState} */
    this.state = "connecting";
    this.origin = options.origin ?? globalThis.location?.origin ?? "";
    this.clock = options.clock ?? { now: () => Date.now(), setTimeout: (run, after) => setTimeout(run, after), clearTimeout: timer => clearTimeout(timer) };
    this.random = options.random ?? Math.random;
    this.fetch = options.fetch ?? globalThis.fetch?.bind(globalThis);
    this.Socket = options.socket ?? globalThis.WebSocket;
    this.window = options.window === undefined ? (globalThis.window ?? null) : options.window;
    this.document = options.document === undefined ? (globalThis.document ?? null) : options.document;
    /** @type {WebSocket | null} */
    this.channel = null;
    /** @type {AbortController | null} */
    this.poll = null;
    /** @type {Record<string, any>} */
    this.timers = {};
    this.round = 0;
    /** @type {number[]} */
    this.losses = [];
    this.isRunning = false;
    this.isPolling = false;
    this.heardFromDevice = (/** @type {Event} */ event) => this.deviceSays(event.type);
  }

  start() {
    if (this.isRunning) return;
    this.isRunning = true;
    this.watchDevice(true);
    this.openSocket();
  }

  stop() {
    this.isRunning = false;
    this.watchDevice(false);
    this.dropSocket();
    this.stopPolling();
    for (const name of Object.keys(this.timers)) this.cancel(name);
  }

  wake() {
    if (!this.isRunning) return;
    if (this.channel?.readyState === 1) return this.ask();
    if (this.channel || this.poll) return;
    this.round = 0;
    this.connect();
  }

  /** @param {any} signal */
  signal(signal) {
    if (this.channel?.readyState === 1) this.channel.send(JSON.stringify(signal));
    else if (this.poll && signal.type === "typing") void this.request("signals", { method: "POST", body: JSON.stringify(signal) }).catch(() => {});
  }

  // ── The socket ──

  connect() {
    this.cancel("again");
    if (this.isPolling) this.startPolling();
    else this.openSocket();
  }

  openSocket() {
    this.cancel("again");
    if (this.state !== "polling") this.become(this.round ? "offline" : "connecting");
    const query = new URLSearchParams({ after: String(this.seq), ...(this.options.site ? { site: this.options.site } : {}) });
    try {
      this.channel = new this.Socket(`${this.origin.replace(/^http/, "ws")}/api/v1/socket?${query}`, this.options.token ? ["moro", `token.${this.options.token}`] : ["moro"]);
    } catch {
      return this.socketLost({ code: 1006, reason: "" }, false);
    }
    this.listen(this.channel);
    this.after("open", OPEN_WITHIN, () => this.socketSilent());
  }

  /** @param {WebSocket} channel */
  listen(channel) {
    let hasSpoken = false;
    channel.onmessage = message => {
      if (channel !== this.channel) return;
      if (!hasSpoken) this.socketSpeaks();
      hasSpoken = true;
      this.heard();
      this.take(JSON.parse(message.data));
    };
    channel.onclose = close => {
      if (channel === this.channel) this.socketLost(close, hasSpoken);
    };
  }

  socketSpeaks() {
    this.cancel("open");
    this.stopPolling();
    this.isPolling = false;
    this.cancel("socket");
    this.round = 0;
    this.become("live");
  }

  /** No word in time: as good as closed, and the browser may take a minute to say so. */
  socketSilent() {
    this.dropSocket();
    this.socketLost({ code: 1006, reason: "" }, false);
  }

  /**
   * @param {{ code: number, reason: string }} close
   * @param {boolean} hadSpoken
   */
  socketLost({ code, reason }, hadSpoken) {
    this.dropSocket();
    if (!this.isRunning) return;
    if (code === 4001) return this.signedOut();
    if (this.poll) return this.trySocketLater();
    if (this.isSocketUseless(code, hadSpoken)) return this.turnToPolling();
    const hint = Number(/retry=(\d+)/.exec(reason ?? "")?.[1]);
    this.again(hint || backOff(this.round, this.random));
  }

  /**
   * A socket that never speaks is blocked on the way; one that dies twice at once is as good as blocked. A server
   * that restarts says so (1001) and is not counted.
   * @param {number} code
   * @param {boolean} hadSpoken
   */
  isSocketUseless(code, hadSpoken) {
    if (code === 1001) return false;
    const now = this.clock.now();
    this.losses = [...this.losses.filter(at => now - at < LOST_TWICE_WITHIN), now];
    return code === 4009 || this.losses.length >= 2 || (!hadSpoken && this.round > 0);
  }

  dropSocket() {
    const channel = this.channel;
    this.channel = null;
    for (const name of ["open", "answer", "ping"]) this.cancel(name);
    if (!channel) return;
    channel.onmessage = channel.onclose = null;
    try { channel.close(); } catch { /* already closed */ }
  }

  // ── Is anyone there? A laptop wakes with a socket that looks open and is not. ──

  heard() {
    this.cancel("answer");
    this.after("ping", PING_EVERY, () => this.ask());
  }

  ask() {
    if (this.channel?.readyState !== 1 || this.timers.answer) return;
    this.channel.send('{"type":"ping"}');
    this.after("answer", ANSWER_WITHIN, () => this.socketLost({ code: 1006, reason: "" }, true));
  }

  // ── Long poll ──

  turnToPolling() {
    this.isPolling = true;
    this.round = 0;
    this.losses = [];
    this.trySocketLater();
    this.startPolling();
  }

  trySocketLater() {
    this.after("socket", TRY_SOCKET_AGAIN, () => this.openSocket());
  }

  startPolling() {
    this.cancel("again");
    this.poll = new AbortController();
    void this.pollRounds(this.poll);
  }

  stopPolling() {
    this.poll?.abort();
    this.poll = null;
  }

  /** @param {AbortController} poll */
  async pollRounds(poll) {
    // The first round does not wait, so that we know at once whether anyone answers.
    for (let wait = 0; poll === this.poll; wait = POLL_SECONDS) {
      try {
        const news = await this.request(`events?${this.pollQuery(wait)}`, { signal: poll.signal, patience: (wait + 15) * 1000 });
        if (poll !== this.poll) return;
        this.pollSpeaks();
        this.takeAll(news);
      } catch (error) {
        if (poll === this.poll) this.pollLost(/** @type {any} */ (error));
        return;
      }
    }
  }

  /** Polling that failed and works again: the server was away, so the socket may well be open too. */
  pollSpeaks() {
    if (this.round) this.after("socket", 500, () => this.openSocket());
    this.round = 0;
    this.become("polling");
  }

  /** @param {number} wait */
  pollQuery(wait) {
    return new URLSearchParams({ after: String(this.seq), wait: String(wait), ...(this.options.site ? { site: this.options.site } : {}) });
  }

  /** @param {{ status?: number, retryAfter?: number }} problem */
  pollLost({ status, retryAfter }) {
    this.stopPolling();
    if (status === 401) return this.signedOut();
    this.again(backOff(this.round, this.random, retryAfter));
  }

  /** @param {{ events?: any[], signals?: any[], seq: number, reset?: boolean }} news */
  takeAll(news) {
    if (news.reset) return this.reset(news.seq);
    for (const event of news.events ?? []) this.take(event);
    for (const signal of news.signals ?? []) this.take(signal);
    this.seq = Math.max(this.seq, news.seq ?? 0);
  }

  // ── What came ──

  /** @param {any} news */
  take(news) {
    if (news.type === "hello" || news.type === "pong") return;
    if (news.type === "reset") return this.reset(news.seq);
    if (news.seq === undefined) return this.options.onSignal?.(news);
    if (news.seq <= this.seq) return;
    this.seq = news.seq;
    this.options.onEvent(news);
  }

  /** @param {number} seq */
  reset(seq) {
    this.seq = seq;
    this.options.onReset?.(seq);
  }

  // ── Turns and times ──

  /** @param {number} wait */
  again(wait) {
    this.round += 1;
    this.become("offline");
    this.after("again", wait, () => this.connect());
  }

  signedOut() {
    this.stop();
    this.become("offline");
    this.options.onSignedOut?.();
  }

  /** @param {LiveState} state */
  become(state) {
    if (state === this.state) return;
    this.state = state;
    this.options.onState?.(state);
  }

  /** @param {string} path @param {{ method?: string, body?: string, signal?: AbortSignal, patience?: number }} options */
  async request(path, { method = "GET", body, signal, patience = 15_000 }) {
    const limit = new AbortController();
    const timer = this.clock.setTimeout(() => limit.abort(), patience);
    signal?.addEventListener("abort", () => limit.abort());
    try {
      const answer = await this.fetch(`${this.origin}/api/v1/${path}`, { method, body, signal: limit.signal, credentials: "same-origin", cache: "no-store", headers: this.headers(body) });
      if (!answer.ok) throw Object.assign(new Error(), { status: answer.status, retryAfter: Number(answer.headers.get("Retry-After")) || 0 });
      return answer.status === 204 ? {} : await answer.json();
    } finally {
      this.clock.clearTimeout(timer);
    }
  }

  /** @param {string} [body] @returns {Record<string, string>} */
  headers(body) {
    const { site, token } = this.options;
    return { ...(body ? { "Content-Type": "application/json" } : {}), ...(site ? { "Moro-Site": site } : {}), ...(token ? { Authorization: `Bearer ${token}` } : {}) };
  }

  /** @param {string} name @param {number} wait @param {() => void} run */
  after(name, wait, run) {
    this.cancel(name);
    this.timers[name] = this.clock.setTimeout(() => { delete this.timers[name]; run(); }, wait);
  }

  /** @param {string} name */
  cancel(name) {
    this.clock.clearTimeout(this.timers[name]);
    delete this.timers[name];
  }

  /** @param {boolean} on */
  watchDevice(on) {
    const set = on ? "addEventListener" : "removeEventListener";
    for (const type of ["online", "offline", "pageshow"]) this.window?.[set](type, this.heardFromDevice);
    this.document?.[set]("visibilitychange", this.heardFromDevice);
  }

  /** @param {string} what */
  deviceSays(what) {
    if (what === "offline") return this.networkGone();
    if (what !== "visibilitychange" || this.document?.visibilityState !== "hidden") this.wake();
  }

  networkGone() {
    this.dropSocket();
    this.stopPolling();
    this.again(backOff(this.round, this.random));
  }
}
