import assert from "node:assert/strict";
import { test } from "node:test";
import { Actions } from "../../desk/models/actions.js";
import { Desk } from "../../desk/models/desk.js";
import { Loading } from "../../desk/models/loading.js";
import { Reading } from "../../desk/models/reading.js";

const maija = { id: "maija", name: "Maija", fullName: "Maija Lehto", presence: "here", active: true };
const juhani = { id: "juhani", name: "Juhani", fullName: "Juhani Korpi", presence: "here", active: true };
const queued = { id: "c1", state: "waiting", contact: { id: "liisa" }, lastSeq: 5, lastAt: 0, unread: 0, tags: ["takuu"] };

test("taking from the queue gives way to a colleague who was quicker, and can be taken back", async () => {
  const { actions, asked } = bench();
  const deed = await actions.take("c1");
  assert.deepEqual(asked[0], ["PUT", "conversations/c1/assignment", { agent: "maija", ifUnassigned: true }]);
  await deed.undo();
  assert.deepEqual(asked[1], ["PUT", "conversations/c1/assignment", { agent: null }]);
});

test("taking over from a colleague goes back to the colleague", async () => {
  const { actions, asked } = bench({ ...queued, agent: { id: "juhani" } });
  await (await actions.take("c1")).undo();
  assert.deepEqual(asked.map(([, , body]) => body), [{ agent: "maija" }, { agent: "juhani" }]);
});

test("what is mine already isn't taken again", async () => {
  const { actions, asked } = bench({ ...queued, agent: { id: "maija" } });
  assert.equal(await actions.take("c1"), undefined);
  assert.deepEqual(asked, []);
});

test("a word goes along to a team's queue", async () => {
  const { actions, asked } = bench();
  await actions.transfer("c1", { team: "t1", note: "Osaatteko kiukaat?" });
  assert.deepEqual(asked[0][2], { agent: null, team: "t1", note: "Osaatteko kiukaat?" });
});

test("closing, snoozing and reopening go back to where they were", async () => {
  const { actions, asked } = bench({ ...queued, state: "snoozed", until: 99 });
  await (await actions.close("c1")).undo();
  assert.deepEqual(asked.map(([, , body]) => body), [{ state: "closed" }, { state: "snoozed", until: 99 }]);
});

test("a tag with a slash keeps to its own part of the address, and one that is there isn't added", async () => {
  const { actions, asked } = bench();
  await actions.addTag("c1", "kiuas/kivet");
  assert.equal(asked[0][1], "conversations/c1/tags/kiuas%2Fkivet");
  assert.equal(await actions.addTag("c1", "takuu"), undefined);
});

test("who was quicker is told", async () => {
  const { actions } = bench(queued, { refuse: { code: "already_taken", facts: {} }, answer: { ...queued, agent: { id: "juhani", name: "Juhani" } } });
  await assert.rejects(actions.take("c1"), ({ facts }) => facts.agent.name === "Juhani");
});

test("who was quicker is taken from the refusal when it says so", async () => {
  const { actions } = bench(queued, { refuse: { code: "already_taken", facts: { agent: { id: "juhani", name: "Juhani" } } }, answer: null });
  await assert.rejects(actions.take("c1"), ({ facts }) => facts.agent.name === "Juhani");
});

test("that somebody was quicker is told even where nobody can say who", async () => {
  const { actions } = bench(queued, { refuse: { code: "already_taken", facts: {} }, answer: null });
  await assert.rejects(actions.take("c1"), ({ code, facts }) => code === "already_taken" && facts.agent === undefined);
});

test("a view is loaded page by page", async () => {
  const pages = [{ conversations: [queued], next: "cursor", counts: { all: 2 } }, { conversations: [{ ...queued, id: "c2" }] }];
  const asked = [];
  const desk = opened(queued);
  const loading = new Loading({ desk, api: { get: async (path) => { asked.push(path); return pages.shift(); } } });
  assert.ok(!loading.has("all"));
  await loading.view("all");
  assert.ok(loading.has("all") && loading.hasMore("all"));
  await loading.more("all");
  assert.ok(!loading.hasMore("all"));
  assert.deepEqual(asked, ["conversations?view=all&limit=50", "conversations?view=all&limit=50&after=cursor"]);
  assert.ok(desk.conversations.has("c2"));
});

test("what is read is told once, gathered, and never goes back", async () => {
  const told = [];
  const later = [];
  const reading = new Reading({ api: { put: async (path, body) => told.push([path, body]) }, later: (run) => later.push(run) });
  reading.note("c1", { delivered: 7 });
  reading.note("c1", { read: 7 });
  reading.note("c1", { read: 6 });
  for (const run of later.splice(0)) await run();
  reading.note("c1", { read: 7 });
  assert.deepEqual(told, [["conversations/c1/marks", { delivered: 7, read: 7 }]]);
  assert.deepEqual(later, []);
});

test("what couldn't be told is told with the next line", async () => {
  const told = [];
  const later = [];
  let isDown = true;
  const reading = new Reading({ api: { put: async (path, body) => { if (isDown) throw new Error("network"); told.push(body); } }, later: (run) => later.push(run) });
  reading.note("c1", { read: 7 });
  for (const run of later.splice(0)) await run();
  isDown = false;
  reading.note("c1", { read: 7 });
  for (const run of later.splice(0)) await run();
  assert.deepEqual(told, [{ delivered: 7, read: 7 }]);
});

function bench(conversation = queued, { refuse, answer = conversation } = {}) {
  const asked = [];
  const ask = (method) => async (path, body) => {
    if (method === "GET" && !answer) throw new Error("network");
    if (method === "GET") return { conversation: answer };
    asked.push([method, path, body]);
    if (refuse) throw refuse;
    return { conversation: answer };
  };
  const desk = opened(conversation);
  return { asked, desk, actions: new Actions({ desk, api: { get: ask("GET"), put: ask("PUT"), delete: ask("DELETE"), patch: ask("PATCH") } }) };
}

function opened(conversation) {
  const desk = new Desk();
  desk.begin({ agent: maija, workspace: { id: "w", name: "Löylymäki" }, agents: [juhani], teams: [{ id: "t1", name: "Takuu" }], sites: [], cannedReplies: [], counts: {} });
  desk.load([conversation]);
  return desk;
}
