// What every page of the panel does about ballots that wait: send them, and tell plainly how it stands.
import { ask, newKey } from "../api.js";
import { carrier } from "./carrier.js";
import { keeping } from "./keeping.js";
import { noticeLine } from "./line.js";
import { ballotsIn, lostWords, waitingWords } from "./outbox.js";

const SLOW_MS = 4000;

/** The carrier of this page's judge (`root.dataset.person`) and the line that tells of it; hooks as `carrier` takes them. */
export async function sender(root, { onSent, onLost } = {}) {
  const line = noticeLine(root);
  const kept = keeping(root.dataset.person);
  let slow = null;
  const post = carrier({ ask, kept, newKey, onSent, onState, onLost: (lost) => { tellLost(); onLost?.(lost); } });

  function onState(list, state) {
    root.dataset.waiting = String(list.length);
    if (!list.length) { clearTimeout(slow); slow = null; return line.hide("waiting"); }
    const isUnderWay = state === "sending" || state === "idle";
    if (isUnderWay && navigator.onLine && !line.isOn("waiting")) slow ??= setTimeout(() => tellWaiting(state), SLOW_MS);
    else line.show("waiting", waitingWords(list, { kept: kept.isKept(), signedOut: state === "signed-out" }));
  }

  async function tellWaiting(state) {
    slow = null;
    const list = await post.waiting();
    if (list.length) line.show("waiting", waitingWords(list, { kept: kept.isKept(), signedOut: state === "signed-out" }));
  }

  async function tellLost() {
    const lost = await post.lost();
    if (lost.length) line.show("lost", lostWords(lost));
  }

  root.querySelector("[data-notice=lost] [data-dismiss]")?.addEventListener("click", () => void post.acknowledge());
  // Closing the tab loses nothing that is kept; asked only where the browser keeps nothing.
  addEventListener("beforeunload", (event) => { if (!kept.isKept() && Number(root.dataset.waiting)) event.preventDefault(); });
  addEventListener("online", () => void post.send());
  await tellLost();
  onState(await post.waiting(), "sending");
  void post.send();

  /** Counted from the moment it is said, so that nobody takes the page for done. */
  function put(entry) {
    root.dataset.waiting = String(Number(root.dataset.waiting) + 1);
    return post.put(entry);
  }

  return { ...post, put, line, ballots: async () => ballotsIn(await post.waiting()) };
}
