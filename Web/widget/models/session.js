/**
 * The visitor's session with one company: who we are to the server, with a cookie or, where cookies are blocked, with a token. No DOM.
 *
 *   const session = new Session({ api, keep, probe });
 *   await session.start({ page, language })         → the session's facts (docs/api.md)
 *   await session.identify(identity)                → { changed }
 *   await session.forget()
 *
 * @module
 */

import { persist, Problem } from "../../shared/api.js";

/** Where a token is kept: the panel's own storage, or the host page's when the browser forbids that. */
/** @typedef {{ read(): string | null, write(token: string | null): void }} TokenKeeper */

export class Session {
  /** @param {{ api: import("../../shared/api.js").Api, keeper: TokenKeeper, hasCookies: boolean, wait?: (milliseconds: number) => Promise<void> }} options */
  constructor({ api, keeper, hasCookies, wait }) {
    this.api = api;
    this.keeper = keeper;
    this.hasCookies = hasCookies;
    this.wait = wait;
  }

  /** @param {{ page?: any, language?: string }} visit @returns {Promise<any>} */
  async start(visit) {
    const token = this.hasCookies ? null : this.keeper.read();
    const facts = await persist(() => this.open({ ...visit, ...(token ? { token } : {}) }), { tries: Infinity, ...(this.wait ? { wait: this.wait } : {}) });
    if (facts.token) this.remember(facts.token);
    return facts;
  }

  /** @param {any} visit */
  open(visit) {
    return this.api.post("sessions", { site: this.api.site, ...visit, ...(this.hasCookies ? {} : { cookieless: true }) });
  }

  /**
   * A cookie that was set and did not come back: it is blocked on the way, whatever the browser said.
   * @param {unknown} problem
   * @returns {boolean} whether it is worth starting again
   */
  refused(problem) {
    if (!(problem instanceof Problem) || problem.code !== "not_signed_in") return false;
    if (this.hasCookies) this.hasCookies = false;
    else this.remember(null);
    return true;
  }

  /** @param {any} identity @returns {Promise<any>} */
  async identify(identity) {
    const answer = await this.api.put("sessions/current/identity", identity);
    if (answer.token) this.remember(answer.token);
    return answer;
  }

  async forget() {
    await this.api.delete("sessions/current");
    this.remember(null);
  }

  /** @param {string | null} token */
  remember(token) {
    this.api.token = token;
    this.keeper.write(token);
  }
}

/**
 * Whether a cookie of ours would be kept here. A blocked one vanishes without a word, so we try.
 * @param {{ cookie: string }} page
 * @param {boolean} isSecure
 */
export function cookiesWork(page, isSecure) {
  const manner = `Path=/chat; ${isSecure ? "Secure; SameSite=None; Partitioned" : "SameSite=Lax"}`;
  try {
    page.cookie = `moro_probe=1; ${manner}`;
    const isKept = /(^|; )moro_probe=1/.test(page.cookie);
    page.cookie = `moro_probe=; Max-Age=0; ${manner}`;
    return isKept;
  } catch {
    return false;
  }
}
