import assert from "node:assert/strict";
import { test } from "node:test";
import { leftWords } from "../../campaign/web/assets/js/countdown.js";

test("two largest units while there are days", () => {
  assert.equal(leftWords(6 * 86400 + 3 * 3600 + 59), "6 days 3 hours");
  assert.equal(leftWords(86400 + 3600), "1 day 1 hour");
  assert.equal(leftWords(86400 + 3599), "1 day");
});

test("a clock below a day, down to nothing", () => {
  assert.equal(leftWords(86399), "23:59:59");
  assert.equal(leftWords(3600 + 5 * 60 + 9.9), "1:05:09");
  assert.equal(leftWords(9.2), "0:09");
  assert.equal(leftWords(0.4), "0:00");
});
