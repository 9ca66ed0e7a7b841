// The loupe: the true pixels of what hangs, larger and smaller, moved about. The two photos of a duel move in step.
import { STEP, bounded, corner, fitting, moved, whole, zoomed } from "./zoom.js";

const NUDGE = 0.25;
const ARROWS = { ArrowLeft: [1, 0], ArrowRight: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

/** A loupe over the page. `pictures()` gives `{url, width, height, alt}` for each photo that hangs. */
export function loupe(region, pictures) {
  const glass = region.querySelector("[data-glass]");
  const part = (name) => region.querySelector(`[data-part="${name}"]`);
  let panes = [];
  let view = null;
  let before = null;
  const isOpen = () => !region.hidden;
  const box = (pane) => pane.element.getBoundingClientRect();

  function open({ true: isTrue = true } = {}) {
    if (isOpen()) return;
    before = document.activeElement;
    region.hidden = false;
    panes = pictures().map(paneOf);
    glass.replaceChildren(...panes.map(({ element }) => element));
    view = whole(box(panes[0]), panes[0].size);
    if (isTrue) view = { ...view, scale: 1 };
    draw();
    region.focus({ preventScroll: true });
  }

  function close() {
    if (!isOpen()) return;
    region.hidden = true;
    glass.replaceChildren();
    panes = [];
    before?.focus?.({ preventScroll: true });
  }

  /** Lay each picture where the view has it; the first one's bounds hold for both. */
  function draw() {
    view = bounded(view, box(panes[0]), panes[0].size);
    for (const pane of panes) {
      const own = bounded(view, box(pane), pane.size);
      const { left, top } = corner(own, box(pane), pane.size);
      Object.assign(pane.image.style, { width: `${pane.size.width * own.scale}px`, transform: `translate(${left}px, ${top}px)` });
    }
    region.dataset.scale = String(Math.round(view.scale * 100));
    part("scale").textContent = `${region.dataset.scale} %`;
  }

  /** Larger by a factor around a point of the window (`{x, y}`), or around the middle. */
  function zoom(factor, at) {
    const pane = (at && panes.find((one) => contains(box(one), at))) ?? panes[0];
    const { left, top, width, height } = box(pane);
    const point = at ? { x: at.x - left - width / 2, y: at.y - top - height / 2 } : { x: 0, y: 0 };
    view = zoomed(view, factor, point, box(pane), pane.size);
    draw();
  }

  function drag(by) {
    view = moved(view, by, box(panes[0]), panes[0].size);
    draw();
  }

  function press(key) {
    const way = ARROWS[key];
    if (way) drag({ x: way[0] * glass.clientWidth * NUDGE, y: way[1] * glass.clientHeight * NUDGE });
    else if (key === "+" || key === "=") zoom(STEP);
    else if (key === "-") zoom(1 / STEP);
    else if (key === "0") { view = whole(box(panes[0]), panes[0].size); draw(); }
    else if (key === "z" || key === "Escape") close();
    else return false;
    return true;
  }

  for (const [name, key] of [["larger", "+"], ["smaller", "-"], ["fit", "0"], ["unzoom", "z"]]) part(name).addEventListener("click", () => press(key));
  addEventListener("resize", () => { if (isOpen()) draw(); });
  const isWhole = () => isOpen() && view.scale <= fitting(box(panes[0]), panes[0].size) * 1.001;
  return { open, close, press, isOpen, isWhole, zoom, drag, toggle: () => (isOpen() ? close() : open()) };
}

function paneOf({ url, width, height, alt }) {
  const element = Object.assign(document.createElement("div"), { className: "under" });
  const image = Object.assign(new Image(), { src: url, alt, draggable: false });
  element.append(image);
  return { element, image, size: { width: width / devicePixelRatio, height: height / devicePixelRatio } };
}

const contains = ({ left, right, top, bottom }, { x, y }) => x >= left && x <= right && y >= top && y <= bottom;
