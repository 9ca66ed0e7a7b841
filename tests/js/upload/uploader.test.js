import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { test } from "node:test";
import { build } from "esbuild";
import { newPhoto, uploader } from "../../../campaign/web/assets/js/upload/index.js";
import { API, ONE, clockwork, house, photograph, refusal, storage } from "./fakes.js";

const LIGHTEST = 2000;
const turn = () => new Promise((done) => setImmediate(done));
const wayOf = (us, more) => uploader({ person: "ana", api: API, ask: us.ask, store: storage(), put: async () => {}, ...clockwork(), ...more });
const photoToSend = () => ({ ...newPhoto(photograph()), claim: {} });

test("the whole module, with what it takes from idb-keyval, weighs less than 2 kB gzipped", async (t) => {
  const { outputFiles } = await build({
    entryPoints: ["campaign/web/assets/js/upload/index.js"], bundle: true, minify: true, write: false, format: "esm",
    target: ["chrome111", "firefox113", "safari16.4"], legalComments: "none",
  });
  const bytes = gzipSync(outputFiles[0].contents, { level: 9 }).length;
  t.diagnostic(`the upload module: ${bytes} bytes gzipped`);
  assert.ok(bytes < LIGHTEST, `${bytes} bytes`);
});

test("an impatient thumb sends once", async () => {
  const us = house();
  const way = wayOf(us);
  const photo = photoToSend();
  const [one, other] = await Promise.all([way.send(photo, () => {}), way.send(photo, () => {})]);
  assert.deepEqual([one, other], ["7", "7"]);
  assert.deepEqual(us.paths(), [API, `${ONE}/complete`]);
});

test("two pages that send the same kept photo use one key", async () => {
  const us = house();
  const store = storage();
  const [here, there] = [wayOf(us, { store }), wayOf(us, { store })];
  const photo = photoToSend();
  await here.hold(photo);
  await here.keep(photo);
  const [again] = await there.photos();
  await Promise.all([here.send(photo, () => {}), there.send(again, () => {})]);
  const keys = us.asked.filter(({ path }) => path === API).map(({ key }) => key);
  assert.deepEqual(keys, [photo.key, photo.key]);
});

test("a photo stays on the device until it is acknowledged", async () => {
  const store = storage();
  const way = wayOf(house({ [`${ONE}/complete`]: [refusal(401), {}] }), { store });
  const photo = photoToSend();
  await way.hold(photo);
  await assert.rejects(way.send(photo, () => {}), { status: 401 });
  assert.deepEqual((await way.photos()).map(({ ticket, carried }) => [ticket, carried]), [["7", true]]);
  await way.send(photo, () => {});
  assert.equal(store.kept.size, 0);
});

test("two travel at a time, and one that is stopped can be sent again", async () => {
  const ends = [];
  const put = () => new Promise((done, fail) => ends.push({ done, fail }));
  const way = wayOf(house(), { put });
  const photos = [photoToSend(), photoToSend(), photoToSend()];
  const sent = photos.map((photo) => way.send(photo, () => {}));
  await turn();
  assert.equal(ends.length, 2);
  ends[0].fail(Object.assign(new Error("413"), { status: 413, aged: false }));
  await assert.rejects(sent[0], { status: 413 });
  await turn();
  assert.equal(ends.length, 3);
  for (const { done } of ends) done();
  await Promise.all(sent.slice(1));
  const again = way.send(photos[0], () => {});
  await turn();
  ends[3].done();
  assert.equal(await again, "7");
});

test("giving one up gives its entry back, and a photo without a ticket asks nobody", async () => {
  const us = house();
  const store = storage();
  const way = wayOf(us, { store });
  const photo = { ...photoToSend(), ticket: "7" };
  await way.keep(photo);
  await way.leave(photo);
  await way.leave(photoToSend());
  assert.deepEqual([us.paths(), store.kept.size], [[`${ONE}/withdraw`], 0]);
});

test("photos made at once have ids in their order, and keys of their own", () => {
  const photos = Array.from({ length: 20 }, () => newPhoto(photograph()));
  const ids = photos.map(({ id }) => id);
  assert.deepEqual(ids, [...ids].sort());
  assert.equal(new Set(photos.map(({ key }) => key)).size, 20);
});
