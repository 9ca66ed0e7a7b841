import assert from "node:assert/strict";
import { test } from "node:test";
import { turnOf } from "../../campaign/web/assets/js/turning.js";

test("a finger to the left brings the next photo, to the right the one before", () => {
  assert.equal(turnOf(-80, 10), "next");
  assert.equal(turnOf(80, -10), "prev");
});

test("a short way, or one that scrolls, turns nothing", () => {
  assert.equal(turnOf(-60, 0), null);
  assert.equal(turnOf(-100, 90), null);
  assert.equal(turnOf(0, 300), null);
});
