// A judge's stack of photos, as plain data: what lies on top, what was judged or put aside, and how each step is taken
// back. Every function returns a new stack: `{queue, past, done, total}`. An assignment is `{id, submissions, word,
// skipped}`; `word` is what the judge said (words.js), null where nothing is said yet.
import { seated, wordOf } from "./words.js";

export const empty = { queue: [], past: [], done: 0, total: 0 };

export const current = (stack) => stack.queue[0];

const others = (list, id) => list.filter((one) => one.id !== id);

/** Whether the last step was to put a photo aside. It is not judged, so taking it back asks nobody. */
export const wasAside = (stack) => Boolean(stack.past.at(-1)?.aside);

/** Add what the server sent, leaving out what is here already, and what `held` (ids) waits on this device to be sent. */
export function merge(stack, assignments, progress = {}, held = new Set()) {
  const known = new Set([...held, ...[...stack.queue, ...stack.past.filter(({ aside }) => !aside)].map(({ id }) => id)]);
  const fresh = assignments.filter(({ id }) => !known.has(id)).map((one) => ({ ...seated(one), word: wordOf(one) }));
  return { ...stack, ...progress, queue: [...stack.queue, ...fresh] };
}

/** Lay this one on top, whether it was here or not. */
export const layOnTop = (stack, assignment) => ({ ...stack, queue: [assignment, ...others(stack.queue, assignment.id)], past: others(stack.past, assignment.id) });

/** Say a word on the top photo; the next one lies on top. */
export function cast(stack, word) {
  const [top, ...queue] = stack.queue;
  return { ...stack, queue, past: [...others(stack.past, top.id), { ...top, word, aside: false, skipped: false }], done: stack.done + (top.word ? 0 : 1) };
}

/** Put the top photo aside: it comes again after the others. One that was judged already just stays judged. */
export function skip(stack) {
  const [top, ...queue] = stack.queue;
  if (!top) return stack;
  if (top.word) return { ...stack, queue, past: [...stack.past, top] };
  return { ...stack, queue, past: [...others(stack.past, top.id), { ...top, aside: true, skipped: true }] };
}

/** Step aside from the top photo: it goes to somebody else, with what was said on it. */
export function stepAside(stack) {
  const [top, ...queue] = stack.queue;
  return { ...stack, queue, past: others(stack.past, top.id), done: stack.done - Number(Boolean(top.word)), total: stack.total - 1 };
}

/** Lay the photo before on top again, with its word if it has one. */
export function back(stack) {
  const last = stack.past.at(-1);
  return last ? layOnTop(stack, { ...last, aside: false }) : stack;
}

/** Take a word back: from the top photo if it has one, else from the one judged last. `undone` is that photo as it was. */
export function undo(stack) {
  const top = current(stack);
  const last = top?.word ? top : stack.past.findLast(({ word }) => word);
  if (!last) return { stack, undone: null };
  return { stack: { ...layOnTop(stack, { ...last, word: null }), done: stack.done - 1 }, undone: last };
}

/** A word that did not reach us: the photo comes back on top as it was before (`word`, or null). */
export function restore(stack, id, word) {
  const held = [...stack.past, ...stack.queue].find((assignment) => assignment.id === id);
  if (!held) return stack;
  const done = stack.done + Number(Boolean(word)) - Number(Boolean(held.word));
  return { ...layOnTop(stack, { ...held, word, aside: false }), done };
}
