import assert from "node:assert/strict";
import { test } from "node:test";
import { Refusal } from "../../campaign/web/assets/js/api.js";
import { explain, follow, said } from "../../campaign/web/assets/js/sending.js";
import { attemptFailed } from "../../campaign/web/assets/js/upload/attempt.js";

const refusal = (status, code) => new Refusal({ status, code, detail: "It closed." });

test("how far it has come is told in percent, and never as all of it before it is", () => {
  assert.deepEqual(said("carrying", 0.426), ["Sending your photo", "42 % has left your phone. Keep this page open.", 0.426]);
  assert.match(said("carrying", 0.999)[1], /^99 %/);
  assert.deepEqual(said("carrying", 1), ["Sending your photo", "All of it has left your phone.", 1]);
  assert.deepEqual(["claiming", "checking"].map((step) => said(step)[2]), [null, null]);
});

test("silence, a busy server and an aged signature are told apart while it waits", () => {
  const titles = [new TypeError("x"), attemptFailed(0), undefined, attemptFailed(503), refusal(429), attemptFailed(403)].map((problem) => said("waiting", problem)[0]);
  assert.deepEqual(titles, ["Waiting for your network", "Waiting for your network", "Waiting for your network", "We are busy just now", "We are busy just now", "One moment"]);
  assert.equal(said("waiting")[2], undefined);
});

test("what stopped it is told, with the way on", () => {
  assert.deepEqual(explain(refusal(409, "closed")), { again: "Send it again", title: "It did not go through", words: "It closed." });
  assert.equal(explain(refusal(409, "rules_changed")).again, "Load the new rules");
  assert.deepEqual([explain(refusal(401)).title, explain(refusal(401)).again], ["You were signed out", "Sign in"]);
  assert.match(explain(new TypeError("x")).words, /^Your network stayed away for two minutes/);
  assert.match(explain(attemptFailed(413)).words, /^Our photo store did not take it/);
});

test("following ends with the first state a worker wrote, whatever silence came between", async () => {
  const answers = [{ state: "received" }, new Error("lost"), { state: "rejected" }];
  const look = async () => { const answer = answers.shift(); if (answer instanceof Error) throw answer; return answer; };
  assert.deepEqual(await follow(look, { sleep: async () => {} }), { state: "rejected" });
  assert.equal(await follow(async () => ({ state: "received" }), { sleep: async () => {}, looks: 3 }), undefined);
});
