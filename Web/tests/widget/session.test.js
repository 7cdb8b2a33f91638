import test from "node:test";
import assert from "node:assert/strict";
import { Problem } from "../../shared/api.js";
import { cookiesWork, Session } from "../../widget/models/session.js";

function session({ answers, hasCookies = true, kept = null }) {
  const asked = [];
  const api = { site: "LOYLY", token: null, post: async (path, body) => { asked.push(body); const answer = answers.shift(); if (answer instanceof Error) throw answer; return answer; } };
  const box = { token: kept };
  const one = new Session({ api, hasCookies, keeper: { read: () => box.token, write: token => { box.token = token; } }, wait: async () => {} });
  return { one, api, asked, box };
}

test("with cookies nothing is kept in storage", async () => {
  const { one, asked, box } = session({ answers: [{ seq: 1 }] });
  await one.start({ language: "fi" });
  assert.deepEqual(asked, [{ site: "LOYLY", language: "fi" }]);
  assert.equal(box.token, null);
});

test("without cookies the token is kept, and given again the next time", async () => {
  const { one, asked, box, api } = session({ hasCookies: false, kept: "old", answers: [{ seq: 1, token: "new" }] });
  await one.start({});
  assert.deepEqual(asked, [{ site: "LOYLY", token: "old", cookieless: true }]);
  assert.equal(box.token, "new");
  assert.equal(api.token, "new");
});

test("a server that is away is asked until it answers", async () => {
  const { one, asked } = session({ answers: [new Problem({ code: "network" }), new Problem({ code: "busy", status: 503 }), { seq: 1 }] });
  await one.start({});
  assert.equal(asked.length, 3);
});

test("a cookie that does not come back turns the session cookieless", async () => {
  const { one } = session({ answers: [] });
  assert.equal(one.refused(new Problem({ code: "not_signed_in", status: 401 })), true);
  assert.equal(one.hasCookies, false);
  assert.equal(one.refused(new Problem({ code: "forbidden", status: 403 })), false);
});

test("whether cookies work is tried, not believed", () => {
  const jar = { text: "", get cookie() { return this.text; }, set cookie(value) { this.text = value.includes("Max-Age=0") ? "" : value.split(";")[0]; } };
  assert.equal(cookiesWork(jar, true), true);
  assert.equal(jar.text, "");
  assert.equal(cookiesWork({ get cookie() { return ""; }, set cookie(_) {} }, true), false);
  assert.equal(cookiesWork({ get cookie() { throw new Error("SecurityError"); }, set cookie(_) { throw new Error("SecurityError"); } }, false), false);
});
