// One photo's way to us: its ticket, its bytes, “all of it is there”. Nothing here touches the page, so all of it runs in tests.
import { Refusal, mayPass, newKey } from "./api.js";
import { AttemptFailed, transfer } from "./transfer.js";

/** After these the ticket is still good: only the bytes have to be sent once more. */
const BYTES_AGAIN = new Set(["not_arrived", "size_mismatch"]);

/** A repeated request that met its first one failing says so; it is simply sent once more. */
const mayRepeat = (problem) => mayPass(problem) || problem.code === "try_again";

/** A photo on its way: `claim` is what the API is told, `key` makes a repeated claim count once. */
export const newJob = (api, claim, file) => ({ api, claim, file, key: newKey(), ticket: undefined, carried: false });

/**
 * Bring one photo; resolves to the submission's id. `ask` speaks to the API, `put(upload, onProgress)` carries the bytes,
 * `tell(title, words, share)` is for the fan; a share of null means “busy, nobody knows how long”. What was reached stays in
 * the job, so that calling again goes on from there; after a rejection, `settle` says what of it still holds.
 */
export async function bring(job, { ask, put, tell, ...clock }) {
  const patiently = (act) => transfer({
    ...clock, sign: act, put: (answer) => answer, mayPass: mayRepeat,
    onPause: () => tell("Waiting for the network", "Nobody answered just now. We try again by ourselves.", null),
  });
  tell("Getting ready", "Telling the show that a photo is on its way.", 0);
  job.ticket ??= await patiently(() => ask("POST", job.api, job.claim, { key: job.key }));
  const address = `/api/v1/submissions/${job.ticket.id}`;
  if (!job.carried) await carry(job, address, { ask, put, tell, clock });
  tell("Nearly there", "All of it has left your phone. We are checking that it arrived whole.", null);
  const key = newKey();
  await patiently(() => ask("POST", `${address}/complete`, undefined, { key }));
  return job.ticket.id;
}

async function carry(job, address, { ask, put, tell, clock }) {
  const sign = async () => {
    const upload = job.ticket.upload ?? (await ask("POST", `${address}/ticket`, undefined, { key: newKey() })).upload;
    job.ticket.upload = null;
    return upload;
  };
  const progress = (share) => tell("Sending your photo", share < 1 ? `${Math.round(share * 100)} % has left your phone. Keep this page open.` : "All of it has left your phone.", share);
  const onPause = () => tell("The network is slow", "It stopped for a moment. Keep this page open: we try again by ourselves, and nothing is lost.", null);
  // A refusal by the store may only mean that a signature aged on the way; the next attempt carries a fresh one.
  const worthIt = (problem) => problem instanceof AttemptFailed || mayPass(problem);
  try {
    await transfer({ ...clock, sign, mayPass: worthIt, onPause, put: (upload, moved) => put(upload, (share) => { moved(); progress(share); }) });
  } catch (problem) {
    if (problem.code !== "not_waiting") throw problem; // it is here already: an answer got lost on an earlier try
  }
  job.carried = true;
}

/** What still holds after a stop. Silence and a signed-out session keep everything; a plain no needs a new ticket. */
export function settle(job, problem) {
  if (mayPass(problem) || problem.status === 401) return;
  job.carried = false;
  if (BYTES_AGAIN.has(problem.code)) return;
  job.ticket = undefined;
  job.key = newKey();
}

/** Why it stopped, for the fan: `{ title, words, again }`, `again` being what the button to go on says. */
export function explain(problem) {
  const again = "Send it again";
  if (!(problem instanceof Refusal)) return { again, title: "It has not reached us", words: "The network would not carry it for two minutes. Your photo and your words are still here. Try again when the signal is better." };
  if (problem.status === 401) return { again, title: "You were signed out", words: "Sign in again in another tab, come back here and send it once more." };
  if (problem.code === "rules_changed") return { again: "Load the new rules", title: "The rules have changed", words: "Read the new ones, then choose your photo again. Your words are kept." };
  if (problem.code === "store_silent") return { again, title: "Nearly there", words: problem.message };
  return { again, title: "It did not go through", words: problem.message };
}

/** Whether the photo has left the workers' hands, looking every few seconds: the last answer, or undefined. */
export async function follow(look, { sleep, looks = 40 }) {
  for (let number = 0; number < looks; number++) {
    await sleep(Math.min(1000 + number * 250, 5000));
    const now = await look().catch(() => undefined);
    if (now && now.state !== "received" && now.state !== "ticketed") return now;
  }
  return undefined;
}
