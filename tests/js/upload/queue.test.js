import assert from "node:assert/strict";
import { test } from "node:test";
import { queue } from "../../../campaign/web/assets/js/upload/queue.js";

const turn = () => new Promise((done) => setImmediate(done));

test("two run at a time, in the order they came, and a failure makes room too", async () => {
  const run = queue(2);
  const begun = [];
  const ends = [];
  const work = (name) => run(() => { begun.push(name); return new Promise((done, fail) => ends.push({ done, fail })); });
  const [a, b, c, d] = ["a", "b", "c", "d"].map(work);
  await turn();
  assert.deepEqual(begun, ["a", "b"]);
  ends[0].fail(new Error("no"));
  await assert.rejects(a, { message: "no" });
  await turn();
  assert.deepEqual(begun, ["a", "b", "c"]);
  ends[1].done("there");
  assert.equal(await b, "there");
  await turn();
  assert.deepEqual(begun, ["a", "b", "c", "d"]);
  ends[2].done();
  ends[3].done();
  await Promise.all([c, d]);
});
