import assert from "node:assert/strict";
import { test } from "node:test";
import { fill, find, pieces, slashQuery, textIn } from "../../desk/models/canned-replies.js";
import { Drafts } from "../../desk/models/drafts.js";
import { candidates, complete, mentionAt, mentioned, pieces as mentionPieces } from "../../desk/models/mentions.js";
import { memory } from "../../shared/outbox.js";

const ehtii = { id: "1", kind: "reply", shortcut: "ehtii", title: "Ehtii perjantaiksi", texts: { fi: "Moro {{etunimi}}! Ehtii.", sv: "Hej {{förnamn}}!" } };
const takuu = { id: "2", kind: "reply", shortcut: "takuu", title: "Takuuvaihto", texts: { fi: "Vaihto ehtii viikossa." } };
const agents = [agent("maija", "Maija Lehto"), agent("juhani", "Juhani Mäki"), { ...agent("jussi", "Jussi Vanha"), active: false }];

test("a slash at the start asks for ready answers, anywhere else it is a slash", () => {
  assert.equal(slashQuery("/eh", 3), "eh");
  assert.equal(slashQuery("/", 1), "");
  assert.equal(slashQuery("klo 9/10", 8), undefined);
  assert.equal(slashQuery("/ehtii varmasti", 15), undefined);
});

test("the shortcut finds before the title, the title before the text", () => {
  assert.deepEqual(find([takuu, ehtii], "eh", "fi").map(({ id }) => id), ["1", "2"]);
  assert.deepEqual(find([takuu, ehtii], "vaihto", "fi").map(({ id }) => id), ["2"]);
  assert.deepEqual(find([takuu, ehtii], "xyz", "fi"), []);
});

test("the text is in the customer's language, or in the nearest there is", () => {
  assert.equal(textIn(ehtii, "sv"), "Hej {{förnamn}}!");
  assert.equal(textIn(takuu, "en"), "Vaihto ehtii viikossa.");
});

test("variables are filled in every language's names", () => {
  const known = { customer: "Liisa Rantanen", me: "Maija", company: "Löylymäki", page: "Otava" };
  assert.equal(fill("{{etunimi}}, {{nimi}}, {{oma nimi}}, {{yritys}}, {{sivu}}", known), "Liisa, Liisa Rantanen, Maija, Löylymäki, Otava");
  assert.equal(fill("{{first name}} / {{My  name}} / {{ förnamn }}", known), "Liisa / Maija / Liisa");
});

test("a name nobody has given vanishes with what led to it", () => {
  assert.equal(fill("Moro {{etunimi}}!", {}), "Moro!");
  assert.equal(fill("Kiitos, {{etunimi}}. Hei", {}), "Kiitos. Hei");
});

test("what isn't a variable stays as it was written", () => assert.equal(fill("{{tilausnumero}} {x}", { customer: "Liisa" }), "{{tilausnumero}} {x}"));

test("pieces tell text from variables", () => assert.deepEqual(pieces("Moro {{etunimi}}!"), [{ text: "Moro " }, { variable: "etunimi", known: true }, { text: "!" }]));

test("an at sign begins a mention, an address doesn't", () => {
  assert.deepEqual(mentionAt("kysy @Ju", 8), { query: "Ju", start: 5 });
  assert.equal(mentionAt("liisa@ju", 8), undefined);
});

test("a mention is completed and found again, never part of a longer word", () => {
  assert.deepEqual(candidates(agents, "ju", "maija").map(({ id }) => id), ["juhani"]);
  assert.deepEqual(complete("kysy @Ju heti", 8, agents[1]), { text: "kysy @Juhani heti", caret: 13 });
  assert.deepEqual(mentioned("@Juhani ja @Maijako? @Jussi", agents), ["juhani"]);
  assert.deepEqual(mentionPieces("Moi @Juhani!", agents), [{ text: "Moi " }, { mention: "@Juhani" }, { text: "!" }]);
});

test("a draft is kept per conversation, per manner and per person", () => {
  const storage = memory();
  const drafts = new Drafts(storage, "maija");
  drafts.keep("c1", "reply", { text: "Ehtii hyvin" });
  drafts.keep("c1", "note", { text: "kysy Juhanilta" });
  assert.equal(new Drafts(storage, "maija").get("c1", "reply").text, "Ehtii hyvin");
  assert.equal(drafts.get("c2", "reply").text, "");
  assert.equal(new Drafts(storage, "juhani").get("c1", "reply").text, "");
  assert.ok(drafts.has("c1"));
  drafts.keep("c1", "reply", { text: "" });
  drafts.keep("c1", "note", { text: "" });
  assert.equal(storage.length, 0);
});

function agent(id, fullName) {
  return { id, name: fullName.split(" ")[0], fullName, active: true };
}
