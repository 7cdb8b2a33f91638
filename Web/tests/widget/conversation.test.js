import test from "node:test";
import assert from "node:assert/strict";
import { Conversation } from "../../widget/models/conversation.js";

const maija = { kind: "agent", id: "m", name: "Maija", picture: "/pictures/m" };
const liisa = { kind: "contact" };
const today = new Date(2026, 10, 21, 10, 42).getTime();
const view = { language: "fi", now: today };
const marks = (read, delivered = read) => ({ contact: { delivered: 0, read: 0 }, agent: { delivered, read } });

let next = 0;
const said = (seq, author, text, more = {}) => ({ id: `id-${seq}`, conversation: "c", seq, author, kind: "reply", text, at: today + seq * 1000, attachments: [], ...more });
const happened = (seq, event) => said(seq, { kind: "system" }, "", { kind: "event", event });
const waiting = (text, state = "waiting") => ({ clientId: `client-${(next += 1)}`, at: today + 60_000, state, body: { text } });

function talk(...messages) {
  const conversation = new Conversation();
  conversation.begin({ id: "c", state: "open", marks: marks(0) }, messages);
  return conversation;
}

const drawn = (conversation, pending = []) => conversation.lines(pending, view).filter(line => line.kind !== "day");

test("messages stand in the server's order, whichever way they came, and once", () => {
  const conversation = talk(said(3, maija, "c"));
  conversation.apply({ type: "message.added", message: said(1, liisa, "a") });
  conversation.apply({ type: "message.added", message: said(2, maija, "b") });
  assert.equal(conversation.apply({ type: "message.added", message: said(2, maija, "b") }), null);
  assert.deepEqual(drawn(conversation).map(line => line.message.text), ["a", "b", "c"]);
});

test("late news of a time before does not reopen what our own answer has closed", () => {
  const conversation = talk();
  conversation.take({ id: "c", state: "closed", lastSeq: 9, marks: marks(7) });
  conversation.apply({ type: "conversation.changed", conversation: { id: "c", state: "open", lastSeq: 8, agent: maija, marks: marks(8) } });
  assert.ok(conversation.isClosed);
  assert.equal(conversation.marks.agent.read, 8);
  conversation.apply({ type: "conversation.changed", conversation: { id: "c", state: "open", lastSeq: 10, marks: marks(8) } });
  assert.ok(!conversation.isClosed);
});

test("a bubble keeps its key from the moment it is written to when it is read", () => {
  const conversation = talk();
  const item = waiting("hei");
  const key = drawn(conversation, [item])[0].key;
  conversation.apply({ type: "message.added", message: said(1, liisa, "hei", { clientId: item.clientId }) });
  const lines = drawn(conversation, [item]);
  assert.deepEqual(lines.map(line => line.key), [key]);
  assert.equal(lines[0].stage, "sent");
});

test("marks of the other side tell how far a message has got, and never go back", () => {
  const conversation = talk(said(1, liisa, "a"), said(2, liisa, "b"), said(3, liisa, "c"));
  conversation.apply({ type: "conversation.marked", side: "agent", delivered: 2, read: 1 });
  assert.deepEqual(drawn(conversation).map(line => line.stage), ["read", "delivered", "sent"]);
  conversation.apply({ type: "conversation.changed", conversation: { id: "c", state: "open", marks: marks(0) } });
  assert.deepEqual(drawn(conversation).map(line => line.stage), ["read", "delivered", "sent"]);
});

test("only the last message of each stage tells it, and every failed one", () => {
  const conversation = talk(said(1, liisa, "a"), said(2, liisa, "b"));
  const lines = drawn(conversation, [waiting("c", "failed"), waiting("d", "failed"), waiting("e")]);
  assert.deepEqual(lines.map(line => [line.stage, line.showsStage]), [["sent", false], ["sent", true], ["failed", true], ["failed", true], ["sending", true]]);
});

test("without a connection, what is on its way waits", () => {
  const lines = talk().lines([waiting("hei")], { ...view, isOffline: true });
  assert.equal(lines[1].stage, "waiting");
});

test("unread is what others have said since the visitor last read", () => {
  const conversation = talk(said(1, liisa, "a"), happened(2, { kind: "joined", agent: maija }), said(3, maija, "b"), said(4, maija, "c"));
  assert.equal(conversation.unread, 2);
  conversation.apply({ type: "conversation.marked", side: "contact", delivered: 4, read: 3 });
  assert.equal(conversation.unread, 1);
});

test("a person taking over is a line of its own; what concerns only the desk is not shown", () => {
  const juhani = { kind: "agent", id: "j", name: "Juhani" };
  const conversation = talk(happened(1, { kind: "started" }), happened(2, { kind: "joined", agent: maija }), happened(3, { kind: "snoozed" }),
    happened(4, { kind: "transferred", agent: maija, to: juhani }), happened(5, { kind: "transferred", agent: maija, team: { id: "t", name: "Varasto" } }), happened(6, { kind: "closed", by: juhani }));
  assert.deepEqual(drawn(conversation).map(line => [line.kind, line.message.event.kind]), [["handover", "joined"], ["handover", "transferred"], ["event", "transferred"], ["event", "closed"]]);
});

test("days are told once each", () => {
  const yesterday = said(1, maija, "eilen", { at: today - 86_400_000 });
  const lines = talk(yesterday, said(2, liisa, "a"), said(3, liisa, "b")).lines([], view);
  assert.deepEqual(lines.map(line => line.text ?? line.message.text), ["Eilen", "eilen", "Tänään", "a", "b"]);
});

test("typing ends when the answer comes", () => {
  const conversation = talk();
  conversation.hearTyping({ author: maija }, today);
  assert.equal(conversation.typing.author.name, "Maija");
  conversation.apply({ type: "message.added", message: said(1, maija, "Moro!") });
  assert.equal(conversation.typing, null);
});
