import assert from "node:assert/strict";
import { test } from "node:test";
import { attemptFailed } from "../../../campaign/web/assets/js/upload/attempt.js";
import { PATIENCE_MS, STALL_MS, mayPass, nap, pauseAfter, persevere } from "../../../campaign/web/assets/js/upload/patience.js";
import { clockwork, refusal, silence } from "./fakes.js";

/** Attempts that end as `ends` say, the last one for ever: an error is thrown, a function called, anything else answered. */
function trying(...ends) {
  const clock = clockwork();
  const told = [];
  let attempts = 0;
  const attempt = async (moved) => {
    const end = ends[Math.min(attempts++, ends.length - 1)];
    const answer = typeof end === "function" ? end(clock, moved) : end;
    if (answer instanceof Error) throw answer;
    return answer;
  };
  const way = persevere(attempt, { ...clock, onPause: (problem) => told.push(problem) });
  return { clock, told, way, attempts: () => attempts };
}

test("pauses double from one second to fifteen, half of each by chance", () => {
  assert.deepEqual([1, 2, 3, 4, 5, 9].map((n) => pauseAfter(n, () => 1)), [1000, 2000, 4000, 8000, 15000, 15000]);
  assert.deepEqual([1, 2, 5].map((n) => pauseAfter(n, () => 0)), [500, 1000, 7500]);
});

test("what may pass: silence, a busy server, an old signature; not a plain no", () => {
  const passes = (problem) => Boolean(mayPass(problem));
  assert.deepEqual([408, 429, 500, 503].map((status) => passes(refusal(status))), [true, true, true, true]);
  assert.deepEqual([400, 401, 403, 404, 409, 413, 422].map((status) => passes(refusal(status))), [false, false, false, false, false, false, false]);
  assert.deepEqual([0, 400, 403, 500, 503].map((status) => passes(attemptFailed(status))), [true, true, true, true, true]);
  assert.deepEqual([404, 405, 411, 413].map((status) => passes(attemptFailed(status))), [false, false, false, false]);
  assert.deepEqual([passes(silence()), passes(refusal(409, "try_again"))], [true, true]);
});

test("whatever ends within two minutes of silence is outlasted, and what does not is told", async () => {
  const tunnel = (ms) => (clock) => (clock.at < ms ? silence() : "there");
  const short = trying(tunnel(PATIENCE_MS));
  assert.equal(await short.way, "there");
  const long = trying(tunnel(2 * PATIENCE_MS));
  await assert.rejects(long.way, silence());
  assert.ok(long.clock.at >= PATIENCE_MS && long.clock.at < PATIENCE_MS + 15_000);
});

test("each pause is told, with what went wrong", async () => {
  const { told, way, clock } = trying(attemptFailed(0), attemptFailed(503), "there");
  await way;
  assert.deepEqual(told.map(({ status }) => status), [0, 503]);
  assert.deepEqual(clock.pauses, [1000, 2000]);
});

test("a large photo on a slow line is not given up while bytes go further than before", async () => {
  const further = (share) => (clock, moved) => { clock.at += 3 * PATIENCE_MS; moved(share); return silence(); };
  const { way, clock } = trying(further(0.2), further(0.4), further(0.8), "there");
  assert.equal(await way, "there");
  assert.deepEqual(clock.pauses, [1000, 1000, 1000]);
});

test("a line that never gets beyond the same place is given up", async () => {
  const { way, attempts } = trying((_, moved) => { moved(0.5); return silence(); });
  await assert.rejects(way, silence());
  assert.ok(attempts() < 16);
});

test("a store that takes everything and then fails is given up, too", async () => {
  const { way, clock } = trying((_, moved) => { moved(1); return attemptFailed(500); });
  await assert.rejects(way, { status: 500 });
  assert.ok(clock.at >= PATIENCE_MS);
});

test("a third refused signature is told within seconds, and one that heals is not", async () => {
  const never = trying(attemptFailed(403));
  await assert.rejects(never.way, { status: 403 });
  assert.deepEqual([never.attempts(), never.clock.pauses], [3, [1000, 2000]]);
  const heals = trying(attemptFailed(400), attemptFailed(403), attemptFailed(0), attemptFailed(403), "there");
  assert.equal(await heals.way, "there");
});

test("a plain no is told at once", async () => {
  for (const no of [refusal(409, "closed"), refusal(403, "age_needed"), attemptFailed(413)]) {
    const { way, clock } = trying(no);
    await assert.rejects(way, no);
    assert.deepEqual(clock.pauses, []);
  }
});

test("a server that names a pause is left alone for so long, and one that names an hour is believed at once", async () => {
  const busy = (after) => Object.assign(refusal(429), { after });
  const soon = trying(busy(30), "there");
  assert.equal(await soon.way, "there");
  assert.deepEqual(soon.clock.pauses, [30_000]);
  const late = trying(busy(3600));
  await assert.rejects(late.way, { status: 429 });
  assert.deepEqual(late.clock.pauses, []);
});

test("time in which the phone slept is no silence of the network", async () => {
  const asleep = (clock) => { clock.at += 3_600_000; return silence(); };
  const { way } = trying(asleep, asleep, "there");
  assert.equal(await way, "there");
  const stalled = trying((clock) => { clock.at += STALL_MS; return silence(); });
  await assert.rejects(stalled.way, silence());
  assert.ok(stalled.attempts() >= 4);
});

test("a pause ends as soon as the phone says that its network is back", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const wakes = [];
  globalThis.addEventListener = (name, wake) => wakes.push([name, wake]);
  t.after(() => { delete globalThis.addEventListener; });
  const napping = nap(15_000);
  assert.equal(wakes[0][0], "online");
  wakes[0][1]();
  await napping;
  const other = nap(1000);
  t.mock.timers.tick(1000);
  await other;
});
