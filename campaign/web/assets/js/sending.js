// What a fan is told while a photo travels, and when it stops. The travelling itself is in upload/.
import { Refusal } from "./api.js";

const CALM = "Keep this page open: we go on by ourselves, and nothing is lost.";

/** For one step of the upload module: `[title, words, share]`; a share of null means “busy, nobody knows how long”. */
export function said(step, detail) {
  if (step === "queued") return ["Waiting for its turn", "Two photos travel at a time; this one is next. Keep this page open.", 0];
  if (step === "claiming") return ["Getting ready", "Telling the show that a photo is on its way.", null];
  if (step === "checking") return ["Nearly there", "All of it has left your phone. We are checking that it arrived whole.", null];
  if (step === "carrying") return ["Sending your photo", detail < 1 ? `${Math.floor(detail * 100)} % has left your phone. Keep this page open.` : "All of it has left your phone.", detail];
  if (detail?.aged) return ["One moment", `The permission to send had run out, so we take a fresh one. ${CALM}`];
  if (detail?.status) return ["We are busy just now", `Many photos come in at once. ${CALM}`];
  return ["Waiting for your network", `It may be a tunnel. ${CALM}`];
}

/** Why it stopped, for the fan: `{ title, words, again }`, `again` being what the button to go on says. */
export function explain(problem) {
  const again = "Send it again";
  if (!problem.status) return { again, title: "It has not reached us", words: "Your network stayed away for two minutes. Your photo and your words are still here: we go on when your phone finds it again, or when you touch the button." };
  if (!(problem instanceof Refusal)) return { again, title: "It has not reached us", words: "Our photo store did not take it, which is no fault of yours. Your photo and your words are still here: try again in a while." };
  if (problem.status === 401) return { again: "Sign in", title: "You were signed out", words: "Sign in again, and this page offers to go on where it stopped." };
  if (problem.code === "rules_changed") return { again: "Load the new rules", title: "The rules have changed", words: "Read the new ones, then send your photo. It is kept for you, with your words." };
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
