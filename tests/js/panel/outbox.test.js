import assert from "node:assert/strict";
import { test } from "node:test";
import { add, ahead, held, lostWith, lostWords, requestOf, waitingWords } from "../../../campaign/web/assets/js/panel/outbox.js";

const entry = (kind, assignment, more = {}) => ({ key: `${kind} ${assignment}`, kind, round: "r", assignment, counts: { cast: 1, undo: -1 }[kind] ?? 0, before: null, name: `Photo ${assignment}`, ...more });
const kinds = (list) => list.map(({ kind, assignment }) => `${kind} ${assignment}`);

test("a ballot that was never sent is taken back without asking anybody", () => {
  assert.deepEqual(kinds(add([entry("cast", "a"), entry("cast", "b")], entry("undo", "b"))), ["cast a"]);
});

test("one that we may have heard is taken back by asking", () => {
  assert.deepEqual(kinds(add([entry("cast", "a", { tried: true })], entry("undo", "a"))), ["cast a", "undo a"]);
});

test("a change takes the place of the word before, and still counts as that did", () => {
  const [last, ...more] = add([entry("cast", "a", { word: 1 })], entry("cast", "a", { word: 2, counts: 0, before: 1 }));
  assert.deepEqual([last.word, last.counts, last.before, more], [2, 1, null, []]);
});

test("a change of a ballot that we have is taken back to nothing by one undo", () => {
  const [last, ...more] = add([entry("cast", "a", { counts: 0, before: 3 })], entry("undo", "a", { before: 5 }));
  assert.deepEqual([last.kind, last.counts, last.before, more], ["undo", -1, 3, []]);
});

test("of a photo's marks only the last goes", () => {
  const mark = (photo, word) => ({ kind: "mark", round: "r", photo, word });
  assert.deepEqual(add([mark("p", 1), mark("q", 2)], mark("p", 3)).map(({ word }) => word), [2, 3]);
});

test("each kind is one request of the API", () => {
  assert.deepEqual(requestOf(entry("cast", "a", { word: { vote: "yes" } })), ["PUT", "/api/v1/assignments/a/ballot", { vote: "yes" }]);
  assert.deepEqual(requestOf(entry("undo", "a")), ["DELETE", "/api/v1/assignments/a/ballot", undefined]);
  assert.deepEqual(requestOf(entry("skip", "a")), ["POST", "/api/v1/assignments/a/skip", undefined]);
  assert.deepEqual(requestOf(entry("recuse", "a", { reason: "My sister" })), ["POST", "/api/v1/assignments/a/recuse", { reason: "My sister" }]);
  assert.deepEqual(requestOf(entry("recuse", "a")), ["POST", "/api/v1/assignments/a/recuse", {}]);
  assert.deepEqual(requestOf({ kind: "mark", round: "r", photo: "p", word: { favourite: true } }), ["PUT", "/api/v1/rounds/r/marks/p", { favourite: true }]);
});

test("what waits counts for the judge, in its own round", () => {
  const list = [entry("cast", "a"), entry("cast", "b"), entry("undo", "c"), entry("cast", "d", { round: "s" })];
  assert.equal(ahead(list, "r"), 1);
  assert.deepEqual([...held(list)], ["a", "b", "c", "d"]);
});

test("with a round that closed everything of it is lost, else only what is about the same photo", () => {
  const list = [entry("cast", "a"), entry("cast", "b"), entry("undo", "a"), entry("cast", "d", { round: "s" })];
  assert.deepEqual(kinds(lostWith(list, list[0], { code: "round_closed" })), ["cast a", "cast b", "undo a"]);
  assert.deepEqual(kinds(lostWith(list, list[0], { code: "photo_gone" })), ["cast a", "undo a"]);
});

test("what waits is told plainly", () => {
  const three = ["a", "b", "c"].map((id) => entry("cast", id));
  assert.equal(waitingWords(three), "3 ballots wait on this device; they go as soon as the network is back.");
  assert.equal(waitingWords(three.slice(2)), "1 ballot waits on this device; it goes as soon as the network is back.");
  assert.equal(waitingWords(three, { kept: false }), "3 ballots wait on this page; keep it open, they go as soon as the network is back.");
  assert.match(waitingWords(three, { signedOut: true }), /^You are signed out\. 3 ballots wait/);
  assert.match(waitingWords([{ kind: "mark" }]), /^1 thing you wrote waits/);
});

test("what was not counted is named", () => {
  const lost = [entry("cast", "a", { code: "round_closed", why: "Closed." }), entry("cast", "b", { code: "round_closed", why: "Closed." })];
  assert.equal(lostWords(lost), "The round closed before 2 ballots of yours reached us, so they were not counted: “Photo a”, “Photo b”. Everything before counts.");
  assert.equal(lostWords([entry("cast", "a", { name: "a photo", code: "round_closed" })]), "The round closed before 1 ballot of yours reached us, so it was not counted. Everything before counts.");
  assert.equal(lostWords([entry("cast", "a", { code: "photo_gone", why: "It was taken down." })]), "1 ballot of yours could not be counted: “Photo a”. It was taken down.");
});
