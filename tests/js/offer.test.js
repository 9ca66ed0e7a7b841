import assert from "node:assert/strict";
import { test } from "node:test";
import { isOurs, offerWords, offered } from "../../campaign/web/assets/js/offer.js";

const file = new File(["x"], "a.jpg");
const under = (rules_version) => ({ claim: { rules_version } });

test("photos that were sent off come first, and words without a photo are no offer", () => {
  const sent = { id: "1", file, ...under(2) };
  const chosen = { id: "2", file };
  assert.deepEqual(offered([chosen, sent, { id: "" }], 2), { photos: [sent], begun: true });
  assert.deepEqual(offered([chosen, { id: "" }], 2), { photos: [chosen], begun: false });
  assert.deepEqual(offered([], 2), { photos: [], begun: false });
});

test("agreed to older rules, a photo is sent on only where its ticket holds", () => {
  const withTicket = { id: "1", file, ticket: "7", ...under(1) };
  const without = { id: "2", file, ...under(1) };
  assert.deepEqual(offered([withTicket, without], 2), { photos: [withTicket], begun: true });
  assert.deepEqual(offered([without], 2), { photos: [without], begun: false });
});

test("the offer says what was happening, and how many there are", () => {
  assert.equal(offerWords({ photos: [1, 2], begun: true }).title, "You were sending 2 photos");
  assert.equal(offerWords({ photos: [1], begun: false }).title, "You had chosen a photo");
});

test("a photo that another living page sends is not ours; without locks every photo is", async () => {
  const held = { request: async () => { throw new DOMException("it took too long", "TimeoutError"); } };
  const free = { request: async (_name, _patience, act) => act() };
  assert.deepEqual([await isOurs({ id: "1" }, held), await isOurs({ id: "1" }, free), await isOurs({ id: "1" }, null)], [false, true, true]);
});
