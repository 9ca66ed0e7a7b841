import assert from "node:assert/strict";
import { test } from "node:test";
import { compare } from "../../campaign/web/assets/js/sorting.js";

test("figures sort as figures, words as words", () => {
  assert.deepEqual(["10", "9", "2.5"].sort(compare), ["2.5", "9", "10"]);
  assert.deepEqual(["Round 10", "Round 9", "finale"].sort(compare), ["finale", "Round 9", "Round 10"]);
});

test("an empty cell comes first", () => {
  assert.deepEqual(["3", "", "1"].sort(compare), ["", "1", "3"]);
});
