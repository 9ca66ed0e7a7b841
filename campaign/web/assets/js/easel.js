// Hanging one photo for a judge, and fetching the next ones before they are asked for.
import { haze } from "./haze.js";

const PRELOADED = 3;
const kept = new Map();

const wide = ({ renditions }) => [...renditions].sort((a, b) => a.width - b.width);

/** How wide it hangs: the window's width, or what four fifths of its height allow its shape; as the page's own `sizes`. */
const fitting = ({ width, height }) => `min(100vw, ${Math.round(800 * (width / height)) / 10}vh)`;

const address = (photo) => {
  const all = wide(photo);
  const middle = all.find(({ width, height }) => Math.max(width, height) >= 1280) ?? all.at(-1);
  return { src: middle?.url ?? "", srcset: all.map(({ url, width }) => `${url} ${width}w`).join(", "), sizes: fitting(photo) };
};

/** The largest picture of a photo that a judge may see: its address and its size in pixels. */
export const largest = (photo) => wide(photo).at(-1);

/** Ask for the next photos' bytes now; the browser keeps them. */
export function preload(assignments) {
  for (const { id, submissions } of assignments.slice(0, PRELOADED)) {
    if (!kept.has(id)) kept.set(id, Object.assign(new Image(), address(submissions[0])));
  }
}

/** Show one photo whole, on its own colour until it is here. `way` is -1 (leaves left), 1 (right) or 0. */
export function hang(easel, assignment, way = 0) {
  const photo = assignment.submissions[0];
  const frame = document.createElement("div");
  frame.className = "whole framed";
  frame.style.setProperty("--r", photo.width / photo.height);
  frame.style.backgroundColor = photo.dominant ?? "";
  if (photo.thumbhash) haze(frame, photo.thumbhash);
  const alt = photo.caption ? `${photo.caption}, ${photo.place}` : "A fan’s photo";
  frame.append(Object.assign(new Image(photo.width, photo.height), { alt, ...address(photo) }));
  const place = easel.querySelector("[data-hang]");
  if (way) leave(place.firstElementChild, way);
  place.replaceChildren(frame);
  easel.querySelector("[data-caption]").textContent = photo.caption;
  easel.querySelector("[data-place]").textContent = photo.place;
}

/** Resolves once the photo that hangs is drawn; rejects where its bytes do not come. */
export async function drawn(easel) {
  const image = easel.querySelector("[data-hang] img");
  await image.decode();
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
