// A few at a time, the rest in line: a phone's network gets slower, not faster, from many photos at once.

/** `queue(2)` gives a function that runs what it is given, two at a time and in order; it answers as that does. */
export function queue(most) {
  const waiting = [];
  let running = 0;
  const next = () => {
    if (running === most || waiting.length === 0) return;
    running += 1;
    const { act, done, fail } = waiting.shift();
    Promise.resolve().then(act).then(done, fail).finally(() => { running -= 1; next(); });
  };
  return (act) => new Promise((done, fail) => { waiting.push({ act, done, fail }); next(); });
}
