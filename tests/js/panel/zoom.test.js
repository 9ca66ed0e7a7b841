import assert from "node:assert/strict";
import { test } from "node:test";
import { bounded, corner, fitting, moved, whole, zoomed } from "../../../campaign/web/assets/js/panel/zoom.js";

const GLASS = { width: 400, height: 300 };
const SIZE = { width: 4000, height: 2000 };
const near = (got, wanted) => assert.ok(Math.abs(got - wanted) < 1e-9, `${got}, not ${wanted}`);

test("whole is as large as the glass allows, in its middle", () => {
  assert.deepEqual(whole(GLASS, SIZE), { scale: 0.1, x: 0.5, y: 0.5 });
  assert.deepEqual(corner(whole(GLASS, SIZE), GLASS, SIZE), { left: 0, top: 50 });
});

test("what lies under the fingers stays under them", () => {
  const point = { x: 100, y: -50 };
  const under = ({ scale, x, y }) => [x + point.x / (SIZE.width * scale), y + point.y / (SIZE.height * scale)];
  const before = { scale: 0.5, x: 0.5, y: 0.5 };
  const after = zoomed(before, 1.5, point, GLASS, SIZE);
  near(after.scale, 0.75);
  near(under(after)[0], under(before)[0]);
  near(under(after)[1], under(before)[1]);
});

test("it grows to four times its true pixels and shrinks to the whole photo", () => {
  assert.equal(zoomed(whole(GLASS, SIZE), 1e6, { x: 0, y: 0 }, GLASS, SIZE).scale, 4);
  near(zoomed({ scale: 1, x: 0.2, y: 0.9 }, 1e-6, { x: 0, y: 0 }, GLASS, SIZE).scale, fitting(GLASS, SIZE));
});

test("the edge of a photo never comes into the glass, and a small side stays in the middle", () => {
  const far = moved({ scale: 1, x: 0.5, y: 0.5 }, { x: 1e6, y: -1e6 }, GLASS, SIZE);
  assert.deepEqual(corner(far, GLASS, SIZE), { left: 0, top: 300 - 2000 });
  assert.deepEqual(bounded({ scale: 0.1, x: 0, y: 0 }, GLASS, SIZE), { scale: 0.1, x: 0.5, y: 0.5 });
});

test("a photo smaller than the glass can be seen at its true pixels", () => {
  const small = { width: 100, height: 50 };
  assert.equal(bounded({ scale: 1, x: 0, y: 0 }, GLASS, small).scale, 1);
  assert.equal(bounded({ scale: 0.1, x: 0, y: 0 }, GLASS, small).scale, 1);
});
