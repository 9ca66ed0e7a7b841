import assert from "node:assert/strict";
import { test } from "node:test";
import { append, inOrder, isTied, join, leave, move, orderOf, placeOf, put, ranked, rankingIn, said, tie } from "../../../campaign/web/assets/js/panel/order.js";

const IDS = ["a", "b", "c", "d"];
const of = (...tiers) => orderOf(IDS, { ranking: tiers.map((tier) => [...tier]) });
const tiers = (order) => order.tiers.map((tier) => tier.join(""));

test("nothing has a place until the judge gives one", () => {
  assert.deepEqual(orderOf(IDS, null), { tiers: [], rest: IDS });
  assert.deepEqual(tiers(append(append(orderOf(IDS, null), "c"), "a")), ["c", "a"]);
});

test("a word comes back as the order that it was", () => {
  const order = of("b", "ca");
  assert.deepEqual([tiers(order), order.rest], [["b", "ac"], ["d"]]);
  assert.deepEqual(rankingIn(order), { ranking: [["b"], ["a", "c"]] });
  assert.deepEqual(inOrder(order), ["b", "a", "c", "d"]);
});

test("places are counted as people count them: 1, 2, 2, 4", () => {
  const order = of("a", "bc", "d");
  assert.deepEqual(IDS.map((id) => placeOf(order, id)), [1, 2, 2, 4]);
  assert.deepEqual(IDS.map((id) => isTied(order, id)), [false, true, true, false]);
  assert.deepEqual([said(order, "b", "Bridge"), said(order, "d", "Door")], ["Bridge: place 2 of 4, tied.", "Door: place 4 of 4."]);
  assert.equal(said(of("a", "b"), "b", "Bridge", 11), "Bridge: place 12.");
});

test("a step moves past the neighbours, and out of a tie first", () => {
  assert.deepEqual(tiers(move(of("a", "b", "c"), "c", -1)), ["a", "c", "b"]);
  assert.deepEqual(tiers(move(of("a", "b", "c"), "a", 1)), ["b", "a", "c"]);
  assert.deepEqual(tiers(move(of("a", "bc"), "c", -1)), ["a", "c", "b"]);
  assert.deepEqual(tiers(move(of("a", "bc"), "b", 1)), ["a", "c", "b"]);
  assert.deepEqual(tiers(move(of("a", "bc"), "a", 1)), ["bc", "a"]);
  assert.deepEqual(tiers(move(of("a", "b"), "a", -1)), ["a", "b"]);
});

test("below the last place there is none, and above none there is the last place", () => {
  const left = move(of("a", "b"), "b", 1);
  assert.deepEqual([tiers(left), left.rest], [["a"], ["c", "d", "b"]]);
  assert.equal(said(left, "b", "Bridge"), "Bridge: not ranked.");
  assert.deepEqual(tiers(move(left, "b", -1)), ["a", "b"]);
  assert.equal(move(left, "b", 1), left);
});

test("a tie is made with the one above and broken again", () => {
  const tied = tie(of("a", "b", "c"), "b");
  assert.deepEqual(tiers(tied), ["ab", "c"]);
  assert.deepEqual(tiers(tie(tied, "b")), ["a", "b", "c"]);
  assert.deepEqual(tiers(tie(of("a", "b"), "a")), ["a", "b"]);
});

test("dropping puts before a place, or onto another photo's", () => {
  assert.deepEqual(tiers(put(of("a", "b", "c"), "a", 2)), ["b", "a", "c"]);
  assert.deepEqual(tiers(put(of("a", "b", "c"), "c", 0)), ["c", "a", "b"]);
  assert.deepEqual(tiers(put(of("a", "b"), "d", 1)), ["a", "d", "b"]);
  assert.deepEqual(tiers(join(of("a", "b"), "d", "a")), ["ad", "b"]);
  assert.deepEqual(tiers(join(of("a", "b"), "a", "d")), ["a", "b"]);
});

test("whatever is done, each photo is there once", () => {
  let order = orderOf(IDS, null);
  let seed = 7;
  const next = (most) => (seed = (seed * 16807) % 2147483647) % most;
  const steps = [append, leave, tie, (one, id) => move(one, id, -1), (one, id) => move(one, id, 1), (one, id) => put(one, id, next(5)), (one, id) => join(one, id, IDS[next(4)])];
  for (let n = 0; n < 2000; n++) {
    order = steps[next(steps.length)](order, IDS[next(4)]);
    assert.deepEqual([...inOrder(order)].sort(), IDS);
    assert.ok(order.tiers.every((tier) => tier.length > 0));
    assert.equal(ranked(order) + order.rest.length, 4);
  }
});
