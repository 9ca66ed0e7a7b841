import assert from "node:assert/strict";
import { test } from "node:test";
import { Refusal, mayPass } from "../../campaign/web/assets/js/api.js";
import { AttemptFailed, PATIENCE_MS, pauseBefore, putBytes, transfer } from "../../campaign/web/assets/js/transfer.js";

/** A clock that moves only while the transfer sleeps. */
function clockwork() {
  const clock = { at: 0, pauses: [] };
  clock.now = () => clock.at;
  clock.sleep = async (ms) => { clock.at += ms; clock.pauses.push(ms); };
  return clock;
}

const run = (parts) => {
  const clock = clockwork();
  const sent = transfer({ mayPass: () => true, random: () => 1, sleep: clock.sleep, now: clock.now, ...parts });
  return { clock, sent };
};

test("pauses double from one second to fifteen, half of each by chance", () => {
  assert.deepEqual([1, 2, 3, 4, 5, 9].map((n) => pauseBefore(n, () => 1)), [1000, 2000, 4000, 8000, 15000, 15000]);
  assert.deepEqual([1, 2, 5].map((n) => pauseBefore(n, () => 0)), [500, 1000, 7500]);
});

test("every attempt is signed afresh", async () => {
  const signatures = [];
  let signed = 0;
  const { sent } = run({
    sign: async () => `signature ${++signed}`,
    put: async (signature) => { signatures.push(signature); if (signatures.length < 3) throw new AttemptFailed(); return "there"; },
  });
  assert.equal(await sent, "there");
  assert.deepEqual(signatures, ["signature 1", "signature 2", "signature 3"]);
});

test("a network that stays away is given two minutes, and the last problem is told", async () => {
  const { clock, sent } = run({ sign: async () => "x", put: async () => { throw new AttemptFailed({ stalled: true }); } });
  await assert.rejects(sent, { message: "stalled" });
  assert.ok(clock.at <= PATIENCE_MS);
  assert.ok(clock.at + clock.pauses.at(-1) > PATIENCE_MS);
});

test("a large photo on a slow line is not given up while bytes move", async () => {
  const clock = clockwork();
  let puts = 0;
  const put = async (_target, moved) => {
    clock.at += 3 * PATIENCE_MS;
    moved();
    if (++puts < 2) throw new AttemptFailed();
    return "there";
  };
  const sent = transfer({ mayPass: () => true, sign: async () => "x", put, sleep: clock.sleep, now: clock.now });
  assert.equal(await sent, "there");
});

test("a store that always refuses at the end is not tried for ever", async () => {
  let puts = 0;
  const put = async (_target, moved) => { moved(); puts += 1; throw new AttemptFailed({ status: 403 }); };
  const clock = clockwork();
  const sent = transfer({ mayPass: () => true, sign: async () => "x", put, sleep: clock.sleep, now: clock.now });
  await assert.rejects(sent, { status: 403 });
  assert.equal(puts, 16);
});

test("each pause is told with the number of failures", async () => {
  const told = [];
  let puts = 0;
  const { sent } = run({
    sign: async () => "x",
    put: async () => { if (++puts < 3) throw new AttemptFailed({ status: 500 }); },
    onPause: ({ failures, pause }) => told.push([failures, pause]),
  });
  await sent;
  assert.deepEqual(told, [[1, 1000], [2, 2000]]);
});

test("a refusal is not tried again", async () => {
  let signed = 0;
  const refusal = new Refusal({ status: 409, detail: "This ticket has run out." });
  const { clock, sent } = run({ mayPass, sign: async () => { signed += 1; throw refusal; }, put: async () => {} });
  await assert.rejects(sent, refusal);
  assert.equal(signed, 1);
  assert.deepEqual(clock.pauses, []);
});

test("what may pass: silence, a busy server, a limit; not a refusal", () => {
  const passes = (status) => mayPass(new Refusal({ status }));
  assert.deepEqual([408, 429, 500, 503].map(passes), [true, true, true, true]);
  assert.deepEqual([401, 403, 404, 409, 422].map(passes), [false, false, false, false, false]);
  assert.equal(mayPass(new TypeError("Failed to fetch")), true);
});

/** Just enough of XMLHttpRequest: it does what `script` says once it is sent. */
function fakeRequest(script) {
  return class {
    constructor() { this.upload = {}; this.headers = {}; }
    open(method, url) { Object.assign(this, { method, url }); }
    setRequestHeader(name, value) { this.headers[name] = value; }
    send(body) { this.body = body; queueMicrotask(() => script(this)); }
    abort() { this.aborted = true; this.onloadend(); }
  };
}
const target = { method: "PUT", url: "https://store.example/incoming/1", headers: { "Content-Type": "image/jpeg", "Content-Length": "4", Host: "store.example" } };

test("the bytes go with the signed headers, but for those a browser sets itself", async () => {
  let seen;
  const shares = [];
  const Request = fakeRequest((request) => {
    seen = request;
    request.upload.onprogress({ loaded: 2, total: 4 });
    request.status = 200;
    request.onload();
    request.onloadend();
  });
  await putBytes(target, { size: 4 }, { Request, onProgress: (share) => shares.push(share) });
  assert.deepEqual(seen.headers, { "Content-Type": "image/jpeg" });
  assert.deepEqual([seen.method, seen.url, seen.body.size], ["PUT", target.url, 4]);
  assert.deepEqual(shares, [0.5]);
});

test("an answer that is not a yes fails the attempt with its status", async () => {
  const Request = fakeRequest((request) => { request.status = 403; request.onload(); request.onloadend(); });
  await assert.rejects(putBytes(target, { size: 4 }, { Request }), { status: 403, stalled: false });
});

test("bytes that stop moving end the attempt", async () => {
  let seen;
  const Request = fakeRequest((request) => { seen = request; });
  await assert.rejects(putBytes(target, { size: 4 }, { Request, stall: 5 }), { stalled: true });
  assert.equal(seen.aborted, true);
});
