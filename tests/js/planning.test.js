// What the round's form asks for while it is filled in.
import assert from "node:assert/strict";
import { test } from "node:test";
import { asked } from "../../campaign/web/assets/js/planning.js";

const form = (...pairs) => {
  const data = new FormData();
  for (const [name, value] of pairs) data.append(name, value);
  return Object.fromEntries(asked(data));
};

test("all published photos, judged by those who are ticked", () => {
  const found = form(["method", "stars"], ["quorum", "3"], ["panel", "a"], ["panel", "b"], ["criterion-1", "Light"], ["criterion-2", " "], ["source_kind", "published"]);

  assert.deepEqual(found, { method: "stars", judges: "2", quorum: "3", criteria: "1" });
});

test("a source's own fields go along, and those of another way do not", () => {
  const sources = [["source", "r"], ["top", "20"], ["least", "4.5"], ["category", "Night"], ["picked", "p"], ["picked", "q"]];

  assert.deepEqual(form(["method", "duel"], ["source_kind", "top"], ...sources), { method: "duel", judges: "0", round: "r", top: "20" });
  assert.deepEqual(form(["method", "duel"], ["source_kind", "category"], ...sources), { method: "duel", judges: "0", category: "Night" });
  assert.deepEqual(form(["method", "duel"], ["source_kind", "picked"], ...sources), { method: "duel", judges: "0", picked: "2" });
});
