// A few at a time, the rest in line: a phone's network gets slower, not faster, from many photos at once.

/** `queue(2)` gives a function that runs what it is given, two at a time and in order; it answers as that does. */
export function queue(most) {
  const waiting = [];
  let free = most;
  const next = () => {
    if (!free || !waiting.length) return;
    free--;
    waiting.shift()();
  };
  return async (act) => {
    await new Promise((turn) => { waiting.push(turn); next(); });
    try {
      return await act();
    } finally {
      free++;
      next();
    }
  };
}
