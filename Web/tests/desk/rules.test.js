import assert from "node:assert/strict";
import { test } from "node:test";
import { highlighted, matching, stepped } from "../../desk/models/commands.js";
import { contrast, enough, isColor, readable } from "../../desk/models/contrast.js";
import { actionOf } from "../../desk/models/keys.js";
import { noticeOf } from "../../desk/models/notices.js";
import { addressOf, placeOf } from "../../desk/models/places.js";
import { Signals } from "../../desk/models/signals.js";
import { destination, firstStep, isLongEnough, mendedEmail, remaining, stepAfter } from "../../desk/models/sign-in.js";
import { choices } from "../../desk/models/snooze.js";

const maija = { id: "maija", name: "Maija", presence: "here" };
const mine = { id: "c", agent: { id: "maija" }, contact: { name: "Liisa" }, last: { author: { kind: "agent" } } };
const queued = { id: "c", contact: { name: "Oskari" }, state: "waiting", last: { author: { kind: "agent" } } };

test("a message in mine calls, in a colleague's doesn't", () => {
  assert.equal(notice(from("contact"), mine)?.type, "message");
  assert.equal(notice(from("contact"), { ...mine, agent: { id: "juhani" } }), undefined);
});

test("somebody new in the queue calls once, not for every line", () => {
  assert.equal(notice(from("contact"), queued)?.type, "new");
  assert.equal(notice(from("contact"), undefined)?.type, "new");
  const talking = { ...queued, last: { author: { kind: "contact" } } };
  assert.equal(notice(from("contact"), talking), undefined);
  assert.equal(noticeOf(from("contact"), { me: maija, conversation: talking, isNewcomer: true, now: 0 })?.type, "new");
});

test("a note calls the one it mentions, and nobody is called by themselves", () => {
  assert.equal(notice(from("agent", { kind: "note", mentions: ["maija"] }), mine)?.type, "mention");
  assert.equal(notice(from("agent", { kind: "note", mentions: ["aino"] }), mine), undefined);
  assert.equal(notice(from("agent", { kind: "note", mentions: ["maija"], author: { kind: "agent", id: "maija" } }), mine), undefined);
});

test("work given to me calls", () => {
  const given = from("system", { kind: "event", event: { kind: "transferred", agent: { id: "juhani" }, to: { id: "maija" } } });
  assert.equal(notice(given, mine)?.type, "given");
});

test("the away and the late are not called", () => {
  assert.equal(noticeOf(from("contact"), { me: { ...maija, presence: "away" }, conversation: mine, now: 0 }), undefined);
  assert.equal(noticeOf(from("contact"), { me: maija, conversation: mine, now: 120_000 }), undefined);
});

test("single keys work outside text only, and only when they are on", () => {
  assert.equal(actionOf(press("o"), { inText: false, singleKeys: true }), "take");
  assert.equal(actionOf(press("o"), { inText: true, singleKeys: true }), undefined);
  assert.equal(actionOf(press("o"), { inText: false, singleKeys: false }), undefined);
  assert.equal(actionOf(press("@", { altKey: true }), { inText: false, singleKeys: true }), undefined);
});

test("the palette and the panes are reached from text too, undoing text isn't ours", () => {
  assert.equal(actionOf(press("k", { ctrlKey: true }), { inText: true, singleKeys: false }), "palette");
  assert.equal(actionOf(press("F6"), { inText: true, singleKeys: false }), "nextPane");
  assert.equal(actionOf(press("F6", { shiftKey: true }), { inText: true, singleKeys: false }), "previousPane");
  assert.equal(actionOf(press("z", { ctrlKey: true }), { inText: true, singleKeys: true }), undefined);
  assert.equal(actionOf(press("z", { metaKey: true }), { inText: false, singleKeys: true }), "undo");
});

test("addresses lead to places and back", () => {
  for (const address of ["/desk", "/desk?view=mine", "/desk/c/01J", "/desk/c/01J/customer?view=closed", "/desk/settings", "/desk/settings/people"]) {
    const url = new URL(address, "https://moro.example");
    assert.equal(addressOf(placeOf(url)), address);
  }
});

test("snoozing offers later today while there is today, and Monday once", () => {
  const names = (text) => choices(new Date(text).getTime()).map(({ name }) => name);
  assert.deepEqual(names("2026-11-18T10:10"), ["laterToday", "tomorrow", "monday"]);
  assert.deepEqual(names("2026-11-18T22:00"), ["tomorrow", "monday"]);
  assert.deepEqual(names("2026-11-22T09:00"), ["laterToday", "tomorrow"]);
  const [later, tomorrow, monday] = choices(new Date("2026-11-18T10:10").getTime()).map(({ at }) => new Date(at));
  assert.deepEqual([later.getHours(), later.getMinutes(), tomorrow.getDate(), tomorrow.getHours(), monday.getDay(), monday.getDate()], [13, 30, 19, 9, 1, 23]);
});

test("a passing sign passes", () => {
  const signals = new Signals();
  assert.ok(signals.take({ type: "typing", conversation: "c", author: { kind: "contact", name: "Liisa" }, text: "vai" }, 0, "maija"));
  assert.ok(signals.take({ type: "composing", conversation: "c", author: { kind: "agent", id: "juhani" } }, 0, "maija"));
  assert.ok(!signals.take({ type: "composing", conversation: "c", author: { kind: "agent", id: "maija" } }, 0, "maija"));
  assert.equal(signals.peek("c", 5000).text, "vai");
  assert.equal(signals.peek("c", 6001), undefined);
  assert.deepEqual(signals.colleagues("c", 5000), ["juhani"]);
  signals.said("c", { kind: "agent", id: "juhani" });
  assert.deepEqual(signals.colleagues("c", 5000), []);
});

test("contrast is WCAG's, and a colour too pale for text is darkened to carry it", () => {
  assert.equal(Math.round(contrast("#000000", "#ffffff")), 21);
  assert.deepEqual(readable("#174f40"), { ground: "#174f40", text: "#ffffff" });
  const { ground, text } = readable("#c2762f");
  assert.notEqual(ground, "#c2762f");
  assert.ok(contrast(ground, text) >= enough);
  assert.ok(isColor("#D9863B") && !isColor("copper"));
});

test("commands are found by every word typed, hits are marked", () => {
  const commands = [{ id: "a", title: "Palauta jonoon" }, { id: "b", title: "Päätä keskustelu" }];
  assert.deepEqual(matching(commands, "jon pal").map(({ id }) => id), ["a"]);
  assert.deepEqual(highlighted("Kuparikiulu (8 l)", "kiulu"), [{ text: "Kupari", hit: false }, { text: "kiulu", hit: true }, { text: " (8 l)", hit: false }]);
  assert.deepEqual(highlighted("a(b", "("), [{ text: "a", hit: false }, { text: "(", hit: true }, { text: "b", hit: false }]);
  assert.equal(stepped(0, -1, 3), 2);
});

test("the gate shows one step at a time and never leads out of the desk", () => {
  assert.equal(firstStep({ search: "?link=abc" }), "link");
  assert.equal(firstStep({ search: "" }), "password");
  assert.equal(stepAfter("link", "link_used"), "linkUsed");
  assert.equal(stepAfter("link", "link_expired"), "linkExpired");
  assert.equal(stepAfter("password", "too_many_attempts"), "locked");
  assert.equal(stepAfter("password", "wrong_credentials"), "password");
  assert.equal(destination({ search: "?next=%2Fdesk%2Fc%2F01J" }), "/desk/c/01J");
  for (const evil of ["https://evil.example", "//evil.example/desk", "/desk/../x", "javascript:1", "/desk/sign-in"]) assert.equal(destination({ search: `?next=${encodeURIComponent(evil)}` }), "/desk");
});

test("a slip in the address is seen, a short password too, and the clock counts down", () => {
  assert.equal(mendedEmail("maija@loylymaki,example"), "maija@loylymaki.example");
  assert.equal(mendedEmail("maija@loylymaki.example"), undefined);
  assert.ok(!isLongEnough("äääääääää") && isLongEnough("ääääääääää"));
  assert.deepEqual(remaining(540_000, 540_000, 0), { share: 1, minutes: 9, seconds: 540 });
});

function notice(event, conversation) {
  return noticeOf(event, { me: maija, conversation, now: 0 });
}

function from(kind, more = {}) {
  return { type: "message.added", conversation: "c", message: { at: 0, kind: "reply", text: "mahtuuko", author: { kind, id: kind === "agent" ? "juhani" : "liisa", name: "Juhani" }, ...more } };
}

function press(key, more = {}) {
  return { key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...more };
}
