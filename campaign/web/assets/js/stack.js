// A judge's stack of photos, as plain data: what lies on top, what was judged, and how each step is taken back.
// Every function returns a new stack: `{queue, past, done, total}`. An assignment is `{id, stars, …}`.

export const empty = { queue: [], past: [], done: 0, total: 0 };

export const current = (stack) => stack.queue[0];

/** Add what the server sent, leaving out what is here already. */
export function merge(stack, assignments, progress = {}) {
  const known = new Set([...stack.queue, ...stack.past].map(({ id }) => id));
  return { ...stack, ...progress, queue: [...stack.queue, ...assignments.filter(({ id }) => !known.has(id))] };
}

/** Give the top photo its stars; the next one lies on top. */
export function cast(stack, stars) {
  const [top, ...queue] = stack.queue;
  return { ...stack, queue, past: [...stack.past, { ...top, stars }], done: stack.done + (top.stars ? 0 : 1) };
}

/** Put the top photo aside: under the stack, or, when it was judged already, back among the judged. */
export function later(stack) {
  const [top, ...queue] = stack.queue;
  if (!top) return stack;
  return top.stars ? { ...stack, queue, past: [...stack.past, top] } : { ...stack, queue: [...queue, top] };
}

/** Lay the photo judged last on top again, with its stars. */
export function back(stack) {
  const last = stack.past.at(-1);
  return last ? { ...stack, past: stack.past.slice(0, -1), queue: [last, ...stack.queue] } : stack;
}

/** Take the stars back: from the top photo if it has any, else from the one judged last. `undone` is its id. */
export function undo(stack) {
  const laid = current(stack)?.stars ? stack : back(stack);
  const [top, ...queue] = laid.queue;
  if (!top?.stars) return { stack, undone: null };
  return { stack: { ...laid, queue: [{ ...top, stars: null }, ...queue], done: laid.done - 1 }, undone: top.id };
}

/** A save that failed: the photo comes back on top as it was before (`stars`, or null). */
export function restore(stack, id, stars) {
  const held = [...stack.past, ...stack.queue].find((assignment) => assignment.id === id);
  if (!held) return stack;
  const others = (list) => list.filter((assignment) => assignment.id !== id);
  const done = stack.done + Number(Boolean(stars)) - Number(Boolean(held.stars));
  return { ...stack, done, past: others(stack.past), queue: [{ ...held, stars }, ...others(stack.queue)] };
}
