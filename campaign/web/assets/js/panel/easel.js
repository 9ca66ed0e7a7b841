// Hanging what is judged: a photo, or the two of a duel, each whole and on its own colour until it is here.
import { haze } from "../haze.js";
import { pictureOf } from "./pictures.js";
import { nameOf } from "./words.js";

/** Show an assignment's photos in the easel's panes. `way` is -1 (leaves left), 1 (right) or 0. */
export function hang(easel, { submissions }, way = 0) {
  const panes = [...easel.querySelectorAll("[data-pane]")];
  for (const [at, pane] of panes.entries()) {
    const photo = submissions[at];
    const place = pane.querySelector("[data-hang]");
    if (pane.dataset.photo === photo.id && isThere(place.querySelector("img"))) continue;
    const frame = framed(photo, submissions.length);
    if (way && at === 0 && panes.length === 1) leave(place.firstElementChild, way);
    place.replaceChildren(frame);
    for (const [part, words] of [["caption", photo.caption], ["place", photo.place]]) {
      const label = pane.querySelector(`[data-${part}]`);
      if (label) label.textContent = words;
    }
    for (const one of [pane, ...pane.querySelectorAll("[data-marks-of]")]) one.dataset.photo = photo.id;
    const choose = pane.querySelector("button[name=winner]");
    if (choose) choose.value = photo.id;
  }
}

/** What the page itself hung stays, unless its bytes did not come. */
const isThere = (image) => image && !(image.complete && !image.naturalWidth);

/** A photo in its frame, which has its shape and its light before it arrives. */
export function framed(photo, many) {
  const frame = document.createElement("span");
  frame.className = "whole framed";
  frame.style.setProperty("--r", photo.width / photo.height);
  frame.style.backgroundColor = photo.dominant ?? "";
  const image = pictureOf(photo, many);
  if (photo.thumbhash && !image.complete) haze(frame, photo.thumbhash);
  image.alt = nameOf(photo);
  frame.append(image);
  return frame;
}

/** Resolves once everything that hangs is drawn; rejects where bytes do not come. */
export async function drawn(easel) {
  await Promise.all([...easel.querySelectorAll("[data-hang] img")].map((image) => image.decode()));
  await new Promise((done) => { requestAnimationFrame(() => requestAnimationFrame(done)); });
}

/** The judged photo leaves the stack to one side. */
function leave(frame, way) {
  if (!frame || matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  const { left, top, width, height } = frame.getBoundingClientRect();
  const ghost = frame.cloneNode(true);
  Object.assign(ghost.style, { position: "fixed", left: `${left}px`, top: `${top}px`, width: `${width}px`, height: `${height}px`, margin: "0", pointerEvents: "none" });
  ghost.setAttribute("aria-hidden", "true");
  document.body.append(ghost);
  ghost.animate([{ opacity: 1 }, { opacity: 0, translate: `${way * 30}vw 0` }], { duration: 160, easing: "ease-in" }).onfinish = () => ghost.remove();
}
