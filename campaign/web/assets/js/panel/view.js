// What a judge sees of the judging: the photos on the easel or in the list, the progress, and what is said aloud.
import { hang } from "./easel.js";
import { nameOf } from "./words.js";

const whole = new Intl.NumberFormat("en");

/** “38 of 100 yours”, and how far the panel is. */
export const progressWords = ({ done, total }) => `${whole.format(done)} of ${whole.format(total)} yours`;
export const panelWords = ({ panel_done: done, panel_total: total }) => (total ? `the panel ${Math.floor((100 * done) / total)} %` : "");

/** What came to a judge who is ahead: told, for it makes their own total grow. */
export const moreWords = (count) => `${whole.format(count)} more ${count === 1 ? "has" : "have"} come to you, from what the panel has left.`;

const capital = (words) => words.charAt(0).toUpperCase() + words.slice(1);

/** The view of `root`; `form` shows words (ballot.js or the list), `glass` is the loupe, `marks` draws stars and notes. */
export function viewOf(root, { form, list, glass, marks }) {
  const easel = root.querySelector("[data-easel]");
  const part = (name) => document.querySelector(`[data-part="${name}"]`);

  function show(top, way) {
    if (list) list.show(top.submissions, top.word);
    else hang(easel, top, way);
    form.show(top.word);
    for (const photo of top.submissions) marks().draw(photo.id);
    const know = part("know");
    if (know) know.href = `/panel/assignments/${top.id}/recusal`;
    for (const [name, way_] of [["ballot", "ballot"], ["skipping", "skip"]]) part(name).action = `/panel/assignments/${top.id}/${way_}`;
  }

  function update(stack) {
    const top = stack.queue[0];
    part("aside").hidden = !top?.skipped;
    part("bar").max = stack.total || 1;
    part("bar").value = stack.done;
    part("count").textContent = progressWords(stack);
    part("panel").textContent = panelWords(stack);
    part("back").disabled = stack.past.length === 0;
    part("undo").disabled = !top?.word && stack.past.length === 0 && !earlierForm().getAttribute("action");
  }

  const earlierForm = () => document.querySelector("[data-undo]");

  return {
    show, update,
    leave: () => glass.close(),
    tell: (words) => { part("tell").textContent = words; },
    /** These words, if they stand there, are no longer true. */
    untell: (words) => { if (part("tell").textContent === words) part("tell").textContent = ""; },
    announce(words, next, { done, total }) {
      part("live").textContent = [words, next ? `${next.submissions.map(nameOf).join("; ")}.` : "", `${done} of ${total}.`].filter(Boolean).map(capital).join(" ");
    },
    say: (words) => { part("live").textContent = words; },
    dry(isDry) {
      part("dry").hidden = !isDry;
      for (const words of part("dry").querySelectorAll("[data-when]")) words.hidden = (words.dataset.when === "online") !== navigator.onLine;
      root.classList.toggle("dried", isDry);
    },
    /** What was judged before this page opened is undone by the plain form. */
    earlier() {
      if (!earlierForm().getAttribute("action")) return false;
      earlierForm().submit();
      return true;
    },
  };
}
