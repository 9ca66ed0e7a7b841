import assert from "node:assert/strict";
import { test } from "node:test";
import { KEPT_MS, shelf } from "../../../campaign/web/assets/js/upload/shelf.js";
import { photograph, storage } from "./fakes.js";

const HOME = { caption: "Home", place: "Lisbon" };

test("a photo comes back to another page with its bytes, its name, its words and how far it had come", async () => {
  const store = storage();
  const before = shelf("ana", "city", store);
  const photo = { id: "1", key: "k", file: photograph(), words: HOME };
  await before.hold(photo);
  await before.keep(photo);
  await before.keep({ ...photo, ticket: "7" });

  const [{ file, ...rest }, ...more] = await shelf("ana", "city", store).photos();

  assert.deepEqual(rest, { id: "1", key: "k", words: HOME, ticket: "7" });
  assert.deepEqual([file.name, file.type, file.lastModified, await file.text()], ["IMG_1.jpg", "image/jpeg", 9, "pixels"]);
  assert.deepEqual(more, []);
});

test("writing words does not write the photo again", async () => {
  const store = storage();
  const kept = shelf("ana", "city", store);
  await kept.hold({ id: "1", file: photograph() });
  await kept.keep({ id: "1", file: photograph(), words: HOME });
  const [, note] = [...store.kept.values()];
  assert.deepEqual(Object.keys(note).sort(), ["at", "id", "words"]);
});

test("they come in the order of their ids, and words may lie there without a photo", async () => {
  const kept = shelf("ana", "city", storage());
  for (const id of ["2b", "", "1a"]) await kept.keep({ id, words: HOME });
  assert.deepEqual((await kept.photos()).map(({ id, file }) => [id, file]), [["", undefined], ["1a", undefined], ["2b", undefined]]);
});

test("what arrived is gone from the device", async () => {
  const store = storage();
  const kept = shelf("ana", "city", store);
  await kept.hold({ id: "1", file: photograph() });
  await kept.keep({ id: "1" });
  await kept.drop({ id: "1" });
  assert.equal(store.kept.size, 0);
});

test("campaigns do not mix, and what somebody else left is neither shown nor kept", async () => {
  const store = storage();
  await shelf("ana", "city", store).keep({ id: "1" });
  await shelf("ana", "coast", store).keep({ id: "2" });
  assert.deepEqual((await shelf("ana", "coast", store).photos()).map(({ id }) => id), ["2"]);
  assert.deepEqual(await shelf("ben", "city", store).photos(), []);
  assert.equal(store.kept.size, 0);
});

test("after a week it is forgotten", async (t) => {
  t.mock.timers.enable({ apis: ["Date"], now: 1000 });
  const store = storage();
  const kept = shelf("ana", "city", store);
  await kept.keep({ id: "1" });
  t.mock.timers.setTime(1000 + KEPT_MS);
  assert.equal((await kept.photos()).length, 1);
  t.mock.timers.setTime(1001 + KEPT_MS);
  assert.deepEqual(await kept.photos(), []);
  assert.equal(store.kept.size, 0);
});

test("a browser without storage, or without room, loses what is kept and nothing else", async () => {
  const without = () => { throw new ReferenceError("indexedDB is not defined"); };
  const full = async () => { throw new DOMException("full", "QuotaExceededError"); };
  for (const store of [without, full]) {
    const kept = shelf("ana", "city", store);
    await kept.hold({ id: "1", file: photograph() });
    await kept.keep({ id: "1" });
    await kept.drop({ id: "1" });
    assert.deepEqual(await kept.photos(), []);
  }
});
