// One photo's way to us: its ticket, its bytes, “all of it is there”. What was reached is kept, so that any page goes on.
import { newKey } from "../api.js";
import { mayPass, persevere } from "./patience.js";

/** After these the same photo goes again by itself: with its ticket, or, when that ran out, with a new one. */
const TICKET_HOLDS = ["not_arrived", "size_mismatch"];
const MENDED = [...TICKET_HOLDS, "ticket_expired"];
const ROUNDS = 3;

/**
 * Bring `photo` (as `newPhoto` makes it, with a `claim` for the API); resolves to the submission's id. `tell(step, detail)`
 * hears "claiming", "carrying" with a share of 1, "checking", and "waiting" with the problem. `keep(photo)` writes it down.
 */
export async function bring(photo, means, round = 1) {
  try {
    return await pass(photo, means);
  } catch (problem) {
    settle(photo, problem);
    await means.keep(photo);
    if (round === ROUNDS || !MENDED.includes(problem.code)) throw problem;
    return bring(photo, means, round + 1);
  }
}

async function pass(photo, { api, ask, put, tell, keep, ...clock }) {
  const patiently = (attempt) => persevere(attempt, { ...clock, onPause: (problem) => tell("waiting", problem) });
  let upload;
  tell("claiming");
  await keep(photo); // its key above all: a page that dies before the answer asks again with the same one
  if (!photo.ticket) {
    ({ id: photo.ticket, upload } = await patiently(() => ask("POST", api, photo.claim, { key: photo.key })));
    await keep(photo);
  }
  const address = `/api/v1/submissions/${photo.ticket}`;
  const carry = async (moved) => {
    const target = upload ?? (await ask("POST", `${address}/ticket`)).upload;
    upload = undefined; // a signature serves one attempt
    await put(target, photo.file, (share) => { moved(share); tell("carrying", share); });
  };
  if (!photo.carried) {
    await patiently(carry).catch((problem) => {
      if (problem.code !== "not_waiting") throw problem; // it is here already: an answer got lost on an earlier try
    });
    photo.carried = true;
    await keep(photo);
  }
  tell("checking");
  await patiently(() => ask("POST", `${address}/complete`));
  return photo.ticket;
}

/** What still holds after a stop. Silence, the store and a signed-out session leave the ticket; our own plain no ends it. */
export function settle(photo, problem) {
  if (mayPass(problem) || problem.status === 401 || "aged" in problem) return;
  photo.carried = false;
  if (TICKET_HOLDS.includes(problem.code)) return;
  photo.ticket = undefined;
  photo.key = newKey();
}
