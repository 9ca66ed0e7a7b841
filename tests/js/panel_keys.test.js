import assert from "node:assert/strict";
import { test } from "node:test";
import { sent, spoken } from "../../campaign/web/assets/js/ballot.js";
import { keysFor, swipesFor } from "../../campaign/web/assets/js/panel_keys.js";
import { wayOf } from "../../campaign/web/assets/js/swipes.js";

test("a swipe goes one of four ways, and a tap or a slant goes none", () => {
  assert.deepEqual([wayOf(-80, 10), wayOf(80, -10), wayOf(5, -90), wayOf(-5, 90)], ["left", "right", "up", "down"]);
  assert.deepEqual([wayOf(3, 2), wayOf(80, 70), wayOf(59, 0)], [null, null, null]);
});

test("arrows do what swipes that way do", () => {
  const arrows = { left: "ArrowLeft", right: "ArrowRight", up: "ArrowUp", down: "ArrowDown" };
  for (const [way, name] of Object.entries(swipesFor("shortlist"))) assert.equal(keysFor("shortlist")[arrows[way]], name);
});

test("a ballot is sent as its method asks and said in few words", () => {
  assert.deepEqual([sent("yes"), sent({ Light: 4 })], [{ vote: "yes" }, { scores: { Light: 4 } }]);
  assert.deepEqual([spoken("yes"), spoken({ Overall: 4 }), spoken({ Light: 4, Story: 5 })], ["yes", "4", "Light 4, Story 5"]);
});
