/**
 * Moro's API over HTTP.
 *
 *   const api = new Api({ site: "KEY" });              a visitor; leave `site` out for an agent
 *   await api.post("conversations", { clientId, text })  → the answer's JSON, or throws Problem
 *   await api.upload(file, { onProgress: part => … })    → Attachment
 *   api.token = "…"                                      where cookies are blocked
 *
 * @module
 */

/** What went wrong, as a closed set of codes (docs/api.md); `network` and `timeout` are ours for an answer that never came. */
export class Problem extends Error {
  /** @param {{ code: string, status?: number, title?: string, detail?: string, field?: string, retryAfter?: number, [more: string]: any }} facts */
  constructor(facts) {
    super(facts.detail ?? facts.title ?? facts.code);
    this.name = "Problem";
    this.code = facts.code;
    this.status = facts.status ?? 0;
    this.title = facts.title ?? "";
    this.detail = facts.detail ?? "";
    this.field = facts.field;
    /** Seconds to wait, when the server said so. */
    this.retryAfter = facts.retryAfter;
    this.facts = facts;
  }

  /** The same request may well succeed later: nobody answered, or the answer was "not now". */
  get isTemporary() {
    return this.status === 0 || this.status === 408 || this.status === 429 || this.status >= 500;
  }
}

export class Api {
  /** @param {{ site?: string, token?: string | null, base?: string, fetch?: typeof fetch, patience?: number }} options */
  constructor({ site, token, base = "", fetch = globalThis.fetch.bind(globalThis), patience = 20_000 } = {}) {
    this.site = site;
    this.token = token ?? null;
    this.base = base;
    this.patience = patience;
    this.fetch = fetch;
  }

  /** @param {string} path @param {{ signal?: AbortSignal, patience?: number }} [options] @returns {Promise<any>} */
  get(path, options) { return this.request("GET", path, undefined, options); }
  /** @param {string} path @param {any} [body] @returns {Promise<any>} */
  post(path, body) { return this.request("POST", path, body); }
  /** @param {string} path @param {any} [body] @returns {Promise<any>} */
  put(path, body) { return this.request("PUT", path, body); }
  /** @param {string} path @param {any} [body] @returns {Promise<any>} */
  patch(path, body) { return this.request("PATCH", path, body); }
  /** @param {string} path @param {any} [body] @returns {Promise<any>} */
  delete(path, body) { return this.request("DELETE", path, body); }

  /**
   * @param {string} method
   * @param {string} path below /api/v1/
   * @param {any} [body]
   * @param {{ signal?: AbortSignal, patience?: number }} options
   * @returns {Promise<any>}
   */
  async request(method, path, body, { signal, patience = this.patience } = {}) {
    const limit = new AbortController();
    const timer = setTimeout(() => limit.abort(), patience);
    signal?.addEventListener("abort", () => limit.abort());
    try {
      const answer = await this.fetch(this.url(path), {
        method, signal: limit.signal, credentials: "same-origin", cache: "no-store",
        headers: { ...this.headers(), ...(body === undefined ? {} : { "Content-Type": "application/json" }) },
        body: body === undefined ? undefined : JSON.stringify(body),
      });
      return await read(answer);
    } catch (error) {
      throw error instanceof Problem ? error : new Problem({ code: limit.signal.aborted && !signal?.aborted ? "timeout" : "network" });
    } finally {
      clearTimeout(timer);
    }
  }

  /**
   * Sends a file as it is. XMLHttpRequest, because fetch does not tell how far an upload has got.
   * @param {File} file
   * @param {{ onProgress?: (part: number) => void, signal?: AbortSignal }} options
   * @returns {Promise<any>} the Attachment
   */
  upload(file, { onProgress, signal } = {}) {
    return new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      request.open("POST", this.url("uploads"));
      const headers = { ...this.headers(), "Content-Type": file.type || "application/octet-stream", "Moro-Filename": encodeURIComponent(wellFormed(file.name)) };
      for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
      request.upload.onprogress = event => event.lengthComputable && onProgress?.(event.loaded / event.total);
      request.onload = () => settle(request, resolve, reject);
      request.onerror = request.ontimeout = request.onabort = () => reject(new Problem({ code: "network" }));
      signal?.addEventListener("abort", () => request.abort());
      request.send(file);
    });
  }

  /** @param {string} path */
  url(path) { return `${this.base}/api/v1/${path}`; }

  /** @returns {Record<string, string>} */
  headers() {
    return {
      Accept: "application/json",
      ...(this.site ? { "Moro-Site": this.site } : {}),
      ...(this.token ? { Authorization: `Bearer ${this.token}` } : {}),
    };
  }
}

/**
 * Asks again while the problem is temporary. Only for what is harmless twice: reads, and sends that carry a client id.
 * @template T
 * @param {() => Promise<T>} attempt
 * @param {{ tries?: number, wait?: (milliseconds: number) => Promise<void>, random?: () => number }} options
 * @returns {Promise<T>}
 */
export async function persist(attempt, { tries = 5, wait = pause, random = Math.random } = {}) {
  for (let round = 0; ; round += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof Problem) || !error.isTemporary || round + 1 >= tries) throw error;
      await wait(backOff(round, random, error.retryAfter));
    }
  }
}

/**
 * Half a second to one and a half, then doubled to at most fifteen, never sooner than the server asked.
 * @param {number} round 0 for the first wait
 * @param {() => number} [random]
 * @param {number} [retryAfter] seconds
 */
export function backOff(round, random = Math.random, retryAfter = 0) {
  return Math.max(retryAfter * 1000, Math.min(15_000, 1000 * 2 ** round * (0.5 + random())));
}

/** An id that a client gives to what it sends, so that sending again is the same thing. Sorts by time. */
export function clientId(now = Date.now()) {
  const random = crypto.getRandomValues(new Uint8Array(12));
  return now.toString(36).padStart(9, "0") + "-" + Array.from(random, byte => (byte % 36).toString(36)).join("");
}

/** @param {Response} answer */
async function read(answer) {
  if (answer.status === 204) return {};
  const text = await answer.text();
  const json = parsed(text);
  if (!answer.ok) throw problemOf(answer.status, json, answer.headers.get("Retry-After"));
  // A page in place of an answer is a hotel network's gate or a proxy's apology: as good as no network.
  if (json === undefined) throw new Problem({ code: "network" });
  return json;
}

/**
 * @param {XMLHttpRequest} request
 * @param {(attachment: any) => void} resolve
 * @param {(problem: Problem) => void} reject
 */
function settle(request, resolve, reject) {
  const json = parsed(request.responseText);
  if (request.status >= 200 && request.status < 300 && json?.attachment) resolve(json.attachment);
  else reject(problemOf(request.status, json, request.getResponseHeader("Retry-After")));
}

/**
 * @param {number} status
 * @param {any} json
 * @param {string | null} retryAfter
 */
function problemOf(status, json, retryAfter) {
  return new Problem({ code: status >= 500 ? "busy" : "malformed", retryAfter: Number(retryAfter) || undefined, ...json, status });
}

/** @param {string} text */
function parsed(text) {
  try { return JSON.parse(text); } catch { return undefined; }
}

/**
 * A lone surrogate in a file name would make encodeURIComponent throw.
 * @param {string} text
 */
function wellFormed(text) {
  return text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd");
}

/** @param {number} milliseconds @returns {Promise<void>} */
function pause(milliseconds) {
  return new Promise(resolve => { setTimeout(resolve, milliseconds); });
}
