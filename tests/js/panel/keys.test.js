import assert from "node:assert/strict";
import { test } from "node:test";
import { numberOf } from "../../../campaign/web/assets/js/panel/ballot.js";
import { pinch, wayOf } from "../../../campaign/web/assets/js/panel/gestures.js";
import { keysFor, swipesFor } from "../../../campaign/web/assets/js/panel/keys.js";
import { foremost } from "../../../campaign/web/assets/js/panel/line.js";
import { whereOn } from "../../../campaign/web/assets/js/panel/drag.js";

const METHODS = ["stars", "shortlist", "duel", "ranking"];

test("a swipe goes one of four ways, and a tap or a slant goes none", () => {
  assert.deepEqual([wayOf(-80, 10), wayOf(80, -10), wayOf(5, -90), wayOf(-5, 90)], ["left", "right", "up", "down"]);
  assert.deepEqual([wayOf(3, 2), wayOf(80, 70), wayOf(59, 0)], [null, null, null]);
});

test("whatever a swipe does, a key does too", () => {
  for (const method of METHODS) for (const name of Object.values(swipesFor(method))) assert.ok(name.length === 1 || Object.values(keysFor(method)).includes(name), `${method}: ${name}`);
});

test("a vote has its arrow where its swipe goes, and a duel its sides", () => {
  assert.deepEqual(["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"].map((key) => keysFor("shortlist")[key]), ["n", "y", "m", "skip"]);
  assert.deepEqual(["a", "b", "ArrowLeft", "ArrowRight"].map((key) => keysFor("duel")[key]), ["left", "right", "left", "right"]);
});

test("every method has keys to skip, undo, zoom, step aside, and to keep a favourite or a note", () => {
  for (const method of METHODS) for (const name of ["skip", "undo", "zoom", "know", "favourite", "note", "back"]) assert.ok(Object.values(keysFor(method)).includes(name), `${method}: ${name}`);
});

test("arrows belong to the list where photos are put in order", () => {
  assert.deepEqual(Object.keys(keysFor("ranking")).filter((key) => key.startsWith("Arrow") || key === "="), []);
});

test("nought is ten, and letters are no numbers", () => {
  assert.deepEqual(["1", "9", "0", "y", "12"].map(numberOf), [1, 9, 10, null, null]);
});

test("two fingers that part enlarge around their middle and carry it along", () => {
  assert.deepEqual(pinch([{ x: 0, y: 0 }, { x: 10, y: 0 }], [{ x: 0, y: 4 }, { x: 20, y: 4 }]), { factor: 2, at: { x: 10, y: 4 }, by: { x: 5, y: 4 } });
});

test("a row is dropped before, onto or after another, by where it meets it", () => {
  assert.deepEqual([5, 50, 95].map((y) => whereOn({ top: 0, height: 100 }, y)), ["before", "join", "after"]);
});

test("ballots that wait are told before a rest, and a rest before a welcome", () => {
  assert.equal(foremost(["until", "rest", "waiting"]), "waiting");
  assert.equal(foremost(["welcome", "until"]), "welcome");
  assert.equal(foremost([]), null);
});
