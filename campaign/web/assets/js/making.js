// A photo that is still being made: its fan sees it at once from the phone's own bytes, and what was made of it as soon
// as that is there. The box keeps its shape meanwhile, so that nothing jumps.
import { follow } from "./sending.js";
import { nap } from "./upload/patience.js";

const SIDE = 640; // pixels of the copy's longer side

const nameOf = (id) => `flaunt:glimpse:${id}`;

/** Keep a small copy of what a page shows of this photo, for the other pages of this tab. */
export function keepGlimpse(id, picture) {
  const scale = Math.min(1, SIDE / Math.max(picture.naturalWidth, picture.naturalHeight));
  const [width, height] = [picture.naturalWidth, picture.naturalHeight].map((side) => Math.round(side * scale));
  try {
    const canvas = Object.assign(document.createElement("canvas"), { width, height });
    canvas.getContext("2d").drawImage(picture, 0, 0, width, height);
    sessionStorage.setItem(nameOf(id), canvas.toDataURL("image/jpeg", 0.7));
  } catch {
    // A format the browser cannot draw, or no room for the copy: the page says in words that it is being made.
  }
}

/** Every box of the page that waits for its photo. */
export function mindMaking(root) {
  for (const box of root.querySelectorAll("[data-making]")) {
    const glimpse = remembered(box.dataset.making);
    if (glimpse && box.closest(".entry")) show(box, { src: glimpse });
    void wait(box);
  }
}

async function wait(box) {
  const id = box.dataset.making;
  const now = await follow(() => look(id), { sleep: nap });
  if (!now) return;
  const entry = box.closest(".entry");
  if (!entry || now.state !== "ready") return location.reload();
  const srcset = now.renditions.map(({ url, width }) => `${url} ${width}w`).join(", ");
  show(box, { srcset, sizes: `${Math.ceil(box.clientWidth)}px` });
  for (const [part, words] of Object.entries({ title: now.words.title, sentence: now.words.sentence, next: now.words.next_step })) {
    entry.querySelector(`[data-say="${part}"]`).textContent = words;
  }
  forget(id);
}

async function look(id) {
  const answer = await fetch(`/api/v1/me/submissions/${id}`, { credentials: "same-origin", signal: AbortSignal.timeout(20_000) });
  return answer.ok ? answer.json() : undefined;
}

/** Lay a picture over the box, whole; what was there before goes once it has been drawn. */
function show(box, source) {
  const picture = Object.assign(new Image(), source, { alt: box.dataset.alt });
  picture.decode().then(() => box.replaceChildren(picture), () => {});
}

function remembered(id) {
  try {
    return sessionStorage.getItem(nameOf(id));
  } catch {
    return null;
  }
}

function forget(id) {
  try {
    sessionStorage.removeItem(nameOf(id));
  } catch {
    // It goes with the tab.
  }
}
