/**
 * A small base for custom elements: listeners that leave with the element, drawing once per frame.
 *
 *   class InboxList extends MoroElement {
 *     connected() { this.listen(this, "click", …); this.draw(); }
 *     render() { replace(this, html`…`); }
 *   }
 *   define("moro-inbox-list", InboxList);
 *
 * @module
 */

export class MoroElement extends HTMLElement {
  /** @type {AbortController | null} */
  #life = null;
  #isDrawing = false;

  connectedCallback() {
    this.#life = new AbortController();
    this.connected();
  }

  disconnectedCallback() {
    this.#life?.abort();
    this.#life = null;
    this.disconnected();
  }

  connected() {}
  disconnected() {}
  render() {}

  /** Ends with the element: for fetches and listeners. */
  get life() { return this.#life?.signal; }

  /** @param {EventTarget} target @param {string} type @param {(event: any) => void} run @param {AddEventListenerOptions} [options] */
  listen(target, type, run, options = {}) {
    target.addEventListener(type, run, { ...options, signal: this.#life?.signal });
  }

  /** Asks for one render before the next frame, however often it is called. */
  draw() {
    if (this.#isDrawing) return;
    this.#isDrawing = true;
    queueMicrotask(() => {
      this.#isDrawing = false;
      if (this.isConnected) this.render();
    });
  }

  /** @param {string} type @param {any} [detail] */
  tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true }));
  }
}

/** @param {string} name @param {CustomElementConstructor} element */
export function define(name, element) {
  if (!customElements.get(name)) customElements.define(name, element);
}
