import assert from "node:assert/strict";
import { test } from "node:test";
import { lines, stateOf, Thread } from "../../desk/models/thread.js";

const liisa = { kind: "contact", id: "liisa", name: "Liisa" };
const maija = { kind: "agent", id: "maija", name: "Maija" };
const marks = { contact: { delivered: 3, read: 2 }, agent: { delivered: 4, read: 0 } };
const view = { marks, me: "maija", dayOf: (at) => String(Math.floor(at / 86_400_000)) };

test("messages are in the order of their numbers however they come", () => {
  const thread = new Thread();
  thread.add([message(3), message(1)]);
  thread.load([message(2), message(1)], true);
  assert.deepEqual(thread.messages.map(({ seq }) => seq), [1, 2, 3]);
  assert.equal(thread.earliestSeq, 1);
  assert.equal(thread.latestSeq, 3);
  assert.ok(thread.hasEarlier);
});

test("a message of ours is sent, delivered, read as the customer's side gets on", () => {
  assert.equal(stateOf(message(4, { author: maija }), marks), "sent");
  assert.equal(stateOf(message(3, { author: maija }), marks), "delivered");
  assert.equal(stateOf(message(2, { author: maija }), marks), "read");
  assert.equal(stateOf(message(4, { author: liisa }), marks), "delivered");
});

test("what waits to go stands last, and disappears into the message that came back", () => {
  const waiting = [{ clientId: "x", conversation: "c", text: "heti", at: 50, state: "sending" }, { clientId: "y", conversation: "c", text: "ja tämä", at: 60, state: "failed" }];
  const before = lines([message(1)], waiting, view);
  assert.deepEqual(before.filter(({ type }) => type === "message").map(({ key, state }) => [key, state]), [["m1", "delivered"], ["x", "sending"], ["y", "failed"]]);
  const after = lines([message(1), message(2, { author: maija, clientId: "x" })], waiting, view);
  assert.deepEqual(after.filter(({ type }) => type === "message").map(({ key, state }) => [key, state]), [["m1", "delivered"], ["x", "read"], ["y", "failed"]]);
});

test("a new day gets its own line", () => {
  const types = lines([message(1, { at: 1000 }), message(2, { at: 86_400_000 + 5 })], [], view).map(({ type }) => type);
  assert.deepEqual(types, ["day", "message", "day", "message"]);
});

test("several lines in one breath show the name first and the time last", () => {
  const run = lines([message(1, { at: 1000 }), message(2, { at: 2000 }), message(3, { at: 10 * 60_000 })], [], view).filter(({ type }) => type === "message");
  assert.deepEqual(run.map(({ opens, closes }) => [opens, closes]), [[true, false], [false, true], [true, true]]);
});

test("notes, joinings and other events are lines of their own kind", () => {
  const kinds = lines([
    message(1, { kind: "note", author: maija }), message(2, { kind: "event", event: { kind: "joined", agent: maija } }), message(3, { kind: "event", event: { kind: "closed" } }),
  ], [], view).map(({ type }) => type);
  assert.deepEqual(kinds, ["day", "note", "handover", "event"]);
});

test("what I say is mine before and after it has come back", () => {
  const [, first] = lines([], [{ clientId: "x", conversation: "c", text: "a", at: 1, state: "sending" }], view);
  const [, second] = lines([message(1, { author: maija, clientId: "x" })], [], view);
  assert.ok(first.mine && second.mine && first.key === second.key);
});

function message(seq, more = {}) {
  return { id: `m${seq}`, conversation: "c", seq, kind: "reply", author: liisa, text: `viesti ${seq}`, at: seq, ...more };
}
