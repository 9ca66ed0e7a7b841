import assert from "node:assert/strict";
import { test } from "node:test";
import { Refusal } from "../../campaign/web/assets/js/api.js";
import { bring, explain, follow, newJob, settle } from "../../campaign/web/assets/js/sending.js";
import { AttemptFailed } from "../../campaign/web/assets/js/transfer.js";

const API = "/api/v1/campaigns/city/submissions";
const ONE = "/api/v1/submissions/7";
const FILE = { name: "a.jpg", size: 4 };

/** A house that answers by address, and remembers what it was asked. `answers` may hold errors to throw. */
function house(answers = {}) {
  const asked = [];
  const replies = { [API]: [{ id: "7", upload: "first" }], [`${ONE}/ticket`]: [], [`${ONE}/complete`]: [{}], ...answers };
  const ask = async (method, path, body, { key } = {}) => {
    asked.push({ path, body, key });
    const answer = replies[path].length > 1 ? replies[path].shift() : replies[path][0];
    if (answer instanceof Error) throw answer;
    return answer && { ...answer };
  };
  return { ask, asked, paths: () => asked.map(({ path }) => path) };
}

const quiet = { tell: () => {}, sleep: async () => {}, random: () => 0 };
const refusal = (status, code) => new Refusal({ status, code, detail: "No." });

test("a photo is claimed, carried and completed, each post with a key", async () => {
  const { ask, asked, paths } = house();
  const puts = [];
  const job = newJob(API, { caption: "Home" }, FILE);
  assert.equal(await bring(job, { ...quiet, ask, put: async (upload, onProgress) => { puts.push(upload); onProgress(1); } }), "7");
  assert.deepEqual(paths(), [API, `${ONE}/complete`]);
  assert.deepEqual(puts, ["first"]);
  assert.deepEqual(asked[0].body, { caption: "Home" });
  assert.ok(asked.every(({ key }) => /^[0-9a-f]{32}$/.test(key)));
});

test("a claim that nobody answered is repeated with the same key", async () => {
  const { ask, asked } = house({ [API]: [new TypeError("no network"), refusal(503), refusal(409, "try_again"), { id: "7", upload: "first" }] });
  await bring(newJob(API, {}, FILE), { ...quiet, ask, put: async () => {} });
  const keys = asked.filter(({ path }) => path === API).map(({ key }) => key);
  assert.equal(keys.length, 4);
  assert.equal(new Set(keys).size, 1);
});

test("each attempt after the first is signed anew, with a key of its own", async () => {
  const { ask, asked } = house({ [`${ONE}/ticket`]: [{ upload: "second" }, { upload: "third" }] });
  const puts = [];
  const put = async (upload) => { puts.push(upload); if (puts.length < 3) throw new AttemptFailed({ status: 403 }); };
  await bring(newJob(API, {}, FILE), { ...quiet, ask, put });
  assert.deepEqual(puts, ["first", "second", "third"]);
  const keys = asked.filter(({ path }) => path === `${ONE}/ticket`).map(({ key }) => key);
  assert.equal(new Set(keys).size, 2);
});

test("going on after a lost network takes no second entry and sends no byte twice", async () => {
  const { ask, paths } = house({ [`${ONE}/complete`]: [refusal(409, "other"), {}] });
  let puts = 0;
  const job = newJob(API, {}, FILE);
  await assert.rejects(bring(job, { ...quiet, ask, put: async () => { puts += 1; } }));
  settle(job, new TypeError("no network"));
  await bring(job, { ...quiet, ask, put: async () => { puts += 1; } });
  assert.deepEqual(paths(), [API, `${ONE}/complete`, `${ONE}/complete`]);
  assert.equal(puts, 1);
});

test("bytes that did not arrive whole are sent again under the same ticket", async () => {
  const job = { ...newJob(API, {}, FILE), ticket: { id: "7" }, carried: true };
  settle(job, refusal(409, "size_mismatch"));
  assert.deepEqual([job.carried, job.ticket.id], [false, "7"]);
});

test("a plain no gives up the ticket and the key", () => {
  const job = { ...newJob(API, {}, FILE), ticket: { id: "7" }, carried: true };
  const { key } = job;
  settle(job, refusal(409, "ticket_expired"));
  assert.deepEqual([job.carried, job.ticket], [false, undefined]);
  assert.notEqual(job.key, key);
});

test("being signed out keeps everything for the next try", () => {
  const job = { ...newJob(API, {}, FILE), ticket: { id: "7" }, carried: true };
  settle(job, refusal(401, "sign_in_needed"));
  assert.deepEqual([job.carried, job.ticket.id], [true, "7"]);
});

test("a photo that is here already is not carried again", async () => {
  const { ask, paths } = house({ [`${ONE}/ticket`]: [refusal(409, "not_waiting")] });
  const job = { ...newJob(API, {}, FILE), ticket: { id: "7" } };
  assert.equal(await bring(job, { ...quiet, ask, put: async () => assert.fail("nothing to carry") }), "7");
  assert.deepEqual(paths(), [`${ONE}/ticket`, `${ONE}/complete`]);
});

test("what stopped it is told, with the way on", () => {
  assert.deepEqual(explain(new Refusal({ status: 409, code: "closed", detail: "It closed." })), { again: "Send it again", title: "It did not go through", words: "It closed." });
  assert.equal(explain(refusal(409, "rules_changed")).again, "Load the new rules");
  assert.equal(explain(refusal(401)).title, "You were signed out");
  assert.equal(explain(new TypeError("x")).title, "It has not reached us");
});

test("following ends with the first state a worker wrote, whatever silence came between", async () => {
  const answers = [{ state: "received" }, new Error("lost"), { state: "rejected" }];
  const look = async () => { const answer = answers.shift(); if (answer instanceof Error) throw answer; return answer; };
  assert.deepEqual(await follow(look, { sleep: async () => {} }), { state: "rejected" });
  assert.equal(await follow(async () => ({ state: "received" }), { sleep: async () => {}, looks: 3 }), undefined);
});
