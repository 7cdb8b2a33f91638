import test from "node:test";
import assert from "node:assert/strict";
import { Problem } from "../../shared/api.js";
import { memory, Outbox } from "../../shared/outbox.js";
import { Clock, settle } from "./clock.js";

const offline = () => new Problem({ code: "network" });
const refused = () => new Problem({ code: "message_too_long", status: 413 });

function outbox({ answers = [], storage = memory(), clock = new Clock() } = {}) {
  const said = [];
  const sent = [];
  const box = new Outbox({
    scope: "loylymaki", storage, clock, random: () => 0.5,
    send: async item => {
      said.push(item.body.text);
      const answer = answers.shift();
      if (answer instanceof Error) throw answer;
      return answer ?? {};
    },
    onSent: item => sent.push(item.body.text),
  });
  return { box, said, sent, clock, storage };
}

test("messages go one at a time, in the order they were said", async () => {
  const { box, sent } = outbox();
  for (const text of ["hei", "tilattu kiulu", "ei oo tullu"]) box.add({ text });
  await settle();
  assert.deepEqual(sent, ["hei", "tilattu kiulu", "ei oo tullu"]);
  assert.deepEqual(box.items, []);
});

test("without a network the first holds back the rest, and all go in order when it is back", async () => {
  const { box, said, sent, clock } = outbox({ answers: [offline(), offline()] });
  box.add({ text: "yksi" });
  box.add({ text: "kaksi" });
  await settle();
  assert.deepEqual(said, ["yksi"]);
  assert.deepEqual(box.items.map(item => item.state), ["waiting", "waiting"]);
  await clock.pass(1_000);
  await clock.pass(2_000);
  assert.deepEqual(said, ["yksi", "yksi", "yksi", "kaksi"]);
  assert.deepEqual(sent, ["yksi", "kaksi"]);
});

test("the same client id is sent again, and never sooner than the server asked", async () => {
  const busy = new Problem({ code: "too_many_requests", status: 429, retryAfter: 7 });
  const { box, said, clock } = outbox({ answers: [busy] });
  box.add({ text: "hei" });
  await settle();
  await clock.pass(6_900);
  assert.equal(said.length, 1);
  await clock.pass(200);
  assert.equal(said.length, 2);
});

test("a refusal keeps the text, lets the rest go on, and can be tried again", async () => {
  const { box, sent } = outbox({ answers: [refused()] });
  const item = box.add({ text: "liian pitkä" });
  box.add({ text: "lyhyt" });
  await settle();
  assert.deepEqual(sent, ["lyhyt"]);
  assert.equal(box.items[0].state, "failed");
  assert.equal(box.items[0].problem.code, "message_too_long");
  box.retry(item.clientId);
  await settle();
  assert.deepEqual(sent, ["lyhyt", "liian pitkä"]);
});

test("a reload keeps what was not sent, with its client id and order", async () => {
  const first = outbox({ answers: [offline()] });
  const ids = ["a", "b", "c"].map(text => first.box.add({ text }).clientId);
  await settle();
  first.box.stop();
  const second = outbox({ storage: first.storage });
  assert.deepEqual(second.box.items.map(item => item.clientId), ids);
  second.box.wake();
  await settle();
  assert.deepEqual(second.sent, ["a", "b", "c"]);
  assert.equal(outbox({ storage: first.storage }).box.items.length, 0);
});

test("a storage that refuses does not stop the sending", async () => {
  const full = { ...memory(), setItem() { throw new Error("QuotaExceededError"); } };
  const { box, sent } = outbox({ storage: full });
  box.add({ text: "hei" });
  await settle();
  assert.deepEqual(sent, ["hei"]);
});

test("what the news already brought is not waited for", async () => {
  const { box } = outbox({ answers: [offline()] });
  const item = box.add({ text: "hei" });
  await settle();
  box.settled(item.clientId);
  assert.deepEqual(box.items, []);
});
