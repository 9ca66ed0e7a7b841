import assert from "node:assert/strict";
import { test } from "node:test";
import { readerWords } from "../../campaign/web/assets/js/times.js";

const closing = new Date("2026-11-29T21:00:00Z");
const lisbon = { locale: "en-GB", campaignZone: "Europe/Lisbon" };

test("a reader elsewhere sees their own clock, and their own day", () => {
  assert.equal(readerWords(closing, "Lisbon time", { ...lisbon, zone: "Europe/Berlin" }), "Lisbon time; Sun 22:00 where you are");
  assert.equal(readerWords(closing, "Lisbon time", { ...lisbon, zone: "Asia/Tokyo" }), "Lisbon time; Mon 06:00 where you are");
});

test("a reader whose clock reads the same is not told twice", () => {
  assert.equal(readerWords(closing, "Lisbon time", { ...lisbon, zone: "Europe/London" }), null);
});
