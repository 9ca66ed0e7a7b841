import assert from "node:assert/strict";
import { test } from "node:test";
import { draftsIn, nameOf } from "../../campaign/web/assets/js/drafts.js";

/** A browser's storage, as far as it is used. */
function storage() {
  const kept = new Map();
  return { getItem: (name) => kept.get(name) ?? null, setItem: (name, value) => kept.set(name, value) };
}
const HOME = { caption: "Home", place: "Lisbon", category: "Streets" };

test("words come back for the photo they were written for", () => {
  const store = storage();
  draftsIn(() => store, "a").keep("one", HOME);
  assert.deepEqual(draftsIn(() => store, "a").words("one"), HOME);
});

test("another photo begins with the place and the category used last, and no caption", () => {
  const store = storage();
  const drafts = draftsIn(() => store, "a");
  drafts.keep("one", HOME);
  assert.deepEqual(drafts.words("two"), { caption: "", place: "Lisbon", category: "Streets" });
});

test("what was sent is forgotten, but for the place and the category", () => {
  const store = storage();
  const drafts = draftsIn(() => store, "a");
  drafts.keep("one", HOME);
  drafts.forget("one");
  assert.deepEqual(drafts.words("one"), { caption: "", place: "Lisbon", category: "Streets" });
});

test("campaigns and people do not read each other's drafts", () => {
  const store = storage();
  draftsIn(() => store, "city:ana").keep("", HOME);
  assert.deepEqual(draftsIn(() => store, "city:ben").words(""), { caption: "" });
});

test("a browser that keeps nothing, or nonsense, loses drafts and nothing else", () => {
  const blocked = draftsIn(() => { throw new Error("denied"); }, "a");
  blocked.keep("one", HOME);
  assert.deepEqual(blocked.words("one"), { caption: "" });
  const nonsense = storage();
  nonsense.setItem("a", "{");
  assert.deepEqual(draftsIn(() => nonsense, "a").words("one"), { caption: "" });
});

test("only the last two dozen are kept", () => {
  const store = storage();
  const drafts = draftsIn(() => store, "a");
  for (let number = 0; number < 30; number++) drafts.keep(`photo ${number}`, HOME);
  assert.equal(drafts.words("photo 5").caption, "");
  assert.equal(drafts.words("photo 6").caption, "Home");
});

test("the same photo has the same name again", () => {
  assert.equal(nameOf({ name: "a.jpg", size: 4, lastModified: 9 }), "a.jpg:4:9");
  assert.equal(nameOf(undefined), "");
});
