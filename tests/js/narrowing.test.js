import assert from "node:assert/strict";
import { test } from "node:test";
import { fits } from "../../campaign/web/assets/js/narrowing.js";

test("every word must be there, in the name or in the value, accents or none", () => {
  assert.ok(fits("são", "Sao Paulo", "America/Sao_Paulo"));
  assert.ok(fits("paulo america", "Sao Paulo", "America/Sao_Paulo"));
  assert.ok(fits("new york", "New York", "America/New_York"));
  assert.ok(!fits("paulo europe", "Sao Paulo", "America/Sao_Paulo"));
});
