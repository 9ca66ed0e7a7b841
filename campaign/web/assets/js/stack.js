// A judge's stack of photos, as plain data: what lies on top, what was judged or put aside, and how each step is taken
// back. Every function returns a new stack: `{queue, past, done, total}`. An assignment is `{id, word, skipped, …}`;
// `word` is what the judge said (stars by criterion, or a vote), null where nothing is said yet.

export const empty = { queue: [], past: [], done: 0, total: 0 };

export const current = (stack) => stack.queue[0];

/** The judge's word in what the server sent: `{criterion: stars}`, "yes", "maybe", "no", or null. */
export const wordOf = ({ scores, vote }) => vote ?? scores ?? null;

const others = (list, id) => list.filter((one) => one.id !== id);

/** Whether the last step was to put a photo aside. It is not judged, so taking it back asks nobody. */
export const wasAside = (stack) => Boolean(stack.past.at(-1)?.aside);

/** Add what the server sent, leaving out what is here already. */
export function merge(stack, assignments, progress = {}) {
  const known = new Set([...stack.queue, ...stack.past.filter(({ aside }) => !aside)].map(({ id }) => id));
  const fresh = assignments.filter(({ id }) => !known.has(id)).map((one) => ({ ...one, word: wordOf(one) }));
  return { ...stack, ...progress, queue: [...stack.queue, ...fresh] };
}

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

/** Lay the photo before on top again, with its word if it has one. */
export function back(stack) {
  const last = stack.past.at(-1);
  if (!last) return stack;
  return { ...stack, past: stack.past.slice(0, -1), queue: [{ ...last, aside: false }, ...others(stack.queue, last.id)] };
}

/** Take a word back: from the top photo if it has one, else from the one judged last. `undone` is its id. */
export function undo(stack) {
  const top = current(stack);
  const place = stack.past.findLastIndex(({ word }) => word);
  const last = top?.word ? top : stack.past[place];
  if (!last) return { stack, undone: null };
  const queue = [{ ...last, word: null }, ...others(stack.queue, last.id)];
  return { stack: { ...stack, queue, past: others(stack.past, last.id), done: stack.done - 1 }, undone: last.id };
}

/** A save that failed: the photo comes back on top as it was before (`word`, or null). */
export function restore(stack, id, word) {
  const held = [...stack.past, ...stack.queue].find((assignment) => assignment.id === id);
  if (!held) return stack;
  const done = stack.done + Number(Boolean(word)) - Number(Boolean(held.word));
  return { ...stack, done, past: others(stack.past, id), queue: [{ ...held, word, aside: false }, ...others(stack.queue, id)] };
}
