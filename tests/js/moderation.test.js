import assert from "node:assert/strict";
import test from "node:test";
import { news } from "../../campaign/web/assets/js/looking.js";
import { isTyping, stillChooses, wish } from "../../campaign/web/assets/js/moderation_keys.js";
import { between } from "../../campaign/web/assets/js/selecting.js";

const field = (tagName, type) => ({ closest: () => ({ tagName, type }) });
const nowhere = { closest: () => null };

test("each key wants one thing", () => {
  const wishes = Object.fromEntries([..."jkpuadxs/?159", "Escape"].map((key) => [key, wish({ key })]));
  assert.deepEqual(wishes, {
    j: { step: 1 }, k: { step: -1 }, p: { press: "publish" }, u: { press: "undo" }, a: { press: "assign" },
    d: { decline: true }, x: { select: true }, s: { second: true }, "/": { search: true }, "?": { help: true },
    1: { reason: 0 }, 5: { reason: 4 }, 9: { reason: 8 }, Escape: { leave: true },
  });
});

test("other keys, held keys and the browser's own are left alone", () => {
  for (const event of [{ key: "q" }, { key: "0" }, { key: "P" }, { key: "p", ctrlKey: true }, { key: "p", metaKey: true },
    { key: "p", altKey: true }, { key: "p", repeat: true }]) assert.equal(wish(event), null);
});

test("keys are words in a field and a dialog, and not on a box that is ticked", () => {
  for (const [tag, type] of [["INPUT", "search"], ["INPUT", "text"], ["TEXTAREA"], ["SELECT"], ["DIALOG"]]) assert.equal(isTyping(field(tag, type)), true);
  for (const type of ["checkbox", "radio"]) assert.equal(isTyping(field("INPUT", type)), false);
  assert.equal(isTyping(nowhere), false);
});

test("a number still chooses a reason where `d` led, until something is written", () => {
  assert.equal(stillChooses({ name: "reason", value: "" }, wish({ key: "3" })), true);
  assert.equal(stillChooses({ name: "reason", value: "All " }, wish({ key: "3" })), false);
  assert.equal(stillChooses({ name: "reason", value: "" }, wish({ key: "p" })), false);
  assert.equal(stillChooses({ name: "q", value: "" }, wish({ key: "3" })), false);
});

test("shift takes all between, whichever was first", () => {
  const boxes = ["a", "b", "c", "d"];
  assert.deepEqual(between(boxes, "b", "d"), ["b", "c", "d"]);
  assert.deepEqual(between(boxes, "d", "b"), ["b", "c", "d"]);
  assert.deepEqual(between(boxes, "gone", "b"), ["b"]);
});

test("what others do is said, the weightiest first", () => {
  const quiet = { changed: "", heldBy: "", was: "", others: [] };
  assert.equal(news(quiet), "");
  assert.equal(news({ ...quiet, others: ["Lee"] }), "Lee opened this photo too, and can see that you are on it.");
  assert.equal(news({ ...quiet, heldBy: "Lee", others: ["Lee"] }), "Lee took this photo over.");
  assert.equal(news({ ...quiet, heldBy: "Lee", was: "Lee", others: ["Lee"] }), "");
  assert.equal(news({ ...quiet, was: "Lee" }), "Lee has gone on. The photo is free.");
  assert.equal(news({ ...quiet, changed: "Lee published this photo meanwhile.", heldBy: "Lee" }), "Lee published this photo meanwhile.");
});
