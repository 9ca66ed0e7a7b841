import assert from "node:assert/strict";
import { test } from "node:test";
import { back, cast, current, empty, merge, restore, skip, undo, wasAside, stepAside } from "../../../campaign/web/assets/js/panel/stack.js";

const [YES, NO, MAYBE] = ["yes", "no", "maybe"].map((vote) => ({ vote }));
const laid = (...ids) => merge(empty, ids.map((id) => ({ id })), { done: 0, total: ids.length });
const ids = (list) => list.map(({ id }) => id);
const words = (list) => list.map(({ id, word }) => [id, word]);

test("what is here already is not added twice", () => {
  const stack = merge(cast(laid("a", "b"), YES), [{ id: "a" }, { id: "b" }, { id: "c" }]);
  assert.deepEqual(ids(stack.queue), ["b", "c"]);
});

test("casting uncovers the next photo and counts once", () => {
  const stack = cast(laid("a", "b"), NO);
  assert.equal(current(stack).id, "b");
  assert.deepEqual(words(stack.past), [["a", NO]]);
  assert.equal(stack.done, 1);
});

test("changing one's mind does not count twice", () => {
  const stack = cast(back(cast(laid("a", "b"), NO)), MAYBE);
  assert.deepEqual(words(stack.past), [["a", MAYBE]]);
  assert.equal(stack.done, 1);
});

test("a skipped photo is not judged and waits for the server to bring it again", () => {
  const stack = skip(laid("a", "b", "c"));
  assert.deepEqual(ids(stack.queue), ["b", "c"]);
  assert.equal(stack.done, 0);
  assert.deepEqual(ids(merge(stack, [{ id: "b" }, { id: "c" }, { id: "a", skipped: true }]).queue), ["b", "c", "a"]);
});

test("a skipped photo that came again is still the one before, and lies in the stack once", () => {
  const stack = merge(skip(laid("a", "b")), [{ id: "a", skipped: true }]);
  assert.deepEqual([ids(stack.queue), wasAside(stack)], [["b", "a"], true]);
  assert.deepEqual(ids(back(stack).queue), ["a", "b"]);
  assert.deepEqual(ids(cast(skip(stack), YES).past), ["b", "a"]);
});

test("skipping leaves a judged photo judged", () => {
  const stack = skip(back(cast(laid("a", "b"), YES)));
  assert.equal(current(stack).id, "b");
  assert.deepEqual(words(stack.past), [["a", YES]]);
  assert.equal(wasAside(stack), false);
});

test("back lays a skipped photo on top again, and a word on it counts", () => {
  const stack = back(skip(laid("a", "b")));
  assert.equal(current(stack).id, "a");
  assert.deepEqual(words(cast(stack, YES).past), [["a", YES]]);
});

test("undo lays the photo judged last on top without its word", () => {
  const { stack, undone } = undo(cast(laid("a", "b"), { scores: { Light: 4 } }));
  assert.equal(undone.id, "a");
  assert.deepEqual(words(stack.queue), [["a", null], ["b", null]]);
  assert.equal(stack.done, 0);
});

test("undo finds the last word behind a photo that was put aside", () => {
  const { stack, undone } = undo(skip(cast(laid("a", "b", "c"), YES)));
  assert.equal(undone.id, "a");
  assert.deepEqual(ids(stack.past), ["b"]);
});

test("undo speaks of the photo on top when that one is judged", () => {
  const { stack, undone } = undo(back(cast(cast(laid("a", "b", "c"), YES), NO)));
  assert.equal(undone.id, "b");
  assert.deepEqual(ids(stack.past), ["a"]);
});

test("with nothing judged there is nothing to undo", () => {
  const before = laid("a");
  assert.deepEqual(undo(before), { stack: before, undone: null });
  assert.equal(back(before), before);
});

test("a ballot that was not saved comes back unjudged, on top", () => {
  const stack = restore(cast(cast(laid("a", "b", "c"), YES), NO), "a", null);
  assert.deepEqual(ids(stack.queue), ["a", "c"]);
  assert.equal(current(stack).word, null);
  assert.deepEqual(ids(stack.past), ["b"]);
  assert.equal(stack.done, 1);
});

test("a change that was not saved comes back with the word it had", () => {
  const changed = cast(back(cast(laid("a", "b"), YES)), NO);
  const stack = restore(changed, "a", YES);
  assert.equal(current(stack).word, YES);
  assert.equal(stack.done, 1);
});

test("an undo that was not saved leaves the word where it was", () => {
  const { stack } = undo(cast(laid("a", "b"), YES));
  const after = restore(stack, "a", YES);
  assert.deepEqual(words(after.queue), [["a", YES], ["b", null]]);
  assert.equal(after.done, 1);
});

test("what waits on this device to be sent is not asked again", () => {
  assert.deepEqual(ids(merge(empty, [{ id: "a" }, { id: "b" }], {}, new Set(["a"])).queue), ["b"]);
});

test("what the server sent with a word comes with it", () => {
  assert.deepEqual(words(merge(empty, [{ id: "a", vote: null, winner: "p" }]).queue), [["a", { winner: "p" }]]);
});

test("stepping aside takes the photo off the stack, and its ballot with it", () => {
  assert.deepEqual([ids(stepAside(laid("a", "b")).queue), stepAside(laid("a", "b")).total], [["b"], 1]);
  const judged = stepAside(back(cast(laid("a", "b"), YES)));
  assert.deepEqual([ids(judged.queue), ids(judged.past), judged.done, judged.total], [["b"], [], 0, 1]);
});
