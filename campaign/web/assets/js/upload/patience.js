// Trying again over a bad network: pauses that grow, patience that counts only silence, and an end that is told.

export const PATIENCE_MS = 120_000;
export const STALL_MS = 20_000;
const MOST_REFUSED = 3;

/** How long to wait after so many failures in a row: 1, 2, 4, 8, then 15 s, half of each by chance. */
export const pauseAfter = (failures, random = Math.random) => Math.min(500 * 2 ** failures, 15_000) * (1 + random()) / 2;

/** Whether the same may work later: nobody answered (no status), a busy server, an old signature, a key that met a failure. */
export const mayPass = ({ status, code, aged }) => aged || !status || status >= 500 || status === 429 || status === 408 || code === "try_again";

/** Sleep, but no longer than until the phone says that its network is back. */
export const nap = (ms) => new Promise((done) => {
  setTimeout(done, ms);
  addEventListener("online", done, { once: true });
});

/**
 * Call `attempt(moved)` until it succeeds. It calls `moved(share)` as bytes leave. Gives up, with the last problem, after
 * `patience` (two minutes) in which no byte went further than before; after a third refused signature (`aged`); at once
 * for what does not pass, or asks for a longer pause (`after`, in seconds). Time in which the phone slept is not counted.
 */
export async function persevere(attempt, { onPause, patience = PATIENCE_MS, sleep = nap, now = Date.now, random }) {
  let silent = 0, furthest = 0, failures = 0, refused = 0, since = now();
  const moved = (share) => {
    since = now();
    if (share > furthest) { furthest = share; silent = failures = 0; }
  };
  const spend = (most) => { silent += Math.min(now() - since, most); since = now(); };
  for (;;) {
    try {
      return await attempt(moved);
    } catch (problem) {
      spend(2 * STALL_MS);
      refused = problem.aged ? refused + 1 : 0;
      const pause = Math.max(pauseAfter(++failures, random), (problem.after || 0) * 1000);
      if (!mayPass(problem) || refused === MOST_REFUSED || silent >= patience || pause > patience) throw problem;
      onPause?.(problem);
      await sleep(pause);
      spend(pause);
    }
  }
}
