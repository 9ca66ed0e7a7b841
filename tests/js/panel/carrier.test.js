import assert from "node:assert/strict";
import { test } from "node:test";
import { carrier } from "../../../campaign/web/assets/js/panel/carrier.js";
import { keeping } from "../../../campaign/web/assets/js/panel/keeping.js";
import { refusal, silence, storage } from "../upload/fakes.js";

const cast = (assignment, more = {}) => ({ kind: "cast", round: "r", assignment, word: { vote: "yes" }, before: null, counts: 1, name: assignment, ...more });

/** A judge's device with its network: `answers` are given in order, errors thrown, the last for ever. */
function device({ answers = [{}], store = storage(), person = "ana" } = {}) {
  const told = { asked: [], states: [], sent: [], lost: [] };
  let keys = 0;
  const ask = async (method, path, body, { key }) => {
    told.asked.push({ method, path: path.replace("/api/v1/assignments/", ""), key });
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    if (answer instanceof Error) throw answer;
    return answer;
  };
  const post = carrier({
    ask, kept: keeping(person, store), newKey: () => `key${++keys}`, sleep: async () => {}, together: (act) => act(),
    onState: (list, state) => told.states.push([list.length, state]),
    onSent: ({ assignment }) => told.sent.push(assignment),
    onLost: (lost) => told.lost.push(...lost.map(({ assignment }) => assignment)),
  });
  return { ...told, post, store };
}

async function settled(post) {
  while ((await post.waiting()).length) await post.send();
}

test("ballots go one after the other, in the order in which they were meant", async () => {
  const { post, asked, sent } = device();
  await Promise.all([post.put(cast("a")), post.put(cast("b")), post.put(cast("c"))]);
  await settled(post);
  assert.deepEqual(asked.map(({ method, path }) => `${method} ${path}`), ["PUT a/ballot", "PUT b/ballot", "PUT c/ballot"]);
  assert.deepEqual(sent, ["a", "b", "c"]);
});

test("a minute without a network: each ballot is tried again under its own key until it is heard", async () => {
  const { post, asked, states } = device({ answers: [silence(), silence(), refusal(503), {}, {}] });
  await post.put(cast("a"));
  await post.put(cast("b"));
  await settled(post);
  assert.deepEqual([...new Set(asked.map(({ path, key }) => `${path} ${key}`))], ["a/ballot key1", "b/ballot key2"]);
  assert.equal(asked.filter(({ key }) => key === "key1").length, 4);
  assert.ok(states.some(([many, state]) => many > 0 && state === "waiting"));
  assert.deepEqual(states.at(-1), [0, "idle"]);
});

test("what waits outlives the page, and the next one sends it under the same key", async () => {
  const store = storage();
  const before = keeping("ana", store);
  await before.put({ ...cast("a"), id: "1", key: "mine", tried: true });
  const { post, asked } = device({ store });
  await post.send();
  assert.deepEqual(asked, [{ method: "PUT", path: "a/ballot", key: "mine" }]);
  assert.equal(store.kept.size, 0);
});

test("another person at the same device sends nobody's ballots but their own", async () => {
  const store = storage();
  await keeping("ana", store).put({ ...cast("a"), id: "1", key: "k" });
  const { post, asked } = device({ store, person: "ben" });
  await post.send();
  assert.deepEqual([asked, store.kept.size], [[], 1]);
});

test("a round that closed meanwhile: all of its ballots are named, none is dropped in silence", async () => {
  const store = storage();
  const closed = Object.assign(refusal(409, "round_closed"), { message: "This round has closed." });
  const { post, lost } = device({ answers: [silence(), closed], store });
  await post.put(cast("a"));
  await post.put(cast("b"));
  await settled(post);
  assert.deepEqual(lost, ["a", "b"]);
  const again = device({ store });
  assert.deepEqual((await again.post.lost()).map(({ assignment, why }) => [assignment, why]), [["a", "This round has closed."], ["b", "This round has closed."]]);
  await again.post.acknowledge();
  assert.deepEqual([await again.post.lost(), store.kept.size], [[], 0]);
});

test("one that is refused does not hold up the others", async () => {
  const { post, sent, lost } = device({ answers: [refusal(409, "photo_gone"), {}] });
  await post.put(cast("a"));
  await post.put(cast("b"));
  await settled(post);
  assert.deepEqual([lost, sent], [["a"], ["b"]]);
});

test("signed out, everything waits until somebody signs in again", async () => {
  const { post, states } = device({ answers: [refusal(401)] });
  await post.put(cast("a"));
  await post.send();
  assert.deepEqual([states.at(-1), (await post.waiting()).length], [[1, "signed-out"], 1]);
});

test("a browser that keeps nothing sends all the same, and says that it keeps nothing", async () => {
  const store = async () => { throw new Error("closed"); };
  const { post, sent } = device({ store });
  await post.put(cast("a"));
  await settled(post);
  assert.deepEqual([sent, post.isKept()], [["a"], false]);
});

test("undoing what was never sent sends nothing", async () => {
  const answers = [silence()];
  const store = storage();
  const { post } = device({ answers, store });
  await keeping("ana", store).put({ ...cast("a"), id: "000000000000000-1", key: "k" });
  await keeping("ana", store).put({ ...cast("b"), id: "000000000000000-2", key: "l" });
  answers[0] = refusal(401);
  await post.put({ ...cast("b"), kind: "undo", counts: -1 });
  assert.deepEqual((await post.waiting()).map(({ assignment }) => assignment), ["a"]);
});
