import assert from "node:assert/strict";
import { test } from "node:test";
import { back, cast, current, empty, later, merge, restore, undo } from "../../campaign/web/assets/js/stack.js";

const laid = (...ids) => merge(empty, ids.map((id) => ({ id, stars: null })), { done: 0, total: ids.length });
const ids = (list) => list.map(({ id }) => id);

test("what is here already is not added twice", () => {
  const stack = merge(cast(laid("a", "b"), 3), [{ id: "a" }, { id: "b" }, { id: "c" }]);
  assert.deepEqual(ids(stack.queue), ["b", "c"]);
});

test("casting uncovers the next photo and counts once", () => {
  const stack = cast(laid("a", "b"), 4);
  assert.equal(current(stack).id, "b");
  assert.deepEqual(stack.past, [{ id: "a", stars: 4 }]);
  assert.equal(stack.done, 1);
});

test("changing one's mind does not count twice", () => {
  const stack = cast(back(cast(laid("a", "b"), 4)), 2);
  assert.deepEqual(stack.past, [{ id: "a", stars: 2 }]);
  assert.equal(stack.done, 1);
});

test("later puts an unjudged photo under the stack", () => {
  assert.deepEqual(ids(later(laid("a", "b", "c")).queue), ["b", "c", "a"]);
});

test("later leaves a judged photo judged", () => {
  const stack = later(back(cast(laid("a", "b"), 4)));
  assert.equal(current(stack).id, "b");
  assert.deepEqual(stack.past, [{ id: "a", stars: 4 }]);
});

test("undo lays the photo judged last on top without its stars", () => {
  const { stack, undone } = undo(cast(laid("a", "b"), 4));
  assert.equal(undone, "a");
  assert.deepEqual(stack.queue[0], { id: "a", stars: null });
  assert.equal(stack.done, 0);
});

test("undo speaks of the photo on top when that one is judged", () => {
  const { stack, undone } = undo(back(cast(cast(laid("a", "b", "c"), 4), 5)));
  assert.equal(undone, "b");
  assert.deepEqual(ids(stack.past), ["a"]);
});

test("with nothing judged there is nothing to undo", () => {
  const before = laid("a");
  assert.deepEqual(undo(before), { stack: before, undone: null });
  assert.equal(back(before), before);
});

test("a ballot that was not saved comes back unjudged, on top", () => {
  const stack = restore(cast(cast(laid("a", "b", "c"), 4), 5), "a", null);
  assert.deepEqual(ids(stack.queue), ["a", "c"]);
  assert.equal(current(stack).stars, null);
  assert.deepEqual(ids(stack.past), ["b"]);
  assert.equal(stack.done, 1);
});

test("a change that was not saved comes back with the stars it had", () => {
  const changed = cast(back(cast(laid("a", "b"), 4)), 1);
  const stack = restore(changed, "a", 4);
  assert.deepEqual(current(stack), { id: "a", stars: 4 });
  assert.equal(stack.done, 1);
});

test("an undo that was not saved leaves the stars where they were", () => {
  const { stack } = undo(cast(laid("a", "b"), 4));
  const after = restore(stack, "a", 4);
  assert.deepEqual(current(after), { id: "a", stars: 4 });
  assert.equal(after.done, 1);
});
