// One sitting of a judge, and when to offer a rest: after every fifty, kindly, and never in the way.

export const OFFERED_AFTER = 50;
export const BREAK_MS = 15 * 60_000;

export const fresh = { judged: 0, at: 0 };

/** The sitting after one more ballot at `now`; a quarter of an hour away begins a new one. */
export const judgedOne = ({ judged, at }, now) => ({ judged: now - at > BREAK_MS ? 1 : judged + 1, at: now });

/** Whether this is the moment to offer a rest. */
export const isRestDue = ({ judged }) => judged > 0 && judged % OFFERED_AFTER === 0;

export const restWords = ({ judged }) => `${judged} in one sitting. Fresh eyes are fairer: a minute at the window?`;

/** The sitting as this tab remembers it. */
export function remembered(storage) {
  try {
    return { ...fresh, ...JSON.parse(storage.getItem("flaunt-sitting") ?? "{}") };
  } catch {
    return fresh;
  }
}

export function remember(storage, sitting) {
  try {
    storage.setItem("flaunt-sitting", JSON.stringify(sitting));
  } catch { /* nothing depends on it */ }
}
