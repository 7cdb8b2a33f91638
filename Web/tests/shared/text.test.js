import test from "node:test";
import assert from "node:assert/strict";
import { dayOf, clockOf, fileSize, firstLine, fold, initials, linkify, momentOf, plainName, printable, timeOf } from "../../shared/text.js";
import { toWhom, whose } from "../../shared/finnish.js";

const links = text => linkify(text).filter(piece => piece.href).map(piece => [piece.text, piece.href]);
const at = (...parts) => new Date(...parts).getTime();

test("web and mail addresses become links, the sentence's own punctuation stays outside", () => {
  assert.deepEqual(links("Katso https://loylymaki.example/kiulut?a=1&b=2."), [["https://loylymaki.example/kiulut?a=1&b=2", "https://loylymaki.example/kiulut?a=1&b=2"]]);
  assert.deepEqual(links("(ks. https://fi.wikipedia.org/wiki/Kiulu_(astia))"), [["https://fi.wikipedia.org/wiki/Kiulu_(astia)", "https://fi.wikipedia.org/wiki/Kiulu_(astia)"]]);
  assert.deepEqual(links("www.loylymaki.example, kiitos"), [["www.loylymaki.example", "https://www.loylymaki.example"]]);
  assert.deepEqual(links("liisa@rantasenmokit.example!"), [["liisa@rantasenmokit.example", "mailto:liisa@rantasenmokit.example"]]);
});

test("nothing but http and mail becomes a link", () => {
  for (const text of ["javascript:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd", "hinta 5.50"]) assert.deepEqual(links(text), []);
});

test("an address ends at an invisible character, so that a link reads as it goes", () => {
  assert.deepEqual(links("https://a.example/\u202egnp.exe"), [["https://a.example/", "https://a.example/"]]);
});

test("the pieces of a linkified text are the text", () => {
  const text = "a https://x.example b liisa@x.example\nc www.x.example.";
  assert.equal(linkify(text).map(piece => piece.text).join(""), text);
});

test("a long mail-like paste is linkified quickly", () => {
  const started = performance.now();
  linkify("a.".repeat(32_000) + "@");
  linkify("@".repeat(64_000));
  linkify("https://" + "(".repeat(60_000));
  assert.ok(performance.now() - started < 1500);
});

test("long text is folded at a word, short text is not", () => {
  assert.equal(fold("lyhyt"), null);
  assert.equal(fold("sana ".repeat(250)), null);
  const folded = fold("sana ".repeat(2000));
  assert.ok(folded.head.length <= 1200 && folded.head.endsWith("sana"));
  assert.equal(folded.head + folded.rest, "sana ".repeat(2000));
  assert.equal(fold("rivi\n".repeat(10_000)).head.split("\n").length, 20);
  assert.equal(fold("rivi\n".repeat(20)), null);
});

test("folding never cuts an emoji in two", () => {
  const folded = fold("👩‍👩‍👧‍👦".repeat(2000));
  assert.ok(!/[\ud800-\udbff]$/.test(folded.head));
  assert.ok(!/^[\udc00-\udfff\u200d]/.test(folded.rest));
});

test("control characters are shown as what they are, names lose bidi tricks", () => {
  assert.equal(printable("a\u0000b\r\nc\td"), "a\ufffdb\nc\td");
  assert.equal(printable("\u202egnp.exe"), "gnp.exe");
  assert.equal(plainName("Liisa\u202e\u0000 \n Rantanen\u200b"), "Liisa Rantanen");
  assert.equal(firstLine("yksi\nkaksi"), "yksi kaksi");
  assert.equal([...firstLine("🙂".repeat(300), 10)].length, 10);
});

test("initials are of the first and last name", () => {
  assert.equal(initials("Liisa Rantanen"), "LR");
  assert.equal(initials("Åsa"), "Å");
  assert.equal(initials("Anna-Liisa von Björkman"), "AB");
  assert.equal(initials("123"), "");
});

test("times read as people of the language write them", () => {
  const when = at(2026, 10, 21, 10, 42);
  assert.equal(timeOf(when, "fi"), "10.42");
  assert.equal(clockOf(when, "fi"), "klo 10.42");
  assert.equal(clockOf(when, "sv"), "kl. 10:42");
  assert.equal(clockOf(when, "en"), "10:42");
});

test("a day is told as near days are", () => {
  const now = at(2026, 10, 21, 12);
  assert.equal(dayOf(at(2026, 10, 21, 0, 1), "fi", now), "Tänään");
  assert.equal(dayOf(at(2026, 10, 20, 23, 59), "sv", now), "I går");
  assert.equal(dayOf(at(2026, 10, 16, 9), "fi", now), "Maanantai");
  assert.equal(dayOf(at(2026, 9, 12), "fi", now), "12. lokakuuta");
  assert.equal(dayOf(at(2025, 9, 12), "en", now), "12 October 2025");
  assert.equal(momentOf(at(2026, 10, 16, 9, 5), "fi", now), "ma 9.05");
  assert.equal(momentOf(at(2026, 9, 12), "fi", now), "12.10.2026");
});

test("a file's size is in the reader's units", () => {
  assert.match(fileSize(84 * 1024, "fi"), /^84\s?kt$/);
  assert.match(fileSize(1.5 * 1024 * 1024, "fi"), /^1,5\s?Mt$/);
  assert.match(fileSize(25 * 1024 * 1024, "en"), /^25\s?MB$/);
});

test("first names bend as Finnish does", () => {
  assert.deepEqual(["Maija", "Juhani", "Pekka", "Matti", "Terttu", "Markus", "Hannes", "Kim", "Mats", "Åsa"].map(toWhom),
    ["Maijalle", "Juhanille", "Pekalle", "Matille", "Tertulle", "Markukselle", "Hannekselle", "Kimille", "Matsille", "Åsalle"]);
  assert.equal(whose("Pekka"), "Pekan");
});
