// What stands in for a phone here: its clock, its network, the house that answers, the browser's own storage.
import { Refusal } from "../../../campaign/web/assets/js/api.js";

/** A clock that moves only while somebody sleeps, and keeps account of the pauses. */
export function clockwork() {
  const clock = { at: 0, pauses: [] };
  clock.now = () => clock.at;
  clock.sleep = async (ms) => { clock.at += ms; clock.pauses.push(ms); };
  clock.random = () => 1;
  return clock;
}

export const API = "/api/v1/campaigns/city/submissions";
export const ONE = "/api/v1/submissions/7";
export const refusal = (status, code) => new Refusal({ status, code, detail: "No." });
export const silence = () => new TypeError("Failed to fetch");

/** A house that answers by address, the last answer for ever; errors are thrown. It remembers what it was asked. */
export function house(answers = {}) {
  const asked = [];
  const replies = { [API]: [{ id: "7", upload: "first" }], [`${ONE}/ticket`]: [{ upload: "fresh" }], [`${ONE}/complete`]: [{}], [`${ONE}/withdraw`]: [{}], ...answers };
  const ask = async (method, path, body, { key } = {}) => {
    asked.push({ method, path, body, key });
    const answer = replies[path].length > 1 ? replies[path].shift() : replies[path][0];
    if (answer instanceof Error) throw answer;
    return answer;
  };
  return { ask, asked, paths: () => asked.map(({ path }) => path) };
}

/** As much of IndexedDB as idb-keyval's `createStore` hands out. What lies in it is a copy, as in a browser. */
export function storage() {
  const kept = new Map();
  const request = (result) => ({ result, set onsuccess(act) { queueMicrotask(act); } });
  const objects = {
    transaction: { set oncomplete(act) { queueMicrotask(act); } },
    put: (value, key) => { kept.set(JSON.stringify(key), structuredClone(value)); },
    delete: (key) => { kept.delete(JSON.stringify(key)); },
    getAllKeys: () => request([...kept.keys()].sort().map((key) => JSON.parse(key))),
    getAll: () => request([...kept.keys()].sort().map((key) => structuredClone(kept.get(key)))),
  };
  const store = async (_mode, act) => act(objects);
  return Object.assign(store, { kept });
}

export const photograph = (name = "IMG_1.jpg", text = "pixels") => new File([text], name, { type: "image/jpeg", lastModified: 9 });
