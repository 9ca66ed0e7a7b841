// Sends what the cards hold, and shows on each card how it fares: waiting, travelling, there, or what stopped it.
import { Refusal, ask } from "./api.js";
import { keepGlimpse } from "./making.js";
import { explain, follow, said } from "./sending.js";
import { nap } from "./upload/patience.js";

/** Milliseconds without news after which the fan hears of it; the upload module waits longer before it begins anew. */
const STILL = 5000;

/**
 * `way` is the uploader; `stake(card)` writes the claim of a card whose words were written here. The others are told when a
 * photo is there, when nobody could open it, and when anything stops.
 */
export function dispatcher({ way, stake, onArrived, onRefused, onRest }) {
  /** One photo from here to “it reached us”, in its turn. A second press finds it travelling, or there. */
  async function send(card) {
    const written = card.is("words");
    if (!written && !card.is("stopped")) return;
    card.hush();
    card.phase("sending");
    card.tell(...said("queued"));
    const telling = tellOn(card);
    try {
      if (written) await stake(card);
      const id = await way.send(card.photo, telling.tell);
      telling.end();
      arrived(card, id);
    } catch (problem) {
      telling.end();
      stopped(card, problem);
    }
    onRest();
  }

  async function arrived(card, id) {
    onArrived(card);
    keepGlimpse(id, card.part("picture"));
    await watch(card, id);
  }

  /** What becomes of it in the workers' hands, as long as somebody looks. */
  async function watch(card, id) {
    card.phase("there");
    card.tell("Your photo reached us", "We are making it ready to hang. You can stay and watch, or leave: it is safe with us.");
    const now = await follow(() => ask("GET", `/api/v1/me/submissions/${id}`), { sleep: nap });
    if (now?.state !== "rejected") return card.tell("Your photo reached us", "A person from the show looks at it next, usually within a day. “My photos” always knows where it is.");
    card.phase(now.can_keep ? "known" : "refused");
    card.part("bar").hidden = true;
    card.tell(now.words.title, `${now.words.sentence} ${now.words.next_step}`);
    card.onAgain = now.can_keep ? () => keepBoth(card, id) : () => location.reload();
    card.offer(now.can_keep ? "They are two different photos" : "Choose another photo");
    onRefused(card);
    onRest();
  }

  /** What was taken for a copy of the fan's own earlier photo is one of its own: the fan says so. */
  async function keepBoth(card, id) {
    card.offer();
    try {
      await ask("POST", `/api/v1/submissions/${id}/distinct`);
      await watch(card, id);
    } catch (problem) {
      card.tell("We have this one already", problem.message);
    }
    onRest();
  }

  /** Honest about what stopped it; the chosen photo and the words stay. */
  function stopped(card, problem) {
    const named = problem instanceof Refusal && problem.status === 422 ? Object.entries(problem.fields).map(([name, words]) => [name, [words].flat().join(" ")]) : [];
    const other = named.filter(([name, words]) => !card.say(name, words)).map(([, words]) => words);
    const { again, title, words } = explain(problem);
    card.onAgain = afterwards(card, problem);
    card.phase(named.length > other.length ? "words" : "stopped");
    card.part("bar").hidden = true;
    card.tell(title, other.join(" ") || words);
    card.offer(again, "Leave this one out");
    card.focus();
    if (!problem.status) addEventListener("online", () => card.is("stopped") && card.onAgain(), { once: true });
  }

  function afterwards(card, problem) {
    if (problem.status === 401) return () => location.assign(`/sign-in?next=${encodeURIComponent(location.pathname)}`);
    return problem.code === "rules_changed" ? () => location.reload() : () => send(card);
  }

  return send;
}

/** Passes on what the upload module tells, and that nothing moves when it tells nothing for a while. */
function tellOn(card) {
  let alarm;
  const end = () => clearTimeout(alarm);
  const tell = (step, detail) => {
    end();
    card.tell(...said(step, detail));
    if (step !== "waiting") alarm = setTimeout(() => card.tell(...said("waiting")), STILL);
  };
  return { tell, end };
}
