// The upload module: photos leave a phone by a network that comes and goes, and arrive once. It touches no page and has
// no words for people; all of it, with what it takes from idb-keyval, stays under 2 kB gzipped (tests/js/upload).
import { newKey } from "../api.js";
import { putBytes } from "./attempt.js";
import { bring } from "./passage.js";
import { queue } from "./queue.js";
import { shelf } from "./shelf.js";

let made = 0;

/** A photo to be sent. Its `key` makes a claim that is repeated, by whichever page, count once; ids are in the order of time. */
export function newPhoto(file) {
  const key = newKey();
  return { id: Date.now() + made++ + key, key, file };
}

/** One person's way to send to one campaign: `api` is where photos are claimed, `ask` speaks to it (api.js). */
export function uploader({ person, store, ...means }) {
  const kept = shelf(person, means.api, store);
  const inLine = queue(2);
  const underWay = {};
  return {
    ...kept,
    /** Bring it, two at a time, as `bring` tells; resolves to the submission's id. Sent again meanwhile, it is still one. */
    send: (photo, tell) => (underWay[photo.id] ??= inLine(async () => {
      const id = await bring(photo, { put: putBytes, ...means, keep: kept.keep, tell });
      await kept.drop(photo);
      return id;
    }).finally(() => delete underWay[photo.id])),
    /** Give it up, with the entry that its ticket holds. */
    async leave(photo) {
      await kept.drop(photo);
      if (photo.ticket) await means.ask("POST", `/api/v1/submissions/${photo.ticket}/withdraw`).catch(() => {});
    },
  };
}
