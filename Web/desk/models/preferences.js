/** What one person wants on this device. Kept in the browser, because a phone and a big screen want different things. */

const key = "moro.desk.preferences";

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
