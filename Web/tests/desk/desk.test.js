import assert from "node:assert/strict";
import { test } from "node:test";
import { Desk } from "../../desk/models/desk.js";

const maija = { id: "maija", name: "Maija", fullName: "Maija Lehto", role: "agent", presence: "here", active: true, teams: [] };
const juhani = { id: "juhani", name: "Juhani", fullName: "Juhani Mäki", role: "agent", presence: "here", active: true, teams: [] };

test("a customer who writes three lines has waited since the first, and an answer ends the wait", () => {
  const desk = opened();
  desk.take(said(11, customer, "Moro", 1000));
  desk.take(said(12, customer, "onko Otavaa?", 2000));
  assert.equal(desk.conversations.get("c1").owedSince, 1000);
  desk.take(said(13, { kind: "agent", id: "juhani" }, "Katson", 3000, "note"));
  assert.equal(desk.conversations.get("c1").owedSince, 1000, "a note is no answer");
  desk.take(said(14, { kind: "agent", id: "maija" }, "On!", 4000));
  assert.equal(desk.conversations.get("c1").owedSince, undefined);
});

test("unread counts the customer's lines until our side has read them", () => {
  const desk = opened();
  desk.thread("c1").load([], false);
  desk.take(said(11, customer, "yksi", 1));
  desk.take(said(12, customer, "kaksi", 2));
  assert.equal(desk.conversations.get("c1").unread, 2);
  desk.take({ type: "conversation.marked", conversation: "c1", side: "agent", delivered: 12, read: 11 });
  assert.equal(desk.conversations.get("c1").unread, 1);
  desk.take({ type: "conversation.marked", conversation: "c1", side: "agent", delivered: 12, read: 12 });
  assert.equal(desk.conversations.get("c1").unread, 0);
});

test("the same message twice is one message and one unread", () => {
  const desk = opened();
  desk.thread("c1").load([], false);
  desk.take(said(11, customer, "yksi", 1));
  desk.take(said(11, customer, "yksi", 1));
  assert.equal(desk.thread("c1").messages.length, 1);
  assert.equal(desk.conversations.get("c1").unread, 1);
});

test("an answer that the news has overtaken takes nothing back", () => {
  const desk = opened();
  const early = { ...desk.conversations.get("c1"), marks: { contact: { delivered: 9, read: 9 }, agent: { delivered: 9, read: 9 } } };
  desk.take({ type: "conversation.marked", conversation: "c1", side: "contact", delivered: 10, read: 10 });
  desk.update(early);
  assert.deepEqual(desk.conversations.get("c1").marks.contact, { delivered: 10, read: 10 });
  desk.take(said(11, customer, "uusi rivi", 1));
  desk.update(early);
  assert.equal(desk.conversations.get("c1").last.text, "uusi rivi");
});

test("counts follow what is known, and ask for a recount of what isn't", () => {
  const desk = opened();
  desk.take({ type: "conversation.changed", conversation: { ...desk.conversations.get("c1"), agent: { kind: "agent", id: "maija" } } });
  assert.deepEqual(desk.counts, { mine: 1, unassigned: 0, all: 1, snoozed: 0 });
  assert.equal(desk.countsAreStale, false);
  desk.take({ type: "conversation.changed", conversation: { ...desk.conversations.get("c1"), id: "strange" } });
  assert.equal(desk.countsAreStale, true);
});

test("a customer's new name reaches every conversation of theirs", () => {
  const desk = opened();
  desk.take({ type: "contact.changed", contact: { id: "liisa", name: "Liisa Rantanen", verified: true } });
  assert.equal(desk.conversations.get("c1").contact.name, "Liisa Rantanen");
});

test("presence is told by signal, and mine is known to me", () => {
  const desk = opened();
  desk.setPresence("juhani", "break");
  desk.setPresence("maija", "away");
  assert.equal(desk.agents.get("juhani").presence, "break");
  assert.equal(desk.me.presence, "away");
});

test("a ready answer changes and goes", () => {
  const desk = opened();
  desk.take({ type: "canned_reply.changed", cannedReply: { id: "r1", title: "Ehtii", shortcut: "ehtii", texts: {} } });
  assert.ok(desk.cannedReplies.has("r1"));
  desk.take({ type: "canned_reply.removed", id: "r1" });
  assert.ok(!desk.cannedReplies.has("r1"));
});

test("what changed is told", () => {
  const desk = opened();
  const told = [];
  for (const what of ["inbox", "thread", "conversation"]) desk.addEventListener(what, ({ detail }) => told.push([what, detail]));
  desk.take(said(11, customer, "Moro", 1));
  assert.deepEqual(told.map(([what]) => what), ["conversation", "inbox", "thread"]);
});

const customer = { kind: "contact", id: "liisa" };

function opened() {
  const desk = new Desk();
  desk.begin({ agent: maija, workspace: { id: "w", name: "Löylymäki" }, agents: [maija, juhani], teams: [], sites: [], cannedReplies: [], tags: [], counts: { mine: 0, unassigned: 1, all: 1, snoozed: 0 } });
  desk.load([{ id: "c1", state: "waiting", contact: { id: "liisa" }, lastSeq: 10, lastAt: 0, unread: 0, tags: [], marks: { contact: { delivered: 0, read: 0 }, agent: { delivered: 10, read: 10 } } }]);
  return desk;
}

function said(seq, author, text, at, kind = "reply") {
  return { seq, type: "message.added", at, conversation: "c1", message: { id: `m${seq}`, conversation: "c1", seq, author, kind, text, at, attachments: [] } };
}
