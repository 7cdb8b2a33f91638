import assert from "node:assert/strict";
import { test } from "node:test";
import { arrange, belongs, holdStill, neighbour, recount, sameOrder } from "../../desk/models/inbox.js";

const maija = "maija";
const liisa = conversation("liisa", { agent: { id: maija }, owedSince: 200 });
const antti = conversation("antti", { owedSince: 100 });
const sanna = conversation("sanna", { agent: { id: maija }, lastAt: 900 });
const pekka = conversation("pekka", { agent: { id: "juhani" }, lastAt: 950 });
const eero = conversation("eero", { state: "snoozed", agent: { id: maija }, until: 5000 });
const eila = conversation("eila", { state: "closed" });
const everybody = [liisa, antti, sanna, pekka, eero, eila];

test("the longest waiting customer comes first, then those who wait for nobody, newest first", () => {
  assert.deepEqual(ids(arrange(everybody, "all", maija)), ["antti", "liisa", "pekka", "sanna"]);
  assert.deepEqual(arrange(everybody, "all", maija).map(({ group }) => group), ["us", "us", "them", "them"]);
});

test("a view holds its own", () => {
  assert.deepEqual(ids(arrange(everybody, "mine", maija)), ["liisa", "sanna"]);
  assert.deepEqual(ids(arrange(everybody, "unassigned", maija)), ["antti"]);
  assert.deepEqual(ids(arrange(everybody, "snoozed", maija)), ["eero"]);
  assert.deepEqual(ids(arrange(everybody, "closed", maija)), ["eila"]);
});

test("under the pointer nothing moves or vanishes, and newcomers come last under their own heading", () => {
  const shown = arrange([liisa, sanna], "mine", maija);
  const wanted = arrange([{ ...liisa, owedSince: undefined, lastAt: 1000 }, conversation("uusi", { agent: { id: maija }, owedSince: 1 })], "mine", maija);
  assert.deepEqual(holdStill(shown, wanted), [...shown, { group: "new", id: "uusi" }]);
});

test("an order is the same only with the same headings", () => {
  assert.ok(sameOrder([{ group: "us", id: "a" }], [{ group: "us", id: "a" }]));
  assert.ok(!sameOrder([{ group: "us", id: "a" }], [{ group: "them", id: "a" }]));
});

test("counts follow a conversation from the queue to me, to sleep and to its end", () => {
  const counts = { mine: 0, unassigned: 1, all: 1, snoozed: 0 };
  const mine = { ...antti, agent: { id: maija } };
  assert.deepEqual(recount(counts, antti, mine, maija), { mine: 1, unassigned: 0, all: 1, snoozed: 0 });
  assert.deepEqual(recount({ mine: 1, unassigned: 0, all: 1, snoozed: 0 }, mine, { ...mine, state: "snoozed" }, maija), { mine: 0, unassigned: 0, all: 0, snoozed: 1 });
  assert.deepEqual(recount({ mine: 1, unassigned: 0, all: 1, snoozed: 0 }, mine, { ...mine, state: "closed" }, maija), { mine: 0, unassigned: 0, all: 0, snoozed: 0 });
});

test("J and K stop at the ends", () => {
  const places = arrange(everybody, "all", maija);
  assert.equal(neighbour(places, undefined, 1), "antti");
  assert.equal(neighbour(places, "antti", 1), "liisa");
  assert.equal(neighbour(places, "antti", -1), "antti");
  assert.equal(neighbour(places, "sanna", 1), "sanna");
  assert.equal(neighbour([], "antti", 1), undefined);
});

test("what was closed last stands first, whatever was said since", () => {
  const closed = [["early", 1, 9], ["late", 3, 2], ["later", 3, 1]].map(([id, stateAt, lastAt]) => conversation(id, { state: "closed", stateAt, lastAt }));
  assert.deepEqual(ids(arrange(closed, "closed", maija)), ["later", "late", "early"]);
});

test("a closed conversation of mine is not at hand", () => assert.ok(!belongs({ ...liisa, state: "closed" }, "mine", maija)));

function conversation(id, more) {
  return { id, state: "open", lastAt: 0, tags: [], ...more };
}

function ids(places) {
  return places.map(({ id }) => id);
}
