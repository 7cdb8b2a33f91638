/** What can be done to a conversation from the desk: by button, key or command. */
import { html } from "../../shared/html.js";
import { views } from "../models/inbox.js";
import { askClose, askSnooze, askTag, askTransfer } from "./action-dialogs.js";
import { showKeySheet } from "./key-sheet.js";
import { menuItem, openMenu } from "./menu.js";

export class Deeds {
  /** @param {import("./app.js").App} app */
  constructor(app) {
    this.app = app;
  }

  /** Does what a button or a key names, to the open conversation. @param {string} name @param {string} [id] */
  async act(name, id = this.app.place.conversation) {
    const conversation = this.app.desk.conversations.get(id) ?? (id ? await this.app.news.fetch(id) : undefined);
    if (!conversation) return undefined;
    const isClosed = conversation.state === "closed";
    if (isClosed && !["reopen", "tag", "note"].includes(name)) return this.app.toasts.tell(this.app.words("desk.act.closed"));
    switch (name) {
      case "take": return this.app.perform((actions) => actions.take(id));
      case "release": return conversation.agent ? this.app.perform((actions) => actions.release(id)) : undefined;
      case "transfer": return askTransfer(this.app, conversation);
      case "snooze": return askSnooze(this.app, conversation);
      case "wake": case "reopen": return this.app.perform((actions) => actions.reopen(id));
      case "tag": return askTag(this.app, conversation);
      case "close": return askClose(this.app, conversation);
      case "reply": return this.app.talk?.composer.focus("reply");
      case "note": return isClosed ? undefined : this.app.talk?.composer.focus("note");
      case "closing": return this.app.talk?.composer.bringClosing();
    }
    return undefined;
  }

  /** Ends a conversation, with closing words first when there are some. @param {string} id @param {string} words */
  async close(id, words) {
    if (words) {
      this.app.say(id, { kind: "reply", text: words, attachments: [] });
      if (!await this.app.news.settled(id)) return;
    }
    await this.app.perform((actions) => actions.close(id));
  }

  /** What can be done to the open conversation, and the rest that the palette offers. */
  commands() {
    const { words } = this.app;
    const conversation = this.app.desk.conversations.get(this.app.place.conversation);
    const deeds = conversation ? this.#deeds(conversation).map(([id, face, key]) => ({ id, title: words(`desk.command.${id}`), icon: face, key, run: () => this.app.act(id) })) : [];
    const presence = ["here", "break", "away"].map((name) => ({ id: name, title: words("desk.command.presence", { presence: words(`desk.presence.${name}`) }), icon: "user", run: () => this.app.setPresence(name) }));
    const shown = views.map((name) => ({ id: name, title: words("desk.command.view", { view: words(`desk.view.${name}`) }), icon: "list", run: () => { this.app.go({ screen: "inbox" }); this.app.showView(name); } }));
    const rest = [["settings", "gear", () => this.app.go({ screen: "settings" })], ["keys", "list", () => showKeySheet(this.app)], ["signOut", "door", () => this.app.signOut()]];
    return [...deeds, ...presence, ...shown, ...rest.map(([id, face, run]) => ({ id, title: words(`desk.command.${id}`), icon: face, run }))];
  }

  /** @param {HTMLElement} opener */
  openActions(opener) {
    const conversation = this.app.desk.conversations.get(this.app.place.conversation);
    if (!conversation) return;
    openMenu(opener, this.app.words("desk.head.more"), html`<div>${this.#deeds(conversation).map(([id, face, key]) => menuItem(face, this.app.words(`desk.command.${id}`), () => this.app.act(id), { key }))}</div>`);
  }

  #deeds({ state, agent }) {
    if (state === "closed") return [["reopen", "return"], ["tag", "tag", "T"]];
    const mine = agent?.id === this.app.desk.me.id;
    return [
      ...(mine ? [] : [["take", "check", "O"]]), ["reply", "chat", "R"], ["note", "lock", "M"], ["transfer", "transfer", "G"],
      ...(agent ? [["release", "return"]] : []), state === "snoozed" ? ["wake", "sun"] : ["snooze", "moon", "Z"], ["tag", "tag", "T"], ["close", "check", "E"],
    ];
  }
}
