/** Being called: a soft sound, a number in the title, a notification outside the page. */
import { firstLine } from "../../shared/text.js";
import { nameOf } from "./people.js";

export class Notifier {
  #audio;
  #rangAt = 0;

  /** @param {import("./app.js").App} app */
  constructor(app) {
    this.app = app;
    this.icon = /** @type {HTMLLinkElement} */ (document.querySelector("link[rel=icon]"));
    // A browser lets a page sound only after the person has touched it.
    addEventListener("pointerdown", () => this.#wakeSound(), { once: true });
    addEventListener("keydown", () => this.#wakeSound(), { once: true });
  }

  /** @param {import("../models/notices.js").Notice} notice */
  call(notice) {
    const seen = document.hasFocus() && this.app.place.conversation === notice.conversation;
    if (!seen) this.ring();
    if (!document.hasFocus()) this.#showOutside(notice);
    else if (!seen) this.#showInside(notice);
  }

  /** Two soft notes, at most every other second. */
  ring() {
    if (!this.app.preferences.get("sound") || Date.now() - this.#rangAt < 2000) return;
    this.#rangAt = Date.now();
    this.#wakeSound();
    this.#note(659, 0);
    this.#note(880, 0.13);
  }

  /** Title and icon say how much is unread. */
  draw() {
    const { desk, place, words } = this.app;
    const unread = desk.unreadForMe;
    const open = desk.conversations.get(place.conversation);
    const name = place.screen === "settings" ? words("desk.settings") : open ? nameOf(open.contact, words) : words("desk.title");
    document.title = `${unread ? `(${unread}) ` : ""}${name} · ${desk.workspace.name}`;
    const wanted = `/assets/${this.app.release}/desk/${unread ? "icon-unread" : "icon"}.svg`;
    if (this.icon && this.icon.getAttribute("href") !== wanted) this.icon.setAttribute("href", wanted);
    if (navigator.setAppBadge) (unread ? navigator.setAppBadge(unread) : navigator.clearAppBadge()).catch(() => {});
  }

  /** Asks the browser for leave to notify. @returns {Promise<boolean>} */
  async askLeave() {
    const answer = "Notification" in window ? await Notification.requestPermission() : "denied";
    this.app.preferences.set("askedNotifications", true);
    this.app.preferences.set("notifications", answer === "granted");
    return answer === "granted";
  }

  #showOutside(notice) {
    if (!this.app.preferences.get("notifications") || !("Notification" in window) || Notification.permission !== "granted") return;
    const { title, text } = this.#said(notice);
    const shown = new Notification(title, { body: text, tag: notice.conversation, icon: `/assets/${this.app.release}/desk/icon.svg` });
    shown.onclick = () => { window.focus(); shown.close(); this.app.go({ screen: "inbox", conversation: notice.conversation }); };
  }

  #showInside(notice) {
    const { words, toasts } = this.app;
    const isNew = notice.type === "new";
    const run = () => { this.app.go({ screen: "inbox", conversation: notice.conversation }); if (isNew) this.app.act("take", notice.conversation); };
    toasts.work({ ...this.#said(notice), label: words(isNew ? "desk.action.take" : "desk.notice.open"), run });
  }

  #said({ type, who, by, text }) {
    const { words } = this.app;
    const name = who ?? words("desk.visitor");
    return { title: words(`desk.notice.${type}`, { name, by: by ?? "" }), text: firstLine(text, 160) };
  }

  #wakeSound() {
    if (!("AudioContext" in window)) return;
    this.#audio ??= new AudioContext();
    if (this.#audio.state === "suspended") this.#audio.resume().catch(() => {});
  }

  #note(frequency, after) {
    if (this.#audio?.state !== "running") return;
    const [tone, loudness, start] = [this.#audio.createOscillator(), this.#audio.createGain(), this.#audio.currentTime + after];
    tone.frequency.value = frequency;
    loudness.gain.setValueAtTime(0.0001, start);
    loudness.gain.exponentialRampToValueAtTime(0.08, start + 0.02);
    loudness.gain.exponentialRampToValueAtTime(0.0001, start + 0.35);
    tone.connect(loudness).connect(this.#audio.destination);
    tone.start(start);
    tone.stop(start + 0.4);
  }
}
