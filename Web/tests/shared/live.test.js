import test from "node:test";
import assert from "node:assert/strict";
import { Live } from "../../shared/live.js";
import { Clock, settle } from "./clock.js";

class Channel {
  static all = [];
  readyState = 0;
  sent = [];

  constructor(url, protocols) {
    Object.assign(this, { url, protocols });
    Channel.all.push(this);
  }

  send(text) { this.sent.push(JSON.parse(text)); }
  close() { this.readyState = 3; }

  speak(...news) {
    this.readyState = 1;
    for (const one of news) this.onmessage?.({ data: JSON.stringify(one) });
  }

  die(code = 1006, reason = "") {
    this.readyState = 3;
    this.onclose?.({ code, reason });
  }
}

function listener(options = {}) {
  Channel.all = [];
  const heard = { events: [], signals: [], states: [], resets: [], polls: [], signedOut: 0 };
  const clock = new Clock();
  const polls = options.polls ?? [];
  const live = new Live({
    site: "LOYLY", after: 10, origin: "https://chat.example", socket: Channel, clock, random: () => 0.5, window: new EventTarget(), document: new EventTarget(),
    fetch: async url => {
      heard.polls.push(String(url));
      const answer = polls.shift();
      if (!answer) return new Promise(() => {});
      if (answer instanceof Error) throw answer;
      return { ok: true, status: 200, json: async () => answer };
    },
    onEvent: event => heard.events.push(event.seq), onSignal: signal => heard.signals.push(signal.type),
    onState: state => heard.states.push(state), onReset: seq => heard.resets.push(seq), onSignedOut: () => { heard.signedOut += 1; },
    ...options,
  });
  live.start();
  return { live, heard, clock, last: () => Channel.all[Channel.all.length - 1] };
}

const hello = { type: "hello", seq: 10 };
const event = seq => ({ type: "message.added", seq });

test("each event comes once and in order, whatever is sent again", () => {
  const { heard, last, live } = listener();
  last().speak(hello, event(11), event(11), event(13), event(12), { type: "typing" });
  assert.deepEqual(heard.events, [11, 13]);
  assert.deepEqual(heard.signals, ["typing"]);
  assert.equal(live.seq, 13);
  assert.equal(live.state, "live");
});

test("a lost socket comes back after the last event seen", async () => {
  const { last, clock } = listener();
  last().speak(hello, event(14));
  last().die();
  await clock.pass(1_000);
  assert.match(last().url, /^wss:\/\/chat\.example\/api\/v1\/socket\?after=14&site=LOYLY$/);
});

test("a server that restarts says when to come back", async () => {
  const { last, clock } = listener();
  last().speak(hello);
  last().die(1001, "retry=3000");
  await clock.pass(2_900);
  assert.equal(Channel.all.length, 1);
  await clock.pass(200);
  assert.equal(Channel.all.length, 2);
});

test("a socket that does not open in five seconds gives way to polling", async () => {
  const { heard, clock, live } = listener({ polls: [{ events: [event(11)], signals: [{ type: "typing" }], seq: 11 }] });
  await clock.pass(5_000);
  await clock.pass(1_500);
  await clock.pass(5_000);
  assert.match(heard.polls[0], /events\?after=10&wait=0&site=LOYLY/);
  assert.match(heard.polls[1], /events\?after=11&wait=25&site=LOYLY/);
  assert.deepEqual(heard.events, [11]);
  assert.deepEqual(heard.signals, ["typing"]);
  assert.equal(live.state, "polling");
});

test("while polling, the socket is tried again every two minutes and taken when it speaks", async () => {
  const { heard, clock, last, live } = listener({ polls: [{ events: [], seq: 10 }] });
  last().speak(hello);
  last().die();
  await clock.pass(1_000);
  last().die();
  await settle();
  assert.equal(live.state, "polling");
  const before = Channel.all.length;
  await clock.pass(120_000);
  assert.equal(Channel.all.length, before + 1);
  last().speak(hello, event(12));
  assert.equal(live.state, "live");
  assert.deepEqual(heard.events, [12]);
});

test("polling that failed and works again means the server was away, so the socket is tried at once", async () => {
  const { clock, live, last } = listener({ polls: [new Error("refused"), { events: [], seq: 10 }] });
  last().die();
  await clock.pass(1_000);
  last().die();
  await clock.pass(4_000);
  const sockets = Channel.all.length;
  assert.equal(live.state, "polling");
  assert.equal(sockets, 3);
});

test("a hole too large is a reset, and events go on from there", () => {
  const { heard, last } = listener();
  last().speak({ type: "reset", seq: 500 }, event(499), event(501));
  assert.deepEqual(heard.resets, [500]);
  assert.deepEqual(heard.events, [501]);
});

test("a device that says the network is gone is believed, and its return is used at once", async () => {
  const { live, last } = listener();
  last().speak(hello);
  live.window.dispatchEvent(new Event("offline"));
  assert.equal(live.state, "offline");
  live.window.dispatchEvent(new Event("online"));
  last().speak(hello);
  assert.equal(live.state, "live");
});

test("a socket that looks open after sleep but does not answer is replaced", async () => {
  const { live, last, clock } = listener();
  last().speak(hello);
  live.wake();
  assert.deepEqual(last().sent, [{ type: "ping" }]);
  await clock.pass(6_000);
  await clock.pass(1_500);
  assert.equal(Channel.all.length, 2);
});

test("a session that is not valid any more stops the listening", async () => {
  const { heard, last, clock } = listener();
  last().speak(hello);
  last().die(4001);
  await clock.pass(60_000);
  assert.equal(heard.signedOut, 1);
  assert.equal(Channel.all.length, 1);
});

test("a bearer token travels as a subprotocol", () => {
  const { last } = listener({ token: "abc" });
  assert.deepEqual(last().protocols, ["moro", "token.abc"]);
});

test("after stop nothing is heard and nothing is tried", async () => {
  const { live, heard, last, clock } = listener();
  const channel = last();
  channel.speak(hello);
  live.stop();
  channel.speak(event(12));
  await clock.pass(300_000);
  assert.deepEqual(heard.events, []);
  assert.equal(Channel.all.length, 1);
});
