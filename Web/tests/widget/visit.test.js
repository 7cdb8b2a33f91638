import test from "node:test";
import assert from "node:assert/strict";
import { Problem } from "../../shared/api.js";
import { memory } from "../../shared/outbox.js";
import { Session } from "../../widget/models/session.js";
import { Visit } from "../../widget/models/visit.js";
import { settle } from "../shared/clock.js";

const maija = { kind: "agent", id: "m", name: "Maija" };
const marks = { contact: { delivered: 0, read: 0 }, agent: { delivered: 0, read: 0 } };
const conversation = (id, more = {}) => ({ id, state: "waiting", marks, ...more });

/** Löylymäki's server, as far as one visitor sees it. */
class Shop {
  seq = 10;
  asked = [];
  refuses = [];
  conversations = new Map();

  begin(id, more) { this.conversations.set(id, { facts: conversation(id, more), messages: [] }); return this; }

  message(id, author, text, clientId) {
    const message = { id: `m${(this.seq += 1)}`, conversation: id, seq: this.seq, author, kind: "reply", text, at: this.seq, attachments: [], clientId };
    this.conversations.get(id).messages.push(message);
    return message;
  }

  async request(method, path, body) {
    this.asked.push(`${method} ${path}`);
    const problem = this.refuses.shift();
    if (problem) throw problem;
    return this.answer(method, path, body);
  }

  answer(method, path, body) {
    const id = path.split("/")[1]?.split("?")[0];
    if (path === "sessions") return { seq: this.seq, contact: { id: "liisa" }, site: { peek: true }, availability: { state: "open", agents: [] }, conversation: [...this.conversations.values()].at(-1)?.facts };
    if (method === "POST") return this.say(path === "conversations" ? this.openOne(body) : id, body);
    if (path.includes("/messages")) return { messages: [...this.conversations.get(id).messages], more: false };
    return { conversation: this.conversations.get(id)?.facts };
  }

  openOne(body) {
    const open = [...this.conversations.values()].find(one => one.facts.state !== "closed");
    if (open) return open.facts.id;
    const id = `c${this.conversations.size + 1}`;
    this.begin(id);
    this.wasNew = body.new;
    return id;
  }

  say(id, { clientId, text }) {
    const known = this.conversations.get(id).messages.find(message => message.clientId === clientId);
    return { conversation: this.conversations.get(id).facts, message: known ?? this.message(id, { kind: "contact" }, text, clientId) };
  }
}

async function visit(shop = new Shop(), storage = memory()) {
  const api = { site: "loylymaki", token: null };
  for (const method of ["get", "post", "put", "patch", "delete"]) api[method] = (path, body) => shop.request(method.toUpperCase(), path, body);
  const session = new Session({ api, hasCookies: true, keeper: { read: () => null, write() {} }, wait: async () => {} });
  const heard = [];
  const live = { signals: [], start() {}, stop() {}, wake() {}, signal: signal => live.signals.push(signal) };
  let news;
  const one = new Visit({ api, session, storage, onChange() {}, onMessage: message => heard.push(message.text), live: options => { news = options; return live; } });
  await one.start({ language: "fi" });
  return { one, shop, heard, live, storage, tell: event => news.onEvent(event), news: () => news };
}

const texts = talk => talk.lines([], { language: "fi", now: 0 }).filter(line => line.kind === "message").map(line => line.message.text);

test("the first words begin a conversation, the next go into it", async () => {
  const { one, shop } = await visit();
  one.say("hei");
  await settle();
  one.say("tilattu kiulu ei oo tullu");
  await settle();
  assert.equal(one.current.id, "c1");
  assert.deepEqual(texts(one.current), ["hei", "tilattu kiulu ei oo tullu"]);
  assert.deepEqual(shop.asked.filter(ask => ask.startsWith("POST conv")), ["POST conversations", "POST conversations/c1/messages"]);
});

test("what was said without a network goes once and in order after a reload", async () => {
  const shop = new Shop();
  const storage = memory();
  const first = await visit(shop, storage);
  shop.refuses = [new Problem({ code: "network" })];
  first.one.say("yksi");
  first.one.say("kaksi");
  await settle();
  first.one.outbox.stop();
  const second = await visit(shop, storage);
  await settle();
  assert.deepEqual(texts(second.one.current), ["yksi", "kaksi"]);
  assert.equal(shop.conversations.size, 1);
});

test("news that is quicker than the answer does not double the message", async () => {
  const { one, shop, tell } = await visit(new Shop().begin("c1"));
  const answer = shop.answer.bind(shop);
  shop.answer = (method, path, body) => {
    const said = answer(method, path, body);
    if (said.message) tell({ seq: said.message.seq, type: "message.added", conversation: "c1", message: said.message });
    return said;
  };
  one.say("hei");
  await settle();
  assert.deepEqual(texts(one.current), ["hei"]);
  assert.deepEqual(one.outbox.items, []);
});

test("a conversation that another tab began is the one here too", async () => {
  const { one, shop, tell } = await visit();
  shop.begin("c1");
  const message = shop.message("c1", { kind: "contact" }, "toisesta välilehdestä", "x");
  tell({ seq: 11, type: "conversation.started", conversation: shop.conversations.get("c1").facts });
  tell({ seq: 12, type: "message.added", conversation: "c1", message });
  await settle();
  assert.equal(one.current.id, "c1");
  assert.deepEqual(texts(one.viewed), ["toisesta välilehdestä"]);
});

test("an old conversation that the desk opens again becomes the current one, with all that was said", async () => {
  const shop = new Shop().begin("c1", { state: "closed" }).begin("c2", { state: "closed" });
  shop.message("c1", { kind: "contact" }, "vanha", "v");
  const { one, tell, heard } = await visit(shop);
  for (const text of ["Löytyi!", "Paketti on Lielahdessa."]) {
    const message = shop.message("c1", maija, text);
    tell({ seq: message.seq, type: "message.added", conversation: "c1", message });
  }
  await settle();
  assert.equal(one.current.id, "c1");
  assert.deepEqual(texts(one.current), ["vanha", "Löytyi!", "Paketti on Lielahdessa."]);
  assert.equal(one.unread, 2);
  assert.deepEqual(heard, ["Löytyi!"]);
});

test("starting again says so to the server, once", async () => {
  const { one, shop } = await visit(new Shop().begin("c1", { state: "closed" }));
  one.startAgain();
  one.say("uusi asia");
  await settle();
  assert.equal(shop.wasNew, true);
  assert.equal(one.current.id, "c2");
});

test("a session that is not known any more begins anew, and the text goes with it", async () => {
  const { one, shop } = await visit();
  shop.refuses = [new Problem({ code: "not_signed_in", status: 401 })];
  one.say("hei");
  await settle();
  one.outbox.wake();
  await settle();
  assert.deepEqual(texts(one.current), ["hei"]);
  one.outbox.stop();
});

test("the visitor's draft is told only where the site peeks, and its end always", async () => {
  const { one, live } = await visit(new Shop().begin("c1"));
  one.type("hei, ti");
  one.type("");
  one.facts.site.peek = false;
  one.type("salaa");
  one.stopTyping();
  assert.deepEqual(live.signals, [
    { type: "typing", conversation: "c1", text: "hei, ti" }, { type: "typing", conversation: "c1", stopped: true },
    { type: "typing", conversation: "c1" }, { type: "typing", conversation: "c1", stopped: true },
  ]);
});
