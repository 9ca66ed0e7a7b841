import assert from "node:assert/strict";
import { test } from "node:test";
import { attemptFailed } from "../../../campaign/web/assets/js/upload/attempt.js";
import { newPhoto } from "../../../campaign/web/assets/js/upload/index.js";
import { bring, settle } from "../../../campaign/web/assets/js/upload/passage.js";
import { API, ONE, clockwork, house, photograph, refusal, silence } from "./fakes.js";

const CLAIM = { caption: "Home" };
const photoWith = (more) => ({ ...newPhoto(photograph()), claim: CLAIM, ...more });

/** Bring a photo to this house; `put` may fail. What was told and what was kept is remembered. */
function bringing(photo, { ask }, put = async () => {}) {
  const told = [];
  const kept = [];
  const puts = [];
  const means = {
    ...clockwork(), api: API, ask,
    put: async (target, file, moved) => { puts.push(target); await put(target, file, moved); },
    keep: async (one) => { kept.push({ ...one }); },
    tell: (step, detail) => told.push(detail instanceof Error ? [step, detail.status] : [step, detail]),
  };
  return { told, kept, puts, way: bring(photo, means) };
}
const failing = (...problems) => async () => { const problem = problems.shift(); if (problem) throw problem; };

test("a photo is claimed, carried and completed, and told on its way", async () => {
  const us = house();
  const { way, told, puts } = bringing(photoWith(), us, async (_target, _file, moved) => { moved(0.5); moved(1); });
  assert.equal(await way, "7");
  assert.deepEqual(us.paths(), [API, `${ONE}/complete`]);
  assert.deepEqual(us.asked[0].body, CLAIM);
  assert.deepEqual(puts, ["first"]);
  assert.deepEqual(told, [["claiming", undefined], ["carrying", 0.5], ["carrying", 1], ["checking", undefined]]);
});

test("a claim that nobody answered is repeated with the same key", async () => {
  const us = house({ [API]: [silence(), refusal(503), refusal(409, "try_again"), { id: "7", upload: "first" }] });
  const photo = photoWith();
  await bringing(photo, us).way;
  const keys = us.asked.filter(({ path }) => path === API).map(({ key }) => key);
  assert.match(photo.key, /^[0-9a-f]{32}$/);
  assert.deepEqual(keys, [photo.key, photo.key, photo.key, photo.key]);
});

test("the key is kept before the claim leaves, the ticket as soon as it is here, and no signature ever", async () => {
  const { way, kept } = bringing(photoWith(), house());
  await way;
  assert.deepEqual(kept.map(({ ticket, carried }) => [ticket, carried]), [[undefined, undefined], ["7", undefined], ["7", true]]);
  assert.ok(kept.every((one) => one.key && !JSON.stringify(one).includes("first")));
});

test("each attempt after the first is signed anew", async () => {
  const us = house({ [`${ONE}/ticket`]: [{ upload: "second" }, { upload: "third" }] });
  const { way, puts, told } = bringing(photoWith(), us, failing(attemptFailed(403), attemptFailed(0)));
  await way;
  assert.deepEqual(puts, ["first", "second", "third"]);
  assert.deepEqual(told.filter(([step]) => step === "waiting"), [["waiting", 403], ["waiting", 0]]);
});

test("another page goes on where this one stopped: no second claim, and no byte twice", async () => {
  const us = house();
  const { way, puts } = bringing(photoWith({ ticket: "7", carried: true }), us);
  assert.equal(await way, "7");
  assert.deepEqual([us.paths(), puts], [[`${ONE}/complete`], []]);
});

test("another page without the bytes' end asks for a signature and carries them", async () => {
  const us = house();
  const { way, puts } = bringing(photoWith({ ticket: "7" }), us);
  await way;
  assert.deepEqual([us.paths(), puts], [[`${ONE}/ticket`, `${ONE}/complete`], ["fresh"]]);
});

test("a photo that is here already is not carried again", async () => {
  const us = house({ [`${ONE}/ticket`]: [refusal(409, "not_waiting")] });
  const { way, puts } = bringing(photoWith({ ticket: "7" }), us);
  assert.equal(await way, "7");
  assert.deepEqual([us.paths(), puts], [[`${ONE}/ticket`, `${ONE}/complete`], []]);
});

test("a ticket that ran out is replaced by a new one, with a new key", async () => {
  const us = house({ [`${ONE}/ticket`]: [refusal(409, "ticket_expired")] });
  const photo = photoWith({ ticket: "7" });
  const { key } = photo;
  const { way, puts } = bringing(photo, us);
  assert.equal(await way, "7");
  assert.deepEqual([us.paths(), puts], [[`${ONE}/ticket`, API, `${ONE}/complete`], ["first"]]);
  assert.notEqual(us.asked[1].key, key);
});

test("bytes that did not arrive whole are sent again under the same ticket, but not for ever", async () => {
  const once = house({ [`${ONE}/complete`]: [refusal(409, "size_mismatch"), {}] });
  const sent = bringing(photoWith(), once);
  await sent.way;
  assert.deepEqual([once.paths(), sent.puts], [[API, `${ONE}/complete`, `${ONE}/ticket`, `${ONE}/complete`], ["first", "fresh"]]);
  const always = bringing(photoWith(), house({ [`${ONE}/complete`]: [refusal(409, "not_arrived")] }));
  await assert.rejects(always.way, { code: "not_arrived" });
  assert.equal(always.puts.length, 3);
});

test("what still holds after a stop is kept, so that going on doubles nothing", async () => {
  const stop = async (problem) => {
    const photo = photoWith({ ticket: "7", carried: true });
    const { key } = photo;
    settle(photo, problem);
    return [photo.ticket, photo.carried, photo.key === key];
  };
  for (const problem of [silence(), refusal(503), refusal(401, "sign_in_needed"), attemptFailed(403), attemptFailed(413)]) assert.deepEqual(await stop(problem), ["7", true, true]);
  assert.deepEqual(await stop(refusal(409, "not_arrived")), ["7", false, true]);
  assert.deepEqual(await stop(refusal(409, "withdrawn")), [undefined, false, false]);
});

test("a stop is written down before it is told", async () => {
  const { way, kept } = bringing(photoWith({ ticket: "7" }), house({ [`${ONE}/ticket`]: [refusal(404)] }));
  await assert.rejects(way, { status: 404 });
  assert.equal(kept.at(-1).ticket, undefined);
});
