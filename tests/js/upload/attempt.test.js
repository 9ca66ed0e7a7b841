import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { putBytes } from "../../../campaign/web/assets/js/upload/attempt.js";
import { STALL_MS } from "../../../campaign/web/assets/js/upload/patience.js";

const target = { method: "PUT", url: "https://store.example/incoming/1", headers: { "Content-Type": "image/jpeg", "Content-Length": "4" } };
const FILE = { size: 4 };

/** Just enough of XMLHttpRequest: it does what `script` says once it is sent. */
function fakeRequest(script = () => {}) {
  const seen = {};
  globalThis.XMLHttpRequest = class {
    constructor() { Object.assign(this, { upload: {}, headers: {}, status: 0 }); seen.request = this; }
    open(method, url) { Object.assign(this, { method, url }); }
    setRequestHeader(name, value) { this.headers[name] = value; }
    send(body) { this.body = body; queueMicrotask(() => script(this)); }
    abort() { this.aborted = true; this.onloadend(); }
  };
  return seen;
}
const answer = (status) => (request) => { request.status = status; request.onloadend(); };
const turn = () => new Promise((done) => setImmediate(done));

afterEach(() => { delete globalThis.XMLHttpRequest; });

test("the bytes go with the signed headers, but for the one a browser sets itself", async () => {
  const shares = [];
  const seen = fakeRequest((request) => { request.upload.onprogress({ loaded: 2 }); answer(200)(request); });
  await putBytes(target, FILE, (share) => shares.push(share));
  const { method, url, headers, body } = seen.request;
  assert.deepEqual({ method, url, headers, body }, { method: "PUT", url: target.url, headers: { "Content-Type": "image/jpeg" }, body: FILE });
  assert.deepEqual(shares, [0.5]);
});

test("an answer that is not a yes fails with its status, and says whether a fresh signature may help", async () => {
  for (const [status, aged] of [[0, false], [400, true], [403, true], [413, false], [503, false]]) {
    fakeRequest(answer(status));
    await assert.rejects(putBytes(target, FILE), { status, aged });
  }
});

test("a server that takes the connection and nothing else is left after twenty seconds", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const seen = fakeRequest();
  const sent = putBytes(target, FILE);
  t.mock.timers.tick(STALL_MS - 1);
  assert.equal(seen.request.aborted, undefined);
  t.mock.timers.tick(1);
  await assert.rejects(sent, { status: 0 });
});

test("bytes that move put the end off; once all have left, the answer has twice as long", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const seen = fakeRequest();
  const sent = putBytes(target, FILE, () => {});
  await turn();
  for (const loaded of [1, 2, 4]) {
    t.mock.timers.tick(STALL_MS - 1);
    seen.request.upload.onprogress({ loaded });
  }
  t.mock.timers.tick(2 * STALL_MS - 1);
  assert.equal(seen.request.aborted, undefined);
  t.mock.timers.tick(1);
  await assert.rejects(sent, { status: 0 });
  assert.equal(seen.request.aborted, true);
});
