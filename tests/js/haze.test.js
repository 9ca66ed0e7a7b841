import assert from "node:assert/strict";
import { test } from "node:test";
import { bytesOf, decode, readHeader } from "../../campaign/web/assets/js/haze.js";

// The first example on the format's own page (evanw.github.io/thumbhash): upright, without transparency.
const EXAMPLE = "1QcSHQRnh493V4dIh4eXh1h4kJUI";

test("the header tells transparency, and the shape by its number of terms", () => {
  const { alpha, columns, rows } = readHeader(bytesOf(EXAMPLE));
  assert.deepEqual({ alpha, columns, rows }, { alpha: false, columns: 5, rows: 7 });
});

test("a hash becomes opaque pixels in the photo's shape, 32 on the longer side", () => {
  const { width, height, pixels } = decode(bytesOf(EXAMPLE));
  assert.deepEqual([width, height, pixels.length], [23, 32, 23 * 32 * 4]);
  assert.ok(pixels.every((value, i) => i % 4 !== 3 || value === 255));
});

test("the pixels are those that the server's decoder gives", () => {
  const { pixels } = decode(bytesOf(EXAMPLE));
  assert.deepEqual([...pixels.slice(0, 8)], [64, 78, 113, 255, 67, 80, 115, 255]);
  assert.deepEqual([...pixels.slice(-8)], [0, 4, 39, 255, 0, 4, 40, 255]);
});
