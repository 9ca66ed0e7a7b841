// Bringing one photo's bytes to the store over a bad network: a fresh signature for each attempt, patience that grows,
// and an end. Nothing here touches the page, so all of it runs in tests.

export const PATIENCE_MS = 120_000;
export const STALL_MS = 20_000;
const MOST_ATTEMPTS = 16;

/** How long to wait before the attempt after `failures` failures: 1, 2, 4, 8, then 15 s, each half of it by chance. */
export function pauseBefore(failures, random = Math.random) {
  const most = Math.min(1000 * 2 ** (failures - 1), 15_000);
  return Math.round(most / 2 + (random() * most) / 2);
}

/**
 * Send until it arrives. `sign()` gives `{method, url, headers}`; `put(target, moved)` sends the bytes once and calls
 * `moved()` whenever some have left. Gives up, with the last problem, when none have for `patience` ms, after 16 attempts,
 * or at once for a problem that `mayPass` refuses. A large photo may take its time; only standing still counts.
 */
export async function transfer({ sign, put, mayPass, onPause = () => {}, sleep = wait, now = Date.now, random = Math.random, patience = PATIENCE_MS }) {
  let since = now();
  const moved = () => { since = now(); };
  for (let failures = 0; ; ) {
    try {
      return await put(await sign(), moved);
    } catch (problem) {
      failures += 1;
      const pause = pauseBefore(failures, random);
      if (!mayPass(problem) || failures === MOST_ATTEMPTS || now() - since + pause > patience) throw problem;
      onPause({ failures, pause, problem });
      await sleep(pause);
    }
  }
}

export const wait = (ms) => new Promise((done) => setTimeout(done, ms));

/** What went wrong with one attempt. `status` is 0 when nobody answered; `stalled` when bytes stopped moving. */
export class AttemptFailed extends Error {
  constructor({ status = 0, stalled = false } = {}) {
    super(stalled ? "stalled" : `status ${status}`);
    Object.assign(this, { status, stalled });
  }
}

/** One attempt: XMLHttpRequest, since fetch tells no progress. Ends itself when nothing moves for `stall` ms. */
export function putBytes({ method, url, headers }, file, { onProgress = () => {}, stall = STALL_MS, Request = XMLHttpRequest } = {}) {
  return new Promise((done, fail) => {
    const request = new Request();
    let alarm;
    const watch = () => {
      clearTimeout(alarm);
      alarm = setTimeout(() => { fail(new AttemptFailed({ stalled: true })); request.abort(); }, stall);
    };
    request.open(method, url);
    // The browser sets these itself and refuses to be told.
    for (const [name, value] of Object.entries(headers)) if (!/^(content-length|host)$/i.test(name)) request.setRequestHeader(name, value);
    request.upload.onprogress = (event) => { watch(); onProgress(event.loaded / (event.total || file.size)); };
    request.onload = () => (request.status < 300 ? done() : fail(new AttemptFailed({ status: request.status })));
    request.onerror = () => fail(new AttemptFailed());
    request.onloadend = () => clearTimeout(alarm);
    watch();
    request.send(file);
  });
}
