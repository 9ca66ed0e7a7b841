import assert from "node:assert/strict";
import { test } from "node:test";
import { fresh, isRestDue, judgedOne, remember, remembered, restWords } from "../../../campaign/web/assets/js/panel/sitting.js";
import { moreWords, panelWords, progressWords } from "../../../campaign/web/assets/js/panel/view.js";
import { nameOf, seated, spoken, wordOf } from "../../../campaign/web/assets/js/panel/words.js";

const PHOTOS = [{ id: "p", caption: "The bridge", place: "Porto" }, { id: "q", caption: "Cranes" }, { id: "r" }];

test("a word is what was said by the round's method, in the API's own shape, or nothing yet", () => {
  const nothing = { stars: null, scores: null, vote: null, winner: null, ranking: null };
  assert.equal(wordOf(nothing), null);
  assert.deepEqual(wordOf({ ...nothing, vote: "yes" }), { vote: "yes" });
  assert.deepEqual(wordOf({ ...nothing, stars: 4, scores: { Light: 4 } }), { scores: { Light: 4 } });
  assert.deepEqual(wordOf({ ...nothing, winner: "p" }), { winner: "p" });
  assert.deepEqual(wordOf({ ...nothing, ranking: [["p"]] }), { ranking: [["p"]] });
});

test("a word is said in few words", () => {
  const said = [{ vote: "yes" }, { scores: { Overall: 4 } }, { scores: { Light: 4, Story: 5 } }, { winner: "p" }, { winner: "q" }, { ranking: [["q"], ["p", "r"]] }];
  assert.deepEqual(said.map((word) => spoken(word, PHOTOS)), ["yes", "4", "Light 4, Story 5", "the left one", "the right one", "an order: first Cranes, last The bridge and a photo"]);
});

test("a photo without words is a photo", () => {
  assert.deepEqual(PHOTOS.map(nameOf), ["The bridge, Porto", "Cranes", "a photo"]);
});

test("a rest is offered after every fifty, and a break begins a new sitting", () => {
  let sitting = fresh;
  const offered = [];
  for (let n = 1; n <= 100; n++) { sitting = judgedOne(sitting, n * 1000); if (isRestDue(sitting)) offered.push(n); }
  assert.deepEqual(offered, [50, 100]);
  assert.equal(judgedOne(sitting, 100_000 + 16 * 60_000).judged, 1);
  assert.equal(isRestDue(fresh), false);
  assert.match(restWords(sitting), /^100 in one sitting/);
});

test("a sitting outlives a reload, and a browser that keeps nothing harms nothing", () => {
  const kept = new Map();
  const storage = { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, value) };
  remember(storage, { judged: 7, at: 3 });
  assert.deepEqual(remembered(storage), { judged: 7, at: 3 });
  const closed = { getItem() { throw new Error("closed"); }, setItem() { throw new Error("closed"); } };
  remember(closed, fresh);
  assert.deepEqual(remembered(closed), fresh);
});

test("progress is told for oneself and for the panel", () => {
  assert.deepEqual([progressWords({ done: 1200, total: 4000 }), panelWords({ panel_done: 1, panel_total: 3 }), panelWords({})], ["1,200 of 4,000 yours", "the panel 33 %", ""]);
  assert.deepEqual([1, 1200].map(moreWords), ["1 more has come to you, from what the panel has left.", "1,200 more have come to you, from what the panel has left."]);
});

test("photos hang turned by the assignment's id, alone or not", () => {
  const hung = (id, many) => seated({ id, submissions: PHOTOS.slice(0, many) }).submissions.map((photo) => photo.id).join("");
  assert.deepEqual([hung("x0000", 2), hung("x0001", 2), hung("x0004", 3), hung("xffff", 1)], ["pq", "qp", "qrp", "p"]);
});
