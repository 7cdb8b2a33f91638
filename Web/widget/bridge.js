/**
 * The panel's side of the wall between it and the page it sits on. The page speaks first, over a private port that only a
 * message with this load's nonce can open.
 *
 *   const bridge = new Bridge();
 *   const hello = await bridge.hello;                { page, language, token, identity, isShown … }
 *   bridge.on("shown", ({ isShown }) => …);          also page, language, identify, attributes, reset
 *   bridge.tell("state", { unread });                also ready, close, message, availability, keep
 *
 * @module
 */

export class Bridge {
  constructor() {
    this.nonce = location.hash.slice(1);
    /** @type {MessagePort | null} */
    this.port = null;
    /** @type {Map<string, (facts: any) => void>} */
    this.listeners = new Map();
    /** @type {Promise<any>} */
    this.hello = new Promise(resolve => this.listenFor(resolve));
  }

  /** @param {string} type @param {(facts: any) => void} run */
  on(type, run) { this.listeners.set(type, run); }

  /** @param {string} type @param {Record<string, any>} [facts] */
  tell(type, facts = {}) { this.port?.postMessage({ ...facts, type }); }

  /** @param {(hello: any) => void} resolve */
  listenFor(resolve) {
    window.addEventListener("message", event => {
      if (event.source !== window.parent || !this.nonce || event.data?.moro !== this.nonce || !event.ports[0]) return;
      this.port?.close();
      this.port = event.ports[0];
      this.port.onmessage = message => this.listeners.get(message.data?.type)?.(message.data);
      resolve(event.data);
    });
  }
}

export const isEmbedded = window.parent !== window && new URLSearchParams(location.search).has("embed");
