// What a fan chose and wrote, kept on this device until it has reached us. A browser that keeps nothing stops nobody.
import { createStore, promisifyRequest } from "idb-keyval";

export const KEPT_MS = 7 * 864e5;

/**
 * One person's shelf for one campaign (`place`, any name for it). A photo lies there in two parts, so that writing a word
 * does not copy megabytes; as a Blob and its facts, since not every browser keeps a File.
 */
export function shelf(person, place, store = createStore("flaunt", "photos")) {
  const reach = async (mode, act) => {
    try {
      return await store(mode, act);
    } catch { /* no storage, or no room: sending works all the same */ }
  };
  const change = (act) => reach("readwrite", (objects) => { act(objects); return promisifyRequest(objects.transaction); });
  const put = (id, part, value) => change((objects) => objects.put({ at: Date.now(), ...value }, [person, place, id, part]));
  return {
    /** Everything kept here, oldest first. What is older than a week goes, and so does what somebody else left. */
    async photos() {
      const found = {};
      const [keys, values] = await reach("readonly", (objects) => Promise.all([objects.getAllKeys(), objects.getAll()].map(promisifyRequest))) ?? [[]];
      for (const key of keys) {
        const { at, ...value } = values.shift();
        const [whose, where, id] = key;
        if (whose !== person || at < Date.now() - KEPT_MS) await change((objects) => objects.delete(key));
        else if (where === place) found[id] = { id, ...found[id], ...value };
      }
      return Object.values(found).map(({ blob, name, lastModified, ...photo }) => ({ ...photo, file: blob && new File([blob], name, { type: blob.type, lastModified }) }));
    },
    /** The photo itself, once. */
    hold: ({ id, file }) => put(id, "file", { blob: new Blob([file], file), name: file.name, lastModified: file.lastModified }),
    /** Everything else about it, whenever it changes. */
    keep: ({ file, ...photo }) => put(photo.id, "note", photo),
    drop: ({ id }) => change((objects) => ["file", "note"].map((part) => objects.delete([person, place, id, part]))),
  };
}
