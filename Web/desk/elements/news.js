/** The desk and the server: what is said goes out, what happens comes in. */
import { Live } from "../../shared/live.js";
import { Outbox } from "../../shared/outbox.js";
import { noticeOf } from "../models/notices.js";

export class News {
  #newcomers = new Set();
  #versionTimer;

  /** @param {import("./app.js").App} app */
  constructor(app) {
    this.app = app;
  }

  /** What is said here, kept until the server has it. @param {string} agent */
  outbox(agent) {
    return new Outbox({
      scope: `desk:${agent}`,
      send: (item) => this.#sendSaid(item),
      onSent: (item, answer) => this.#sent(item, answer),
      onChange: () => this.app.desk && this.app.draw(),
    });
  }

  /** What happens, from a number on. @param {number} seq */
  live(seq) {
    return new Live({
      after: seq,
      onEvent: (event) => this.#event(event),
      onSignal: (signal) => this.#signal(signal),
      onReset: () => this.#again(),
      onState: (state) => this.#connectionIs(state),
      onSignedOut: () => this.app.signInAgain(),
    });
  }

  /** Waits until all that was said in a conversation has gone. False when something failed: then nothing is ended over it. */
  settled(id) {
    return new Promise((resolve) => {
      const look = () => {
        const mine = this.app.outbox.items.filter((item) => item.body.conversation === id);
        if (!mine.length || mine.some(({ state }) => state === "failed")) resolve(!mine.length);
        else setTimeout(look, 60);
      };
      look();
    });
  }

  /** A conversation that isn't known here yet. @param {string} id */
  async fetch(id) {
    const { conversation } = await this.app.api.get(`conversations/${id}`);
    this.app.desk.load([conversation]);
    return conversation;
  }

  async #sendSaid({ clientId, body: { conversation, kind, text, attachments, mentions } }) {
    const body = { clientId, kind, text, ...(attachments.length ? { attachments: attachments.map(({ id }) => id) } : {}), ...(mentions.length ? { mentions } : {}) };
    try {
      return await this.app.api.post(`conversations/${conversation}/messages`, body);
    } catch (problem) {
      if (problem.code !== "not_signed_in") throw problem;
      await this.app.signInAgain();
      return this.#sendSaid({ clientId, body: { conversation, kind, text, attachments, mentions } });
    }
  }

  #sent(item, { message, conversation }) {
    if (conversation) this.app.desk.update({ ...conversation, unread: this.app.desk.conversations.get(conversation.id)?.unread });
    if (message) this.app.desk.take({ type: "message.added", conversation: item.body.conversation, message });
  }

  #event(event) {
    const id = typeof event.conversation === "string" ? event.conversation : event.conversation?.id;
    const before = this.app.desk.conversations.get(id);
    const notice = noticeOf(event, { me: this.app.desk.me, conversation: before, isNewcomer: this.#isNewcomer(event, id, before), now: Date.now() });
    if (event.type === "message.added") this.#messageCame(event, id, before);
    this.app.desk.take(event);
    if (notice) this.app.notifier.call({ ...notice, who: notice.who ?? this.app.desk.conversations.get(id)?.contact.name });
  }

  /** Whether this message is the first of a customer who has just come (again): the news of the conversation may come before it. */
  #isNewcomer(event, id, before) {
    const begins = event.type === "conversation.started" || (event.type === "conversation.changed" && before?.state === "closed" && event.conversation.state !== "closed");
    if (begins) this.#newcomers.add(id);
    return event.type === "message.added" && event.message.author.kind === "contact" && this.#newcomers.delete(id);
  }

  #messageCame({ message }, id, before) {
    this.app.outbox.settled(message.clientId);
    this.app.signals.said(id, message.author);
    if (message.author.kind === "contact" && (!before?.agent || before.agent.id === this.app.desk.me.id)) this.app.reading.note(id, { delivered: message.seq });
    if (!before) this.app.attempt(() => this.fetch(id), () => {});
  }

  #signal(signal) {
    if (signal.type === "presence") this.app.desk.setPresence(signal.agent, signal.presence);
    else if (signal.type === "page") this.app.desk.visited(signal, Date.now());
    else if (this.app.signals.take(signal, Date.now(), this.app.desk.me.id)) this.app.talk?.drawSignals();
  }

  #connectionIs(state) {
    this.app.banners.connectionIs(state);
    if (this.app.isConnected) { this.app.outbox.wake(); this.#lookAtVersion(); }
    this.app.draw();
  }

  #again() {
    this.app.attempt(async () => {
      const facts = await this.app.loading.again(this.app.view, this.app.place.conversation);
      if (facts.release && facts.release !== this.app.release) this.app.banners.newVersion();
    });
  }

  /** After a restart the server may be a newer Moro than this page. */
  #lookAtVersion() {
    clearTimeout(this.#versionTimer);
    this.#versionTimer = setTimeout(() => this.app.attempt(async () => {
      const { release, agent } = await this.app.api.get("me");
      if (release && release !== this.app.release) this.app.banners.newVersion();
      this.app.desk.take({ type: "agent.changed", agent });
    }, () => {}), 1500);
  }
}
