import assert from "node:assert/strict";
import { test } from "node:test";
import { isSame, megabytes, typeOf, whyNot } from "../../campaign/web/assets/js/photo_file.js";

const MOST = 30 * 2 ** 20;
const photo = (name, type, size = 4_000_000) => ({ name, type, size });

test("the ending speaks where the phone names no type, or a vague one", () => {
  assert.equal(typeOf(photo("IMG_1.HEIC", "")), "image/heic");
  assert.equal(typeOf(photo("a.b.avif", "application/octet-stream")), "image/avif");
  assert.equal(typeOf(photo("photo.jpg", "image/jpg")), "image/jpeg");
  assert.equal(typeOf(photo("photo", "image/png")), "image/png");
});

test("what can be hung is let through", () => {
  for (const [name, type] of [["a.jpg", "image/jpeg"], ["a.heic", ""], ["a.avif", "image/avif"], ["a.webp", "image/webp"], ["a.png", "image/png"]]) {
    assert.equal(whyNot(photo(name, type), MOST), "");
  }
});

test("a video is named as what it is", () => {
  assert.equal(whyNot(photo("a.mov", "video/quicktime"), MOST), "This one is a video; we can only hang photos. Pick another?");
});

test("a photo that is too large says both sizes", () => {
  assert.equal(whyNot(photo("a.jpg", "image/jpeg", 41_500_000), MOST), "This photo is 40 MB; we can take up to 30 MB. Pick a smaller one?");
});

test("an empty file and another kind of file are told apart", () => {
  assert.match(whyNot(photo("a.jpg", "image/jpeg", 0), MOST), /^That photo arrived empty/);
  assert.match(whyNot(photo("a.pdf", "application/pdf"), MOST), /^We can hang JPEG/);
});

test("sizes are said in megabytes, with a decimal below ten", () => {
  assert.deepEqual([0.25, 4.2, 30].map((size) => megabytes(size * 2 ** 20)), ["0.3 MB", "4.2 MB", "30 MB"]);
});

test("the same photo chosen twice is known by its name, its length and its age", () => {
  const one = { name: "a.jpg", size: 4, lastModified: 9 };
  assert.deepEqual([{ ...one }, { ...one, size: 5 }, { ...one, lastModified: 8 }].map((other) => isSame(one, other)), [true, false, false]);
});
