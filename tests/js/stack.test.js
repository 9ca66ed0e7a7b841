import assert from "node:assert/strict";
import { test } from "node:test";
import { back, cast, current, empty, merge, restore, skip, undo, wasAside, wordOf } from "../../campaign/web/assets/js/stack.js";

const laid = (...ids) => merge(empty, ids.map((id) => ({ id })), { done: 0, total: ids.length });
const ids = (list) => list.map(({ id }) => id);
const words = (list) => list.map(({ id, word }) => [id, word]);

test("a word is a vote, stars by criterion, or nothing yet", () => {
  assert.equal(wordOf({ vote: "yes", scores: null }), "yes");
  assert.deepEqual(wordOf({ vote: null, scores: { Light: 4 } }), { Light: 4 });
  assert.equal(wordOf({ vote: null, scores: null }), null);
});

test("what is here already is not added twice", () => {
  const stack = merge(cast(laid("a", "b"), "yes"), [{ id: "a" }, { id: "b" }, { id: "c" }]);
  assert.deepEqual(ids(stack.queue), ["b", "c"]);
});

test("casting uncovers the next photo and counts once", () => {
  const stack = cast(laid("a", "b"), "no");
  assert.equal(current(stack).id, "b");
  assert.deepEqual(words(stack.past), [["a", "no"]]);
  assert.equal(stack.done, 1);
});

test("changing one's mind does not count twice", () => {
  const stack = cast(back(cast(laid("a", "b"), "no")), "maybe");
  assert.deepEqual(words(stack.past), [["a", "maybe"]]);
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
  assert.deepEqual(ids(cast(skip(stack), "yes").past), ["b", "a"]);
});

test("skipping leaves a judged photo judged", () => {
  const stack = skip(back(cast(laid("a", "b"), "yes")));
  assert.equal(current(stack).id, "b");
  assert.deepEqual(words(stack.past), [["a", "yes"]]);
  assert.equal(wasAside(stack), false);
});

test("back lays a skipped photo on top again, and a word on it counts", () => {
  const stack = back(skip(laid("a", "b")));
  assert.equal(current(stack).id, "a");
  assert.deepEqual(words(cast(stack, "yes").past), [["a", "yes"]]);
});

test("undo lays the photo judged last on top without its word", () => {
  const { stack, undone } = undo(cast(laid("a", "b"), { Light: 4 }));
  assert.equal(undone, "a");
  assert.deepEqual(words(stack.queue), [["a", null], ["b", null]]);
  assert.equal(stack.done, 0);
});

test("undo finds the last word behind a photo that was put aside", () => {
  const { stack, undone } = undo(skip(cast(laid("a", "b", "c"), "yes")));
  assert.equal(undone, "a");
  assert.deepEqual(ids(stack.past), ["b"]);
});

test("undo speaks of the photo on top when that one is judged", () => {
  const { stack, undone } = undo(back(cast(cast(laid("a", "b", "c"), "yes"), "no")));
  assert.equal(undone, "b");
  assert.deepEqual(ids(stack.past), ["a"]);
});

test("with nothing judged there is nothing to undo", () => {
  const before = laid("a");
  assert.deepEqual(undo(before), { stack: before, undone: null });
  assert.equal(back(before), before);
});

test("a ballot that was not saved comes back unjudged, on top", () => {
  const stack = restore(cast(cast(laid("a", "b", "c"), "yes"), "no"), "a", null);
  assert.deepEqual(ids(stack.queue), ["a", "c"]);
  assert.equal(current(stack).word, null);
  assert.deepEqual(ids(stack.past), ["b"]);
  assert.equal(stack.done, 1);
});

test("a change that was not saved comes back with the word it had", () => {
  const changed = cast(back(cast(laid("a", "b"), "yes")), "no");
  const stack = restore(changed, "a", "yes");
  assert.equal(current(stack).word, "yes");
  assert.equal(stack.done, 1);
});

test("an undo that was not saved leaves the word where it was", () => {
  const { stack } = undo(cast(laid("a", "b"), "yes"));
  const after = restore(stack, "a", "yes");
  assert.deepEqual(words(after.queue), [["a", "yes"], ["b", null]]);
  assert.equal(after.done, 1);
});
