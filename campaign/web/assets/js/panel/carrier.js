// Carries what waits to us, one thing after the other in the order it was meant, for as long as it takes. The kept list is
// the truth: another tab may have added to it or sent from it, so it is read again before each step.
import { mayPass, nap, pauseAfter } from "../upload/patience.js";
import { add, lostWith, requestOf } from "./outbox.js";

let made = 0;

/** An entry's own id: ids are in the order of time, also across tabs. */
const nextId = (key, now = Date.now()) => `${String(now).padStart(15, "0")}-${String(made++).padStart(6, "0")}-${key.slice(0, 6)}`;

const alone = (act) => (globalThis.navigator?.locks ? navigator.locks.request("flaunt-panel", act) : act());

/**
 * `ask` as api.js gives it, `kept` as keeping.js. Tells `onState(list, state)` whenever something changed (state: idle,
 * sending, waiting, signed-out), `onSent(entry, answer, list)` and `onLost(entries)`.
 */
export function carrier({ ask, kept, newKey, onState, onSent, onLost, sleep = nap, together = alone }) {
  let running = null;
  let state = "idle";
  let turn = Promise.resolve();
  /** One reading or writing of the list after another. */
  const inTurn = (act) => (turn = turn.then(act, act));
  const waiting = async () => (await kept.all()).filter(({ why }) => !why);
  const tell = async (next) => { state = next; onState?.(await waiting(), state); };

  /** Keep an entry, and begin to send. Resolves when it lies safe. */
  async function put(entry) {
    await inTurn(async () => {
      const list = await waiting();
      const key = newKey();
      const after = add(list, { ...entry, key, id: nextId(key), tried: false });
      for (const gone of list.filter((one) => !after.includes(one))) await kept.drop(gone);
      if (after.length && !list.includes(after.at(-1))) await kept.put(after.at(-1));
      onState?.(after, state);
    });
    void send();
  }

  /** Send all there is; resolves when nothing waits, or nothing can go. */
  const send = () => (running ??= together(deliver).finally(() => { running = null; }));

  /** The first in line, from now on one that we may have heard. */
  const takeFirst = () => inTurn(async () => {
    const [first] = await waiting();
    if (first) await kept.put({ ...first, tried: true });
    return first;
  });

  async function deliver() {
    for (let failures = 0; ;) {
      const first = await takeFirst();
      if (!first) return tell("idle");
      await tell(failures ? "waiting" : "sending");
      try {
        const answer = await ask(...requestOf(first), { key: first.key });
        await inTurn(() => kept.drop(first));
        failures = 0;
        onSent?.(first, answer, await waiting());
      } catch (problem) {
        if (problem.status === 401 || problem.status === 400) return tell("signed-out");
        if (mayPass(problem)) {
          failures += 1;
          await tell("waiting");
          await sleep(Math.max(pauseAfter(failures), (problem.after || 0) * 1000));
        } else await refuse(first, problem);
      }
    }
  }

  async function refuse(first, problem) {
    const lost = lostWith(await waiting(), first, problem).map((one) => ({ ...one, why: problem.message, code: problem.code }));
    for (const one of lost) await kept.put(one);
    onLost?.(lost);
  }

  return {
    put, send, waiting,
    /** What was refused and nobody has acknowledged yet; and to acknowledge it. */
    lost: async () => (await kept.all()).filter(({ why }) => why),
    async acknowledge() { for (const one of await this.lost()) await kept.drop(one); },
    isKept: kept.isKept,
  };
}

