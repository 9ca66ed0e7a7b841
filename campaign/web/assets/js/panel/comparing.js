// Two favourites side by side: the loupe shows the same part of both.
import { gestures } from "./gestures.js";
import { loupe } from "./loupe.js";

export function comparing(root) {
  const easel = root.querySelector("[data-compare]");
  if (!easel) return;
  const region = root.querySelector("[data-loupe]");
  const glass = loupe(region, () => [...easel.querySelectorAll("[data-largest]")].map(({ dataset }) => ({ ...JSON.parse(dataset.largest), alt: dataset.alt })));
  gestures({ easel, region, glass, swiped() {} });
  root.addEventListener("click", (event) => {
    if (!event.target.closest("[data-part=zoom]")) return;
    event.preventDefault();
    glass.toggle();
  });
  root.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const opens = !glass.isOpen() && ["z", "+", "="].includes(event.key);
    if (opens) glass.open();
    else if (!glass.isOpen() || !glass.press(event.key)) return;
    event.preventDefault();
  });
}
