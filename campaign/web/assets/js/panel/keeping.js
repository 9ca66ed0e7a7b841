// What waits to be sent, kept on this device until we have heard it: it outlives a reload, a closed tab and a dead battery.
// A browser that keeps nothing has the page's memory instead, and the judge is told.
import { createStore, promisifyRequest } from "idb-keyval";

/** One person's waiting things; `store` is as idb-keyval makes it. Entries stay until they are dropped: none is lost by age. */
export function keeping(person, store = createStore("flaunt-panel", "waiting")) {
  const memory = new Map();
  let kept = true;
  const reach = async (mode, act) => {
    try {
      return await store(mode, act);
    } catch {
      kept = false; // no storage, or no room
    }
  };
  const change = (act) => reach("readwrite", (objects) => { act(objects); return promisifyRequest(objects.transaction); });
  return {
    /** Everything that waits or was refused, oldest first. */
    async all() {
      const [keys, values] = await reach("readonly", (objects) => Promise.all([objects.getAllKeys(), objects.getAll()].map(promisifyRequest))) ?? [[], []];
      const found = new Map(keys.map((key, at) => [key, values[at]]).filter(([[whose]]) => whose === person).map(([[, id], entry]) => [id, entry]));
      for (const [id, entry] of memory) found.set(id, entry);
      return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, entry]) => entry);
    },
    async put(entry) {
      await change((objects) => objects.put(entry, [person, entry.id]));
      if (kept) memory.delete(entry.id);
      else memory.set(entry.id, entry);
    },
    async drop({ id }) {
      memory.delete(id);
      await change((objects) => objects.delete([person, id]));
    },
    isKept: () => kept,
  };
}
