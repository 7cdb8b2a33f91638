/** What one person wants: some of it everywhere (kept by the server), some on this device, because a phone and a big screen want different things. */

const key = "moro.desk.preferences";

/** What comes along to another device. */
const everywhere = ["sound", "singleKeys", "enterSends"];

const usual = { theme: "auto", view: "all", sound: true, notifications: false, askedNotifications: false, singleKeys: true, enterSends: false };

export class Preferences extends EventTarget {
  #storage;
  #values;

  /** @param {Pick<Storage, "getItem"|"setItem">} storage */
  constructor(storage) {
    super();
    this.#storage = storage;
    this.#values = { ...usual, ...stored(storage) };
  }

  /** @template {keyof typeof usual} Name @param {Name} name @returns {(typeof usual)[Name]} */
  get(name) {
    return this.#values[name];
  }

  /** Takes over what the person has chosen elsewhere. @param {Record<string, unknown>} [settings] */
  arrive(settings = {}) {
    for (const name of everywhere) if (typeof settings[name] === typeof usual[name]) this.#values[name] = settings[name];
  }

  /** @param {string} name */
  travels(name) {
    return everywhere.includes(name);
  }

  get travelling() {
    return Object.fromEntries(everywhere.map((name) => [name, this.#values[name]]));
  }

  /** @template {keyof typeof usual} Name @param {Name} name @param {(typeof usual)[Name]} value */
  set(name, value) {
    this.#values = { ...this.#values, [name]: value };
    try {
      this.#storage.setItem(key, JSON.stringify(this.#values));
    } catch {
      // A browser that keeps nothing still obeys until it is closed.
    }
    this.dispatchEvent(new CustomEvent("changed", { detail: name }));
  }
}

function stored(storage) {
  try {
    return JSON.parse(storage.getItem(key)) ?? {};
  } catch {
    return {};
  }
}
